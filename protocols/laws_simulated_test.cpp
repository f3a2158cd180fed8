// Laws that bind simulated runs and the step relation together, over all protocols and many settings drawn at random.
#include "protocols/each_for_tests.hpp"
#include "sim/simulate.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

constexpr Nanoseconds kMillisecond = 1'000'000;
constexpr std::uint64_t kSeeds = 10'000;

Probability some_chance(Rng& rng) {
  constexpr std::array<std::uint64_t, 4> kOneIn = {0, 0, 20, 6};
  const std::uint64_t one_in = kOneIn[rng.below(kOneIn.size())];
  return one_in == 0 ? Probability{} : Probability{1, one_in};
}

Delay some_delay(Rng& rng) {
  switch (rng.below(5)) {
    case 0: return Delay::constant(0);
    case 1: return Delay::constant(kMillisecond);
    case 2: return Delay::uniform(kMillisecond, 5 * kMillisecond);
    case 3: return Delay::exponential(3 * kMillisecond);
    default: return Delay::lognormal(2 * kMillisecond, 2000);
  }
}

NodeId some_node(std::size_t nodes, Rng& rng) { return node_id(static_cast<std::size_t>(rng.below(nodes))); }
NodeSet some_nodes(std::size_t nodes, Rng& rng) { return NodeSet::from_bits(rng.below(std::uint64_t{1} << nodes)); }

std::vector<ScriptedFault> some_script(std::size_t nodes, Rng& rng) {
  using What = ScriptedFault::Do;
  constexpr std::array<std::string_view, 5> kWords = {"force", "send", "decide", "decide commit", "arm 3"};
  std::vector<ScriptedFault> script(static_cast<std::size_t>(rng.below(5)));
  for (auto& fault : script) {
    fault.what = static_cast<What>(rng.below(4));
    fault.whom = some_node(nodes, rng);
    fault.side = some_nodes(nodes, rng);
    fault.at = static_cast<Nanoseconds>(rng.below(40)) * kMillisecond;
    if (rng.below(3) != 0) continue;
    fault.at = -1;
    fault.node = rng.below(2) == 0 ? fault.whom : some_node(nodes, rng);
    fault.words = kWords[rng.below(kWords.size())];
  }
  return script;
}

Setting some_setting(Rng& rng) {
  constexpr std::array<std::size_t, 10> kNodes = {2, 2, 3, 3, 3, 3, 4, 4, 5, 6};
  Setting setting;
  setting.nodes = kNodes[rng.below(kNodes.size())];
  auto& faults = setting.faults;
  faults.channels = static_cast<Channels>(rng.below(3));
  faults.recovery = rng.below(2) == 0 ? Recovery::any_time : Recovery::never;
  faults.severed = static_cast<Severed>(rng.below(2));
  faults.crash_points = static_cast<CrashPoints>(rng.below(2));
  if (rng.below(3) == 0) faults.crash_only = some_nodes(setting.nodes, rng);
  setting.chances = {some_chance(rng), some_chance(rng), some_chance(rng), some_chance(rng), some_chance(rng)};
  setting.delays = {.message = some_delay(rng), .force = some_delay(rng), .recovery = some_delay(rng)};
  setting.delays.timeout = 8 * kMillisecond;
  setting.delays.every = static_cast<Nanoseconds>(rng.below(2)) * 3 * kMillisecond;
  setting.delays.horizon = static_cast<Nanoseconds>(10 + rng.below(150)) * kMillisecond;
  if (rng.below(2) == 0) setting.script = some_script(setting.nodes, rng);
  setting.transactions = 1 + static_cast<std::uint32_t>(rng.below(3));
  setting.most_steps = 250;
  return setting;
}

/// What has been seen of all that may happen, so that no law holds for want of cases.
struct Seen {
  std::array<std::uint64_t, count_of<Event>()> events{};
  std::uint64_t copies = 0, overtakings = 0, cuts = 0, torn = 0, cut_recoveries = 0, lost_records = 0;

  void add(const Step& step) {
    const bool cut = step.cut != Step::kWhole;
    ++events[static_cast<std::size_t>(step.event)];
    copies += step.copy;
    overtakings += step.overtakes;
    cuts += cut;
    torn += !step.nodes.empty() && cut;
    cut_recoveries += cut && step.event == Event::recover;
    lost_records += step.lost > 0;
  }
};

