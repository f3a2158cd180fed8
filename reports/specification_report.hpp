// A specification, told: what it is, what may happen in it, what it claims, and how to search it. It has no run to show.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "reports/about.hpp"
#include "sim/claims.hpp"

namespace commitlab {

struct ShownSpecification {
  std::span<const std::string_view> acts{}, messages{};  // their kinds
  std::span<const Claim> claims{};
  std::vector<std::string> check{};  // the arguments that search it
};

std::string specification_text(const About& about, const ShownSpecification& shown, const Style& style);
std::string specification_json(const About& about, const ShownSpecification& shown);

}  // namespace commitlab
