// The product rule: P(x) = P(x1) x ... x P(xn), exactly, and what a setting does that the rule assumes not to happen.
#pragma once

#include <string>
#include <vector>

#include "checker/estimate.hpp"
#include "sim/timeline.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// Fills in an estimate, whose outcomes have been counted: the factors and their product, the intervals, and which
/// assumptions of the rule the votes and the setting break. A factor is the chance that this participant votes yes, whatever
/// the others do. names[i] belongs to voters.list()[i].
void judge(const std::vector<std::string>& names, const Voters& voters, const Setting& setting, Estimate& estimate);

}  // namespace commitlab
