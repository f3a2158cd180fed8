// A weakened protocol in the words of an option: participant:unforced:prepared.
#pragma once

#include <string>

#include "commands/asked.hpp"
#include "commands/values.hpp"

namespace commitlab {

/// Throws a Refusal for words that name no record or message of the protocol.
Weakening weakening_of(const Value& value, const Studies& studies);

std::string words_of(const Weakening& without, char between = ':');

/// Throws a Refusal if a protocol was asked for as it is not, by a verb that knows it only as it is.
void refuse_weakened(const Asked& asked);

/// Throws a Refusal for what is not for runs in virtual time: specifications, since `because`, switches of a search, weakened protocols.
void refuse_where_chance_draws(const Asked& asked, const std::string& because);

}  // namespace commitlab
