// A decision process cut down to what decides whether a goal is reached, so that its equations have one solution.
#pragma once

#include <vector>

#include "checker/decisions.hpp"

namespace commitlab {

/// A process of blocks of states. Where the answer is known a block has no choice.
struct Reduced {
  DecisionProcess model;
  std::vector<bool> reached;                     ///< Of the blocks without a choice: the goal is reached for certain. Of others: not known.
  std::vector<DecisionProcess::State> block_of;  ///< Of each state of the original.
  std::vector<DecisionProcess::Choice> choice;   ///< Of the original, for each choice that is left.
};

/// For the least chance. A state from which some scheduler avoids the goal for certain has chance 0, one from which none of these is
/// reached before the goal has chance 1; in both choices are taken away. In what is left no scheduler can stay for ever: an end
/// component without goals would have been of chance 0.
Reduced reduced_for_least(const DecisionProcess& model, const std::vector<bool>& goal);

/// For the greatest chance. Goals lose their choices, and states that lead to no goal. With `collapse`, each maximal end component
/// becomes one block that has the choices that leave it: a scheduler can go from each of its states to each other for certain, so they
/// have one value, and none can stay for ever in what is left (Haddad and Monmege 2014). Then blocks of chance 1 lose theirs, too.
Reduced reduced_for_greatest(const DecisionProcess& model, const std::vector<bool>& goal, bool collapse);

}  // namespace commitlab
