// How long a transaction is expected to take, from the chain of all its runs.
#pragma once

#include <optional>

#include "checker/unfold.hpp"

namespace commitlab {

/// Nanoseconds from its beginning to its last decision, if it commits or aborts; by doubles, without what is beyond. Nothing if it never
/// does, or if the chain goes round at one instant.
std::optional<double> expected_latency(const Unfolded& unfolded);

}  // namespace commitlab
