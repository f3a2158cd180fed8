// Monte Carlo: one transaction a run, run after run, each from its own stream of the seed.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>

#include "checker/bounds.hpp"
#include "checker/product.hpp"
#include "checker/share_work.hpp"
#include "sim/simulate.hpp"

namespace commitlab {

/// Watches runs of one transaction each, and adds up.
template <Protocol P>
struct Count : Unwatched {
  Sums sums{};

  void end(const World<P>&, const TransactionEnd& end) {
    auto& outcomes = sums.outcomes;
    switch (end.outcome) {
      case Outcome::commits: ++outcomes.commits; break;
      case Outcome::aborts: ++outcomes.aborts; break;
      case Outcome::blocked: ++outcomes.blocked; break;
      case Outcome::breaks: ++outcomes.breaks; break;
    }
    sums.messages += end.costs.messages;
    sums.forced_writes += end.costs.forced;
    if (end.outcome != Outcome::commits && end.outcome != Outcome::aborts) return;
    sums.latency_ns += static_cast<std::uint64_t>(end.last_decision - end.begun);
  }
};

/// So many events of a run, at most; false once it is over. Inlined as a whole, as in Simulation::run().
[[gnu::hot, gnu::flatten]] bool go_on(auto& simulation, int events) {
  for (; events > 0; --events)
    if (!simulation.advance()) return false;
  return true;
}

/// What becomes of the runs first ... last - 1 of a seed, whoever counts the others. Past `bounds`, of as many as were over by then: they
/// are taken in their order by each thread, so that none is left out because it is long, but for the last of each.
template <Protocol P>
Sums count_runs(const P& p, Setting setting, const Voters& voters, std::uint64_t seed, std::uint64_t first, std::uint64_t last, unsigned threads, Bounds* bounds = nullptr) {
  constexpr std::uint64_t kRunsAtOnce = 512;
  constexpr int kEventsBetweenLooks = 1024;
  setting.transactions = 1;
  Sums sums;
  std::mutex mutex;
  Bounds all = bounds == nullptr ? Bounds() : *bounds;
  share_work(threads, (last - first + kRunsAtOnce - 1) / kRunsAtOnce, [&](std::uint64_t piece) {
    Count<P> count;
    Voters votes(voters);
    Simulation simulation(p, setting, votes, count);
    const std::uint64_t begin = first + piece * kRunsAtOnce;
    Bounds its = [&] {
      const std::lock_guard lock(mutex);
      return all;
    }();
    for (std::uint64_t run = begin; run < std::min(last, begin + kRunsAtOnce) && !its.reached(8); ++run) {
      simulation.start_run(Rng::stream(seed, run));
      while (go_on(simulation, kEventsBetweenLooks) && !its.reached(kEventsBetweenLooks)) continue;
    }
    count.sums.came_up = simulation.came_up();
    const std::lock_guard lock(mutex);
    sums += count.sums;
    all.take(its);
    if (bounds != nullptr) bounds->take(its);
  });
  return sums;
}

/// Counts what becomes of transactions, at least one: of all runs of the shard, or until no interval is wider than was asked for, which
/// no shard can tell by itself.
template <Protocol P>
Sampled sample(const P& p, const Setting& setting, const Voters& voters, const Sampling& sampling) {
  const auto begin = std::chrono::steady_clock::now();
  Bounds bounds(sampling.limits);
  Sampled sampled{.looks = sampling.width ? looks_for(*sampling.width, sampling.runs) : one_look(sampling.runs)};
  std::uint64_t next = 0;
  for (sampled.look = 0;; ++sampled.look) {
    const std::uint64_t until = sampled.looks.at[sampled.look], first = sampling.shard.first(until);
    sampled.sums += count_runs(p, setting, voters, sampling.seed, std::max(next, first), first + sampling.shard.size(until), sampling.threads, &bounds);
    next = until;
    sampled.narrow = sampling.width && widest(sampled.sums.outcomes, sampled.looks.level) <= *sampling.width;
    sampled.stopped = bounds.reason();
    if (sampled.narrow || !sampled.stopped.empty() || sampled.look + 1 == sampled.looks.at.size()) break;
  }
  sampled.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return sampled;
}

/// What was counted beside the product rule, of this protocol: one whose nodes act by themselves breaks an assumption of the rule.
template <Protocol P>
Estimate judged_of(const P&, const std::vector<std::string>& names, const Voters& voters, const Setting& setting, const Sampling& sampling, const Sampled& sampled) {
  Estimate estimate = judged(names, voters, setting, sampling, sampled);
  if (Acts<P>) estimate.broken_assumptions.push_back("nodes act by themselves: what they choose to do may decide the transaction");
  return estimate;
}

/// So many runs, beside the product rule. names[i] belongs to voters.list()[i].
template <Protocol P>
Estimate sample(const P& p, const Setting& setting, const std::vector<std::string>& names, const Voters& voters, std::uint64_t seed, std::uint64_t runs) {
  const Sampling sampling{.seed = seed, .runs = runs};
  return judged_of(p, names, voters, setting, sampling, sample(p, setting, voters, sampling));
}

}  // namespace commitlab
