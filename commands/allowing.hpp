// The faults under which a run that was simulated can be made again: what chance drew becomes a budget.
#pragma once

#include "scenarios/scenario.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// As many of each fault as happened in the run, in the scenario's own kind of world: asynchronous, and with copies as runs have them.
Faults faults_that_allow(const Scenario& scenario, const Trace& run);

/// Throws a Refusal of the option, E1606, for a run of the scenario that cannot be made again: of more transactions than a play holds.
void refuse_more_than_a_play_holds(const Scenario& scenario, const std::string& option);
/// The same for a run of several transactions in which somebody stops: a play does not tell which of them had begun by then.
void refuse_stops_among_several(const Scenario& scenario, const Trace& run, const std::string& option);

}  // namespace commitlab
