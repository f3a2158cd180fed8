// Who can never decide any more, whatever happens without a new fault; and where the rest of the run shows it.
#pragma once

#include "checker/relation.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

/// What follows a world from which the goal of AC4, AC5 or NB is out of reach.
struct Doomed {
  Never at_first{}, at_last{};              // who can never decide (AC4: commit) from that world on, and from the last of `path` on
  std::vector<std::vector<Number>> path{};  // the worlds behind it, on a shortest way to one that shows it; empty: it does so itself
};

/// Goes on from `first`, by steps that are no new faults and, but for AC5, bring nobody back, to the nearest world that shows who is stuck:
/// whoever has not decided there never can, and all of these are up and in doubt already, or nothing changes any more, but in a circle.
/// Of several equally near the first in the order of steps counts. Where too many worlds follow, or a limit of time or memory is reached, nobody is named, and `path` is empty.
Doomed doomed(Relation& relation, const std::vector<Number>& first, std::size_t transactions, Property property,
              const Limits& limits = {});

}  // namespace commitlab
