// One question for several protocols, under one fault of each kind in turn.
#pragma once

#include "commands/compare.hpp"
#include "reports/report_page.hpp"

namespace commitlab {

/// Without any fault, and then with one of each kind that the question's timing and channels know. AC4, which knows no fault, is not asked.
/// Throws a Refusal as compared() does.
std::vector<UnderFaults> under_one_fault(const Asked& asked, const std::vector<const Entry*>& protocols, const Limits& limits, const Method& method);

}  // namespace commitlab
