// Delays without chance: what an exact answer is about.
#pragma once

#include "sim/timeline.hpp"

namespace commitlab {

/// Delays that are constant: each distribution at its mean, to the nanosecond.
Delays steady(const Delays& delays);
bool is_steady(const Delays& delays);

}  // namespace commitlab