/// Asks of each step whether the relation offers it; and plays the run a second time under synchronous timing, as long as
/// that is possible.
template <Protocol P>
struct Lawyer {
  const P& p;
  Seen& seen;
  World<P> synchronous{};
  bool possible_synchronously = true;
  std::uint64_t steps = 0, refused = 0, restless = 0;
  std::string first_refused{};

  void begin(Nanoseconds, const World<P>& w, std::uint32_t index, std::uint8_t slot, NodeSet yes) {
    if (index == 0) {
      Faults faults = w.faults;
      faults.timing = Timing::synchronous;
      clear(synchronous, w.nodes, w.transactions, faults);
    }
    keep_up(w);
    commitlab::begin(synchronous, slot, yes);
  }
  void step(Nanoseconds, const World<P>& w, const Step& step, const Handled<P>& handled) {
    ++steps;
    seen.add(step);
    if (!can_happen(p, w, step)) {
      if (refused++ == 0) first_refused = told(line_of(w, step, handled));
    }
    keep_up(w);
    if (step.event == Event::timeout) possible_synchronously = possible_synchronously && can_happen(p, synchronous, step);
    if (possible_synchronously) apply(p, synchronous, step);
  }
  void end(const World<P>& w, const TransactionEnd& end) {
    keep_up(w);
    retire(synchronous, end.slot);
    const bool held = w.partitioned() && w.faults.severed == Severed::held;
    const bool may_stay_down = w.faults.recovery == Recovery::any_time && w.up != w.all();  // as the script says
    if (!end.given_up && !held && !may_stay_down && w.faults.channels != Channels::sticky) restless += !at_rest(w, end.slot);
  }

 private:
  /// A node with nothing to recover comes up without a step.
  void keep_up(const World<P>& w) {
    if (possible_synchronously) (w.up - synchronous.up).each([&](NodeId id) { come_up_idle(synchronous, id); });
  }
};

}  // namespace

TEST_CASE("each step of a simulated run is offered by the relation, its transactions end at rest, and it is synchronous if it says so") {
  Seen seen;
  std::uint64_t steps = 0, synchronous = 0, asynchronous = 0;
  std::array<std::uint64_t, kOutcomes> outcomes{};
  std::uint64_t protocols = 0;
  for_each_implementation([&](const auto&) { ++protocols; });
  for_each_implementation([&](const auto& p) {
    const std::uint64_t seeds = (kSeeds + protocols - 1) / protocols;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      Rng rng = Rng::stream(seed, 1);
      const Setting setting = some_setting(rng);
      Lawyer<std::remove_cvref_t<decltype(p)>> lawyer{p, seen};
      const auto votes = [&](std::uint32_t, Rng& chance) {
        return chance.below(3) == 0 ? some_nodes(setting.nodes, chance) : NodeSet::first(setting.nodes);
      };
      const RunEnd end = simulate(p, setting, votes, Rng(seed), lawyer);
      INFO(p.name << ", seed " << seed << ", first refused: " << lawyer.first_refused);
      REQUIRE(lawyer.refused == 0);
      REQUIRE(lawyer.restless == 0);
      REQUIRE(lawyer.possible_synchronously == end.synchronous);
      REQUIRE(lawyer.steps == end.steps);
      steps += end.steps;
      ++(end.synchronous ? synchronous : asynchronous);
      for (std::size_t i = 0; i < kOutcomes; ++i) outcomes[i] += end.outcomes[i];
    }
  });
  INFO(steps << " steps, " << synchronous << " synchronous runs");
  CHECK(steps > 20 * kSeeds);
  CHECK(synchronous > kSeeds / 10);
  CHECK(asynchronous > kSeeds / 10);
  for (const std::uint64_t count : outcomes) CHECK(count > 100);
  for (const Event event : {Event::deliver, Event::miss, Event::lose, Event::start, Event::timeout, Event::recover, Event::wipe,
                            Event::crash, Event::partition, Event::heal}) {
    INFO(name_of(event));
    CHECK(seen.events[static_cast<std::size_t>(event)] > 100);
  }
  CHECK(seen.copies > 100);
  CHECK(seen.overtakings > 100);
  CHECK(seen.cuts > 100);
  CHECK(seen.torn > 100);
  CHECK(seen.cut_recoveries > 100);
  CHECK(seen.lost_records > 100);
}

}  // namespace commitlab
