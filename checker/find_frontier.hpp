// Finds the frontier with as few searches as it can, and small ones first; any engine that answers questions will do.
#pragma once

#include <functional>

#include "checker/frontier.hpp"

namespace commitlab {

using Check = std::function<Verdict(const Question&)>;

/// The frontier within question.faults.left. `check` is asked the same question with smaller budgets and with those properties
/// only that are still open there; limits.worlds and limits.bytes are of each search, limits.seconds of all together.
///
/// Vectors come in the order of the lattice, so that a breach is found where it is least. After each sum of faults, from one
/// fault on, all breaches are guessed to have been found, and the largest vectors that none of them lies within are asked
/// ahead: where they hold, everything below follows. A wrong guess costs these searches, and is only made at vectors that would
/// have to be asked if it were right.
///
/// A property of the protocol's own must not depend on the budgets that are left.
Frontier find_frontier(const Question& question, const Check& check);

}  // namespace commitlab
