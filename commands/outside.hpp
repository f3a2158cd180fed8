// What of the breaches that a search found is outside what the protocol claims.
#pragma once

#include <vector>

#include "checker/frontier.hpp"
#include "commands/asked.hpp"
#include "reports/about.hpp"

namespace commitlab {

/// One for each property that is violated and not claimed. A weakened protocol claims nothing.
std::vector<OutsideClaim> outside_claims_of(const Asked& asked, const Entry& entry, const Verdict& verdict);

/// The same of the least faults that break each property.
std::vector<OutsideClaim> outside_claims_of(const Asked& asked, const Frontier& frontier);

}  // namespace commitlab
