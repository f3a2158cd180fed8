// From which worlds can a goal still be reached, along steps that are no new faults? No step is stored: each is worked out
// again, so that the memory this takes grows with the worlds, and hardly with the steps between them.
#pragma once

#include <functional>
#include <stdexcept>

#include "checker/search.hpp"

namespace commitlab {

/// A step of a world that was visited leads to one that was not: that search has not finished, whoever said so.
class WorldLeftOut : public std::logic_error {
 public:
  WorldLeftOut() : std::logic_error("a step leads to a world that was not visited") {}
};

/// For each world of a search that has finished, or else throws WorldLeftOut; of no use if the search's bounds are reached meanwhile. `goal` must say the same of a world whenever it is asked; `with_recovery`: steps that bring a
/// node back count too.
std::vector<bool> can_reach(Search& search, bool with_recovery, const std::function<bool(Row)>& goal);

/// What AC5 or NB wants to be reached: everybody has decided, or everybody who is up. The relation must live as long.
std::function<bool(Row)> ends(const Relation& relation, Property property);

}  // namespace commitlab
