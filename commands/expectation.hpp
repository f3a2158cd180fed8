// What a scenario or an option expects of a verdict, and whether it is so.
#pragma once

#include "reports/verdict_report.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

/// Any property that is violated without being expected to be is a difference too. What an unfinished search leaves open
/// is none. The worlds expected are those of a search that leaves out none; where others stand for them they are counted too.
Expectation expectation_of(const Scenario& scenario, const Method& method, const Verdict& verdict);

/// Of a verdict: by its status, or where something was expected, 0 if it is so, 1 if not, 2 if the search leaves it open.
int exit_code(const Scenario& scenario, const Verdict& verdict, const Expectation& expectation);

}  // namespace commitlab
