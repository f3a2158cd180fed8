// From a scenario to what the simulator runs.
#pragma once

#include "scenarios/scenario.hpp"
#include "sim/timeline.hpp"
#include "sim/votes.hpp"

namespace commitlab {

Setting setting_of(const Scenario& scenario);
Voters voters_of(const Scenario& scenario);

}  // namespace commitlab
