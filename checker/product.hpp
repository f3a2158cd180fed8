// The product rule: P(x) = P(x1) x ... x P(xn), exactly, and what a setting does that the rule assumes not to happen.
#pragma once

#include <string>
#include <vector>

#include "checker/estimate.hpp"
#include "sim/timeline.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// What was counted beside the product rule: the factors and their product, the intervals, the averages, and which assumptions of the
/// rule the votes and the setting break. A factor is the chance that this participant votes yes, whatever the others do. names[i] belongs to
/// voters.list()[i].
Estimate judged(const std::vector<std::string>& names, const Voters& voters, const Setting& setting, const Sampling& sampling, const Sampled& sampled);

/// The width of the widest interval of any of the four.
double widest(const Outcomes& outcomes, double level);

}  // namespace commitlab
