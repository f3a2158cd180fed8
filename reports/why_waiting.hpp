// Who waits at the end of a run, since when and for whom, and why nobody answers.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/why_account.hpp"

namespace commitlab {

/// Does somebody that is up have no decision in a transaction when the run is over? Where it is known who can never decide, only they count.
bool somebody_waits(const Account& account, int transaction, const Never* never = nullptr);

bool somebody_is_down(const Account& account);

/// Sentences on those that have not decided in a transaction (and never can, where that is known), and on those that are down. `stuck`, if it is known, tells for whom they wait.
std::vector<std::string> who_waits(Account& account, int transaction, const Stuck* stuck, const Never* never = nullptr);

}  // namespace commitlab
