// How long participants are in doubt and how many are blocked, told for several protocols side by side.
#pragma once

#include <string>
#include <vector>

#include "checker/doubt.hpp"
#include "reports/about.hpp"

namespace commitlab {

struct DoubtUnder {
  std::string protocol;
  Doubt doubt;
};

/// All of them looked at the same moments of as many runs. `about` is of the question; its protocol does not matter.
std::string blocking_text(const About& about, const std::vector<DoubtUnder>& doubts, const Style& style);
std::string blocking_json(const About& about, const std::vector<DoubtUnder>& doubts, int exit_code);

}  // namespace commitlab
