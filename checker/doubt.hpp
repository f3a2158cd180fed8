// How long participants are in doubt and hold their locks, and how many at a time: counted in simulated runs, in plain values.
//
// A participant is *in doubt* while it is up, has voted yes, and neither knows the decision nor may take it alone: from the moment at
// which it turns to the request until the one at which it turns to the answer ("uncertainty period", Bernstein, Hadzilacos and Goodman
// 1987, section 7.3; "window of uncertainty", Cooper 1982). It *holds its locks* from the same moment, up or down, until the handler in
// which it decides is done, forced writes included. It is *blocked* if it is in doubt when the run is over: at rest, or at its horizon.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "checker/interval.hpp"
#include "sim/delays.hpp"

namespace commitlab {

/// A time in nanoseconds, or a bound: a run that is over tells no more.
struct Lasted {
  Nanoseconds time = 0;
  bool at_least = false;
  friend bool operator==(const Lasted&, const Lasted&) = default;
};

/// How long something lasted, over all that began in all runs. A quantile is the least time that so many of them do not exceed.
struct Durations {
  std::uint64_t count = 0;  // that began
  std::uint64_t cut = 0;    // of them, not over with their run: taken to last until the horizon
  Lasted median{}, p90{}, p99{}, longest{};
  Lasted mean{};            // to the nearest nanosecond
};

/// Of how many participants of a run something is true.
struct HowMany {
  std::uint64_t runs = 0;
  std::uint64_t sum = 0;        // over all runs: sum / runs estimates the expected number
  double low = 0, high = 0;     // where that number lies, with 95 %
  std::uint64_t runs_with = 0;  // with at least one
  Interval any{};               // where the chance of that lies: 95 %, Clopper and Pearson
};

/// What was counted under one protocol. Cooper (1982) compared protocols by the expected number of blocked sites.
struct Doubt {
  struct At {
    Nanoseconds time = 0;  // since the transaction began
    HowMany in_doubt{};    // at that very moment
  };
  std::uint64_t runs = 0, seed = 0;
  Nanoseconds horizon = 0;  // when a run is given up
  Durations in_doubt{};  // of each yes vote: all the time that it was in doubt
  Durations locks{};     // of each yes vote
  std::vector<At> curve{};
  HowMany blocked{};
  std::uint64_t breaks = 0;            // runs in which two decisions differ: not blocking is no merit there
  std::vector<std::string> unheard{};  // words that a scripted fault waits for, and that came up in no run
  double seconds = 0;                  // of computing
  std::string stopped{};               // why there are fewer runs than were asked for; empty if there are not
};

/// Of one run, or of a participant in it.
struct Observed {
  Nanoseconds time = 0;
  bool cut = false;
};

/// Sorts them.
Durations durations(std::vector<Observed>& observed);

/// From runs[k], how many runs there were with exactly k participants. The interval of the expected number sums those of the chances of
/// at least 1, 2, ... participants, so chosen that all of them hold with 95 % at once (Bonferroni).
HowMany how_many(std::span<const std::uint64_t> runs);

/// "[0.0155, 0.0244]", the interval of the expected number: two significant digits of the width, rounded outwards.
std::string expected_text(const HowMany& how_many);

}  // namespace commitlab
