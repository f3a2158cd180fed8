// A goal that lies straight on is found without the graph around it: the first way that is tried mostly gets there.
#pragma once

#include <functional>

#include "checker/bounds.hpp"
#include "checker/relation.hpp"

namespace commitlab {

/// Goes on from `first` by steps that are no new faults (those that bring a node back only `with_recovery`), the first that leads
/// anywhere new at each world, and back where none does. True: it has come to a world of the goal. False says nothing: it has given up
/// after some thousand worlds, or at the bounds.
bool goal_lies_straight_on(Relation& relation, const std::vector<Number>& first, bool with_recovery,
                           const std::function<bool(Row)>& goal, Bounds& bounds);

}  // namespace commitlab
