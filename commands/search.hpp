// A search that ends in a verdict, whatever happens to its memory.
#pragma once

#include "checker/orders_ids.hpp"
#include "commands/asked.hpp"
#include "commands/refusal.hpp"

namespace commitlab {

/// What the entry's check finds, of the protocol weakened or as it is; inconclusive in all that was asked if there is no more
/// memory. Throws a Refusal for a checkpoint that is none of this search, or cannot be made, and for symmetry that is none.
Verdict searched(const Entry& entry, const Question& question, const std::optional<Weakening>& without = {});

/// Participants were to stand for each other, and the protocol orders them.
Refusal refusal_of(const OrdersIds& error);

/// A run made again, of the protocol as it was asked for.
Replayed made_again(const Asked& asked, const Question& question, const std::vector<PlayLine>& lines);

/// 0 holds, 1 violated, 2 inconclusive.
int exit_code(Status status);

}  // namespace commitlab
