// Is a question within what a protocol claims? If not, what of it would have to be different.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "sim/claims.hpp"

namespace commitlab {

/// Nothing if the protocol claims the property under these faults, or claims nothing at all. Otherwise why a breach of it is none of a
/// claim: "outside what 3pc claims; try --timing synchronous", with the fewest options that lead to a claim of that property, or
/// "2pc does not claim NB". Who claims agreement claims conservation. A claim of as many crashes as there were nodes is one of any number.
std::string outside_claims(std::span<const Claim> claims, std::string_view protocol, std::string_view property, const Faults& faults);

}  // namespace commitlab
