// How fast the engines are: simulated events and transactions per second, checked worlds and steps per second. Read the
// figures of one run against each other; `./lab bench` prints the machine beside them.
#include <benchmark/benchmark.h>

#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "protocols/all.hpp"
#include "sim/simulate.hpp"

namespace commitlab {
namespace {

template <Protocol P>
void search(benchmark::State& state, const P& p, const Question& asked) {
  std::uint64_t worlds = 0, steps = 0, bytes = 0;
  for (auto _ : state) {
    const Verdict verdict = check(p, asked);
    worlds += verdict.worlds, steps += verdict.steps, bytes = verdict.bytes;
  }
  state.counters["worlds"] = static_cast<double>(worlds) / static_cast<double>(state.iterations());
  state.counters["worlds/s"] = benchmark::Counter(static_cast<double>(worlds), benchmark::Counter::kIsRate);
  state.counters["steps/s"] = benchmark::Counter(static_cast<double>(steps), benchmark::Counter::kIsRate);
  state.counters["bytes/world"] = static_cast<double>(bytes) * static_cast<double>(state.iterations()) / static_cast<double>(worlds);
}

constexpr Faults kCrashAndRecovery{.left = {.crashes = 1}, .recovery = Recovery::any_time};
constexpr Faults kTwoCrashes{.left = {.crashes = 2}, .timing = Timing::synchronous};
const std::vector<Property> kSafety{Property::AC1, Property::AC2, Property::AC3};
const std::vector<Property> kAll{Property::AC1, Property::AC2, Property::AC3, Property::AC5, Property::NB};

void check_2pc_safety(benchmark::State& state) { search(state, TwoPhase{}, ask(2, kCrashAndRecovery, kSafety)); }
void check_2pc_liveness(benchmark::State& state) { search(state, TwoPhase{}, ask(2, kCrashAndRecovery, kAll)); }
void check_3pc_safety(benchmark::State& state) { search(state, ThreePhase{}, ask(4, kTwoCrashes, kSafety)); }
BENCHMARK(check_2pc_safety)->Unit(benchmark::kMillisecond);
BENCHMARK(check_2pc_liveness)->Unit(benchmark::kMillisecond);
BENCHMARK(check_3pc_safety)->Unit(benchmark::kMillisecond);

template <Protocol P>
void simulation(benchmark::State& state, const P& p, Setting setting) {
  setting.transactions = 10'000;
  const auto votes = [](std::uint32_t, Rng&) { return NodeSet::first(64); };
  const Unwatched nobody;
  Simulation run(p, setting, votes, nobody);
  std::uint64_t seed = 0, events = 0, transactions = 0;
  for (auto _ : state) {
    events += run.run(Rng(seed++)).steps;
    transactions += setting.transactions;
  }
  state.counters["events/s"] = benchmark::Counter(static_cast<double>(events), benchmark::Counter::kIsRate);
  state.counters["transactions/s"] = benchmark::Counter(static_cast<double>(transactions), benchmark::Counter::kIsRate);
}

Setting setting(std::size_t participants, const Delay& message) {
  Setting setting{.nodes = participants + 1};
  setting.delays.message = message;
  return setting;
}

void simulate_2pc(benchmark::State& state) { simulation(state, TwoPhase{}, setting(3, Delay::constant(1'000'000))); }
void simulate_3pc(benchmark::State& state) { simulation(state, ThreePhase{}, setting(3, Delay::constant(1'000'000))); }
void simulate_2pc_lossy(benchmark::State& state) {
  Setting lossy = setting(5, Delay::uniform(1'000'000, 5'000'000));
  lossy.delays.force = Delay::constant(2'000'000);
  lossy.chances.loss = {1, 100};
  simulation(state, TwoPhase{}, lossy);
}
BENCHMARK(simulate_2pc)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_3pc)->Unit(benchmark::kMillisecond);
BENCHMARK(simulate_2pc_lossy)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace commitlab
