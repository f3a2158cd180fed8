// A search that ends in a verdict, whatever happens to its memory.
#pragma once

#include "scenarios/catalogue.hpp"

namespace commitlab {

/// What the entry's check finds; inconclusive in all that was asked if there is no more memory. Throws a Refusal for a
/// checkpoint that is none of this search, or cannot be made.
Verdict searched(const Entry& entry, const Question& question);

/// 0 holds, 1 violated, 2 inconclusive.
int exit_code(Status status);

}  // namespace commitlab
