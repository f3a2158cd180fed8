// How likely a transaction commits: the product rule beside counted runs, in plain values.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/limits.hpp"
#include "checker/gap.hpp"
#include "checker/interval.hpp"
#include "checker/looks.hpp"
#include "checker/range.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// What became of transactions. Each is in exactly one of these.
struct Outcomes {
  std::uint64_t commits = 0;  // some node committed, and everybody that is up has decided
  std::uint64_t aborts = 0;   // everybody that is up has decided, and nobody committed
  std::uint64_t blocked = 0;  // the run ended with a node that is up undecided, or with nobody decided
  std::uint64_t breaks = 0;   // two decisions differ
  std::uint64_t runs() const { return commits + aborts + blocked + breaks; }
  friend bool operator==(const Outcomes&, const Outcomes&) = default;
};

/// What runs have come to, in whole numbers: in whatever order, and by whomever they are added, the sums are the same.
struct Sums {
  Outcomes outcomes{};
  std::uint64_t messages = 0, forced_writes = 0;
  Uint128 latency_ns = 0;  // of those that committed or aborted, to the last decision
  std::vector<bool> came_up{};  // [scripted fault]: in any of the runs; empty: not known
  friend bool operator==(const Sums&, const Sums&) = default;

  Sums& operator+=(const Sums& more) {
    if (came_up.empty()) came_up = more.came_up;
    for (std::size_t i = 0; i < std::min(came_up.size(), more.came_up.size()); ++i) came_up[i] = came_up[i] || more.came_up[i];
    outcomes.commits += more.outcomes.commits, outcomes.aborts += more.outcomes.aborts;
    outcomes.blocked += more.outcomes.blocked, outcomes.breaks += more.outcomes.breaks;
    messages += more.messages, forced_writes += more.forced_writes, latency_ns += more.latency_ns;
    return *this;
  }
};

/// One of the parts that together are all runs: `part` of 1 ... `of`.
struct Shard {
  std::uint64_t part = 1, of = 1;
  friend bool operator==(const Shard&, const Shard&) = default;

  /// Its runs are those from first(runs) to before Shard{part + 1, of}.first(runs).
  std::uint64_t first(std::uint64_t runs) const { return static_cast<std::uint64_t>(Uint128{runs} * (part - 1) / of); }
  std::uint64_t size(std::uint64_t runs) const { return Shard{part + 1, of}.first(runs) - first(runs); }
};

/// What a rare event may be: the enumerators of Outcome, in their order.
enum class Rare : std::uint8_t { commits, aborts, blocked, breaks };

/// How runs are to be drawn and counted. Neither `threads` nor `shard` makes a difference to what comes of a run.
struct Sampling {
  std::uint64_t seed = 0, runs = 10'000;  // runs: at most
  std::optional<double> width{};          // ends as soon as no interval is wider; see Looks
  unsigned threads = 1;
  Shard shard{};
  std::optional<Rare> rare{};             // is looked for by itself, too
  Limits limits{};                        // past them no run begins, and one that is on its way does not count
};

/// What was drawn and counted, and how that ended.
struct Sampled {
  Sums sums{};
  Looks looks{};
  std::size_t look = 0;  // the last one, from 0
  bool narrow = false;   // no interval is wider than was asked for
  double seconds = 0;    // of computing
  std::string stopped{};  // why there are no more runs, where there were to be; empty if all are there
};

/// The chance of a rare event, from runs in which what is unlikely is made to happen. See checker/splitting.hpp.
struct RareOdds {
  Rare event = Rare::breaks;
  double mean = 0;
  std::optional<Interval> interval{};     // 95 %, from the replications; none if too few of them saw the event
  std::uint32_t replications = 0, saw = 0;
  std::uint64_t parts_of_runs = 0;        // that were simulated
  double seconds = 0;                     // of computing
  std::string stopped{};                  // why there are no more replications; empty if all are there
};

/// The chances of all runs of one transaction in virtual time, from a Markov chain: no run was drawn. They sum to 1.
struct ExactOdds {
  Interval commits{}, aborts{}, blocked{}, breaks{};  // each contains the true chance
  std::array<std::string, 4> fractions{};     // the same exactly, where rational numbers were used; else empty
  bool conclusive = true;                     // no interval is wider than 10^-9
  bool means = false;                         // delays are distributed, and were taken at their means
  std::uint32_t moments = 0;                  // states of the chain; 0 where there was none, see `counts`
  std::uint32_t counts = 0;                   // so many runs, one for each number of yes votes, instead of a chain
  std::string stopped{};                      // why it is not conclusive
  bool alike = false;                         // moments that differ only in the names of equal participants are one
  double messages = 0, forced_writes = 0;     // expected; at least so many if `whole` is false
  std::optional<double> latency_ns{};         // expected, of those that commit or abort, to the last decision
  bool whole = true;                          // nothing was left out, however unlikely
  double seconds = 0;                         // of computing
};

struct Estimate {
  struct Factor {
    std::string name;     // of the participant
    std::string success;  // exactly, as a decimal or a fraction
  };
  std::vector<Factor> factors;
  std::string product;          // P(x) = P(x1) x ... x P(xn), exactly
  std::string product_decimal;  // to 10 significant digits
  std::string one_less_product;  // the same of what is left: by the product rule, of aborts
  Outcomes outcomes;
  Interval commits, aborts, blocked, breaks;  // 95 % Clopper-Pearson, at all looks together
  std::optional<double> width{};              // that no interval should exceed
  Looks looks{};                              // at which that could have been found
  std::size_t look = 0;                       // the one at which it ended, from 0
  bool narrow = false;                        // and no interval does exceed it
  std::optional<RareOdds> rare{};
  std::optional<ExactOdds> exact;
  std::optional<OddsRange> range;             // of the same, over all orders of events
  std::optional<Gap> gap;                     // between the product and the exact chance of a commit
  bool product_inside = true;                 // does the interval of `commits` contain the product?
  std::vector<std::string> broken_assumptions;  // of the product rule, by this scenario, in words
  std::uint64_t seed = 0;
  // What one transaction costs, on average over the runs.
  double messages = 0, forced_writes = 0, latency_ns = 0;  // latency: of those that committed or aborted, to the last decision
  double seconds = 0;                                      // of computing
  std::string stopped{};                                   // why fewer runs were counted than were asked for; empty if they were not
};

}  // namespace commitlab
