// How fast runs in virtual time are, in transactions and in events per second, on one core. An event is a step of the relation: a
// node starts, a message is handled, missed or lost, a timer rings, a node stops or comes back.
#include <benchmark/benchmark.h>

#include "protocols/all.hpp"
#include "sim/simulate.hpp"
#include "sim/votes.hpp"

namespace commitlab {
namespace {

constexpr Nanoseconds kMillisecond = 1'000'000;

void report(benchmark::State& state, std::uint64_t events, std::uint64_t transactions) {
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["transactions/s"] = benchmark::Counter(static_cast<double>(transactions), benchmark::Counter::kIsRate);
}

/// Ten thousand transactions a run, one after another, in which everybody votes yes.
template <Protocol P>
void one_long_run(benchmark::State& state, const P& p, Setting setting) {
  setting.transactions = 10'000;
  const auto votes = [](std::uint32_t, Rng&) { return NodeSet::first(kMaxNodes); };
  const Unwatched nobody;
  Simulation simulation(p, setting, votes, nobody);
  std::uint64_t seed = 0, events = 0, transactions = 0;
  for (auto _ : state) {
    events += simulation.run(Rng(seed++)).steps;
    transactions += setting.transactions;
  }
  report(state, events, transactions);
}

/// One transaction a run, each from its own stream, as an estimate counts them.
template <Protocol P>
void many_short_runs(benchmark::State& state, const P& p, Setting setting) {
  setting.transactions = 1;
  Voters votes(std::vector<Voter>(setting.nodes - 1));
  const Unwatched nobody;
  Simulation simulation(p, setting, votes, nobody);
  std::uint64_t index = 0, events = 0;
  for (auto _ : state) events += simulation.run(Rng::stream(0, index++)).steps;
  report(state, events, index);
}

/// Nothing fails, and a message takes always as long.
Setting quiet(std::size_t participants) {
  Setting setting{.nodes = participants + 1};
  setting.delays.message = Delay::constant(kMillisecond);
  return setting;
}

/// Messages overtake each other, and one in a hundred is lost and has to be sent again; forced writes take time; one handler in a
/// thousand is cut by a crash, and whoever stops comes back.
Setting stormy(std::size_t participants) {
  Setting setting{.nodes = participants + 1};
  setting.faults.recovery = Recovery::any_time;
  setting.chances.loss = {1, 100};
  setting.chances.crash = {1, 1000};
  setting.delays.message = Delay::uniform(kMillisecond, 5 * kMillisecond);
  setting.delays.force = Delay::constant(2 * kMillisecond);
  return setting;
}

void simulate_2pc(benchmark::State& state) { one_long_run(state, TwoPhase{}, quiet(3)); }
void simulate_3pc(benchmark::State& state) { one_long_run(state, ThreePhase{}, quiet(3)); }
void simulate_2pc_stormy(benchmark::State& state) { one_long_run(state, TwoPhase{}, stormy(5)); }
void sample_2pc(benchmark::State& state) { many_short_runs(state, TwoPhase{}, quiet(3)); }
BENCHMARK(simulate_2pc)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_3pc)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_2pc_stormy)->Unit(benchmark::kMillisecond);
BENCHMARK(sample_2pc)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace commitlab
