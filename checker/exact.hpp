// How likely a transaction commits, aborts, blocks or breaks: exactly, by solving the chain of all its runs.
#pragma once

#include <chrono>

#include "checker/estimate.hpp"
#include "checker/steady_delays.hpp"
#include "checker/unfold.hpp"

namespace commitlab {

/// A chain solved: on rational numbers where it is whole and small, else between bounds to which what was left out is added.
ExactOdds solve(const Unfolded& unfolded);

/// Of one transaction of a setting whose votes are drawn by `voters`.
template <Protocol P>
ExactOdds exact_odds(const P& p, const Setting& setting, const Voters& voters, const UnfoldLimits& limits = {}) {
  const auto begin = std::chrono::steady_clock::now();
  ExactOdds odds = solve(unfold(p, setting, voters, limits));
  odds.means = !is_steady(setting.delays);
  odds.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return odds;
}

}  // namespace commitlab
