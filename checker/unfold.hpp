// Every run of one transaction in virtual time, as a Markov chain: moments at a time are its states, so runs that come to equal
// moments at the same time are one from there.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "checker/decisions.hpp"
#include "checker/moments.hpp"

namespace commitlab {

/// A chain whose kinds are 1 + Outcome, of the world as it is at that moment, or kBeyond; its rewards are messages and forced writes.
struct Unfolded {
  static constexpr DecisionProcess::Kind kBeyond = 1 + kOutcomes;  // what comes after such a moment has not been looked at
  static constexpr std::size_t kMessages = 0, kForced = 1;

  DecisionProcess chain;
  std::vector<Nanoseconds> decided;  // by branch: when the latest decision so far falls, if on this way; else Moments::kNoDecision
  bool whole = true;                 // no moment is beyond
  bool alike = false;                // equal participants have swapped names
  std::string stopped{};             // why it was given up, though it might have been gone on with; empty if it was not
};

/// A run is given up at its horizon, as when it is simulated. Moments are taken in the order of their odds.
struct UnfoldLimits {
  std::uint32_t moments = 400'000;   // whatever their time
  std::uint32_t states = 2'000'000;  // moments at a time
  std::uint32_t small = 5'000;       // a chain of so many states at most is made whole
  double beyond = 1e-10;             // of another, so much of the odds may be left beyond, about
  double wanted = 0;                 // if so much will be beyond at the limit, as it looks, it is given up before
  Bounds* bounds = nullptr;          // of time and memory
};

/// The chain of all runs that end or come to their horizon.
Unfolded unfold(Moments& moments, Nanoseconds horizon, const UnfoldLimits& limits);

/// Whether participants may swap names in the moments of this setting: nothing is said to know one by its number.
template <Protocol P>
bool alike(const P& p, const Setting& setting) {
  return !ordered(p) && !Acts<P> && !Suspects<P> && setting.script.empty() && setting.faults.channels == Channels::bag;
}

/// Small chains are made as they are; in larger ones equal participants may swap names where they can.
template <Protocol P>
Unfolded unfold(const P& p, const Setting& setting, const Voters& voters, const UnfoldLimits& limits = {}) {
  if (alike(p, setting)) {
    UnfoldLimits only_small = limits;
    only_small.moments = only_small.states = limits.small, only_small.wanted = 0;
    MomentsOf<P> as_they_are(p, setting, voters, false, {.most = 2 * limits.small, .bounds = limits.bounds});
    Unfolded small = unfold(as_they_are, setting.delays.horizon, only_small);
    if (small.whole) return small;
  }
  const MomentLimits moment_limits{.most = 2 * std::max(limits.moments, limits.small), .bounds = limits.bounds};
  if (alike(p, setting)) {
    try {
      MomentsOf<P> renamed(p, setting, voters, true, moment_limits);
      Unfolded unfolded = unfold(renamed, setting.delays.horizon, limits);
      unfolded.alike = true;
      return unfolded;
    } catch (const OrdersIds&) {  // it does not say that it is ordered, but it is
    }
  }
  MomentsOf<P> moments(p, setting, voters, false, moment_limits);
  return unfold(moments, setting.delays.horizon, limits);
}

}  // namespace commitlab
