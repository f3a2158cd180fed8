// What `blocking` asks at one set of values, and what it asks along some axes.
#pragma once

#include "commands/asked.hpp"
#include "commands/session.hpp"
#include "commands/words.hpp"

namespace commitlab {

/// Each yes vote is kept, for the quantiles: so many at most.
inline constexpr std::uint64_t kMostVotes = 10'000'000;

/// Whether a chance or a script lets anything go wrong.
bool anything_fails(const Scenario& scenario);

/// The protocols that are to be looked at: those of --protocols, or the usual ones and the scenario's own as
/// far as the question fits them. The warnings of `asked` become those of the question put to each. Throws a
/// Refusal.
std::vector<const Entry*> protocols_to_watch(const Words& words, Asked& asked, Catalogue catalogue);

/// `blocking --vary`: a row for each protocol at each point of the axes. `words` name a scenario or a
/// protocol.
Answer answer_blocking_along(const Words& words, const Session& session);

}  // namespace commitlab
