// From what was asked to what an engine is asked.
#pragma once

#include "checker/replayed.hpp"
#include "checker/verdict.hpp"
#include "commands/asked.hpp"
#include "commands/session.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// What all that this verb does may take together, as the words say or as it is unless told: 2 GiB, `check` half of what the
/// machine has. Throws a Refusal for values that are not allowed.
Limits limits_of(Verb verb, const Words& words, const Session& session);

/// What `check` asks, by whatever method; throws a Refusal for what cannot be searched.
Question question_to_check(const Asked& asked, const Limits& limits);

/// What `replay` asks of the play in `asked`: the votes are the play's.
Question question_to_replay(const Asked& asked, const Limits& limits);

/// A run in the lines of a play, with numbers for nodes.
std::vector<PlayLine> lines_of(const Trace& run);

/// A run made again, under a question that allows it.
Replayed run_again(const Asked& asked, const Limits& limits, const Trace& run);
/// The properties as they stand at its end, by the same.
std::vector<Finding> end_of(const Asked& asked, const Limits& limits, const Trace& run);

}  // namespace commitlab
