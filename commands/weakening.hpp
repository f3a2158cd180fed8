// A weakened protocol in the words of an option: participant:unforced:prepared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "commands/asked.hpp"
#include "commands/values.hpp"
#include "scenarios/weakening_words.hpp"

namespace commitlab {

/// The word for a protocol as it is, whatever its scenario says.
inline constexpr std::string_view kNotWeakened = "none";

/// Throws a Refusal for words of another form. Whether the protocol has such a record or message is for the validation to say.
std::optional<Weakening> weakening_of(const Value& value);

/// Throws a Refusal if a protocol was asked for as it is not, by a verb that knows it only as it is.
void refuse_weakened(const Asked& asked);

/// Throws a Refusal for what is not for runs in virtual time: specifications, since `because`, switches of a search, weakened protocols.
void refuse_where_chance_draws(const Asked& asked, const std::string& because);

}  // namespace commitlab
