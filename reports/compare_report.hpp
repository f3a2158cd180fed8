// One question put to several protocols, in one table.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/about.hpp"

namespace commitlab {

struct Compared {
  std::string protocol;
  Verdict verdict;
  std::vector<OutsideClaim> outside{};
};

/// `about` is of the question; its protocol does not matter.
std::string compare_text(const About& about, const std::vector<Compared>& compared, const Style& style);
std::string compare_json(const About& about, const std::vector<Compared>& compared, int exit_code);

/// Every property that any of the protocols was asked for, in their order.
std::vector<std::string> properties_of(const std::vector<Compared>& compared);
/// The answer for that one; null if it was not asked.
const Finding* finding_of(const Verdict& verdict, const std::string& property);

/// A row for each protocol, a column for each property, and the number of worlds.
std::string compare_table(const std::vector<Compared>& compared, const Style& style);

}  // namespace commitlab
