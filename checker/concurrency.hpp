// Which local states may be occupied at one time, and what Skeen's theorem says of it, in plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/necessity.hpp"
#include "sim/vote.hpp"

namespace commitlab {

/// A state that a node of one role can be in: the enumerators of its State, and what it has decided.
struct LocalState {
  Role who{};
  std::string name{};                  // "prepared", "idle(duty=votes)"; empty if a State has no enumerators
  std::optional<Decision> decided{};
  bool committable = false;            // whenever somebody is in it, all have voted yes
  std::vector<std::size_t> beside{};   // its concurrency set, as places in Concurrency::states, ascending
  bool sees_both = false;              // fails condition 1: its set holds a commit state and an abort state
  bool sees_commit_too_early = false;  // fails condition 2: it is not committable, and its set holds a commit state
};

/// Skeen 1981: of a protocol on its failure-free global graph. There is a way to end it without blocking, whatever sites
/// fail but one, if and only if no state fails a condition.
struct Concurrency {
  std::size_t participants = 0;
  std::vector<LocalState> states{};  // the coordinator's first, each in the order of its enumerators
  std::uint64_t worlds = 0;
  std::string stopped{};             // why not every world was visited; empty if every one was
  double seconds = 0;

  bool blocking() const {
    for (const auto& state : states)
      if (state.sees_both || state.sees_commit_too_early) return true;
    return false;
  }
  /// What was seen fails a condition for good; that nothing fails one is known only of the whole.
  Status non_blocking() const { return blocking() ? Status::violated : stopped.empty() ? Status::holds : Status::inconclusive; }
};

}  // namespace commitlab
