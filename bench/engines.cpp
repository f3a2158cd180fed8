// How fast the search is: checked worlds and steps per second. Read the figures of one run against each other; `./lab bench`
// prints the machine beside them.
#include <benchmark/benchmark.h>

#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "protocols/all.hpp"

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

}  // namespace
}  // namespace commitlab
