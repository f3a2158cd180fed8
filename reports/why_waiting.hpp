// Who waits at the end of a run, since when and for whom, and why nobody answers.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/why_account.hpp"

namespace commitlab {

/// Does somebody that is up have no decision in a transaction when the run is over?
bool somebody_waits(const Account& account, int transaction);

bool somebody_is_down(const Account& account);

/// Sentences on those that have not decided in a transaction, and on those that are down. `stuck`, if it is known, tells for whom they wait.
std::vector<std::string> who_waits(Account& account, int transaction, const Stuck* stuck);

}  // namespace commitlab
