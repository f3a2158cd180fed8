// What the options of a question change in a scenario.
#pragma once

#include "commands/words.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

/// Applies the options of the groups `question` and `faults`, the chances, the seed and what is expected. Throws a Refusal
/// for a value that is not allowed; whether the whole makes sense is asked later.
void apply_options(const Words& words, Scenario& scenario);

}  // namespace commitlab
