// How likely a transaction commits: the product rule beside counted runs, in plain values.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/interval.hpp"
#include "checker/range.hpp"

namespace commitlab {

/// What became of transactions. Each is in exactly one of these.
struct Outcomes {
  std::uint64_t commits = 0;  // some node committed, and everybody that is up has decided
  std::uint64_t aborts = 0;   // everybody that is up has decided, and nobody committed
  std::uint64_t blocked = 0;  // the run ended with a node that is up undecided, or with nobody decided
  std::uint64_t breaks = 0;   // two decisions differ
  std::uint64_t runs() const { return commits + aborts + blocked + breaks; }
};

/// The chances of all runs of one transaction in virtual time, from a Markov chain: no run was drawn. They sum to 1.
struct ExactOdds {
  Interval commits{}, aborts{}, blocked{}, breaks{};  // each contains the true chance
  std::array<std::string, 4> fractions{};     // the same exactly, where rational numbers were used; else empty
  bool conclusive = true;                     // no interval is wider than 10^-9
  bool means = false;                         // delays are distributed, and were taken at their means
  std::uint32_t moments = 0;                  // states of the chain
  double messages = 0, forced_writes = 0;     // expected; at least so many if `whole` is false
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
  Interval commits, aborts, blocked, breaks;  // 95 % Clopper-Pearson
  std::optional<ExactOdds> exact;
  std::optional<OddsRange> range;             // of the same, over all orders of events
  bool product_inside = true;                 // does the interval of `commits` contain the product?
  std::vector<std::string> broken_assumptions;  // of the product rule, by this scenario, in words
  std::uint64_t seed = 0;
  // What one transaction costs, on average over the runs.
  double messages = 0, forced_writes = 0, latency_ns = 0;  // latency: of those that committed or aborted, to the last decision
  double seconds = 0;                                      // of computing
};

}  // namespace commitlab
