// Monte Carlo: one transaction a run, run after run, each from its own stream of the seed.
#pragma once

#include <chrono>

#include "checker/product.hpp"
#include "sim/simulate.hpp"

namespace commitlab {

/// Watches runs of one transaction each, and adds up.
template <Protocol P>
struct Count : Unwatched {
  Estimate sum{};
  std::uint64_t decided = 0;

  void end(const World<P>&, const TransactionEnd& end) {
    auto& outcomes = sum.outcomes;
    switch (end.outcome) {
      case Outcome::commits: ++outcomes.commits; break;
      case Outcome::aborts: ++outcomes.aborts; break;
      case Outcome::blocked: ++outcomes.blocked; break;
      case Outcome::breaks: ++outcomes.breaks; break;
    }
    sum.messages += static_cast<double>(end.costs.messages);
    sum.forced_writes += static_cast<double>(end.costs.forced);
    if (end.outcome != Outcome::commits && end.outcome != Outcome::aborts) return;
    sum.latency_ns += static_cast<double>(end.last_decision - end.begun);
    ++decided;
  }
};

/// Counts what becomes of `runs` transactions, at least one. names[i] belongs to voters.list()[i].
template <Protocol P>
Estimate sample(const P& p, Setting setting, const std::vector<std::string>& names, const Voters& voters, std::uint64_t seed, std::uint64_t runs) {
  const auto begin = std::chrono::steady_clock::now();
  setting.transactions = 1;
  Count<P> count;
  Voters votes(voters);
  Simulation simulation(p, setting, votes, count);
  for (std::uint64_t run = 0; run < runs; ++run) simulation.run(Rng::stream(seed, run));

  Estimate estimate = count.sum;
  estimate.seed = seed;
  estimate.messages /= static_cast<double>(runs);
  estimate.forced_writes /= static_cast<double>(runs);
  if (count.decided > 0) estimate.latency_ns /= static_cast<double>(count.decided);
  judge(names, voters, setting, estimate);
  estimate.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return estimate;
}

}  // namespace commitlab
