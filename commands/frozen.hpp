// The worlds of what was asked, frozen: for verbs that show them.
#pragma once

#include "checker/frozen.hpp"
#include "commands/asked.hpp"
#include "commands/session.hpp"

namespace commitlab {

/// As limits_of, but 100,000 worlds unless told, and 2,000,000 at most. Throws a Refusal for values that are not allowed.
Limits limits_of_frozen(Verb verb, const Words& words, const Session& session);

/// What check asks, or of a play, what replay asks. Throws a Refusal for what cannot be searched.
Question question_to_freeze(const Asked& asked, const Limits& limits);

/// All worlds of the question, or as many as its limits allow; a signal ends it early.
FrozenGraph frozen(const Asked& asked, Question question);

}  // namespace commitlab
