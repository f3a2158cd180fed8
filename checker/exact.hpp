// How likely a transaction commits, aborts, blocks or breaks: exactly, by solving the chain of all its runs.
#pragma once

#include <chrono>

#include "checker/estimate.hpp"
#include "checker/steady_delays.hpp"
#include "checker/unfold.hpp"
#include "checker/vote_counts.hpp"

namespace commitlab {

/// A chain solved: on rational numbers where it is whole and small, else between bounds to which what was left out is added. Past bounds
/// of time or memory, what is known of a chance is that it is one.
ExactOdds solve(const Unfolded& unfolded, Bounds* bounds = nullptr);

/// The doubles next to it, or itself if it is one.
Interval doubles_around(const Rational& number);

/// Of one transaction of a setting whose votes are drawn by `voters`.
template <Protocol P>
ExactOdds exact_odds(const P& p, const Setting& setting, const Voters& voters, const UnfoldLimits& limits = {}) {
  const auto begin = std::chrono::steady_clock::now();
  std::optional<ExactOdds> counted;
  if (ways_to_vote(voters) > kFewWaysToVote) counted = odds_by_counts(p, setting, voters, limits.bounds);
  Bounds solving = limits.bounds == nullptr ? Bounds() : *limits.bounds;  // which has as long, and may have the memory of what is over
  ExactOdds odds = counted ? *std::move(counted) : solve(unfold(p, setting, voters, limits), &solving);
  odds.means = !is_steady(setting.delays);
  odds.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return odds;
}

}  // namespace commitlab
