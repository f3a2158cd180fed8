// What a seed decides, how often chance does what it should, and what many transactions cost.
#include <locale>

#include "protocols/two_phase.hpp"
#include "sim/runs_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// Everything that chance may decide, at once.
Setting stormy() {
  Setting setting{.nodes = 4};
  setting.faults.recovery = Recovery::any_time;
  setting.chances = {.loss = {1, 20}, .duplicate = {1, 20}, .reorder = {1, 5}, .crash = {1, 30}, .disk_loss = {1, 4}};
  setting.delays.force = Delay::exponential(kMillisecond);
  setting.delays.recovery = Delay::lognormal(50 * kMillisecond, 500);
  return setting;
}

template <class T>
void within_five_sigma(std::uint64_t count, std::uint64_t of, T odds) {
  const double mean = static_cast<double>(of) * odds, deviation = static_cast<double>(count) - mean;
  INFO(count << " of " << of << ", expected " << mean);
  CHECK(deviation * deviation <= 25.0 * mean * (1.0 - odds));
}

struct Counter : Unwatched {
  std::array<std::uint64_t, count_of<Event>()> events{};
  std::uint64_t copies = 0;
  void step(Nanoseconds, const auto&, const Step& step, const auto&) {
    ++events[static_cast<std::size_t>(step.event)];
    copies += step.copy;
  }
  std::uint64_t operator[](Event event) const { return events[static_cast<std::size_t>(event)]; }
};

/// Writes three records as it starts, without forcing any, and decides when it comes back.
struct Scribe {
  enum class Message : std::uint8_t { none };
  enum class Record : std::uint8_t { line };
  struct State {
    std::uint8_t lines = 0;
    static constexpr void fields(auto& s, auto&& field) { field("lines", s.lines); }
  };
  using Out = Effects<Message, Record>;
  std::string_view name = "scribe", summary = "writes, and forces nothing";

  void start(State&, const Self&, Out& out) const {
    for (int i = 0; i < 3; ++i) out.write(Record::line);
  }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State& s, const Self&, std::span<const Record> log, Out& out) const {
    s.lines = static_cast<std::uint8_t>(log.size());
    out.decide(Decision::abort);
  }
  std::span<const Claim> claims() const { return {}; }
};

}  // namespace

TEST_CASE("one seed is one run, whatever ran before it in the same memory") {
  Setting setting = stormy();
  setting.transactions = 5;
  const TwoPhase p;
  Counter counter;
  Simulation<TwoPhase, decltype(everybody_votes_yes), Counter> reused(p, setting, everybody_votes_yes, counter);
  bool differs = false;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const RunEnd end = reused.run(Rng(seed));
    CHECK(simulate(p, setting, everybody_votes_yes, Rng(seed), Unwatched{}) == end);
    CHECK(timed(run_of(TwoPhase{}, setting, seed)) == timed(run_of(TwoPhase{}, setting, seed)));
    differs = differs || timed(run_of(TwoPhase{}, setting, seed)) != timed(run_of(TwoPhase{}, setting, seed + 1));
  }
  CHECK(differs);
}

TEST_CASE("a run is the same whether each of its steps is watched or none") {
  // Timers shorter than messages take, so that it matters to `synchronous` what is on its way.
  struct Ends : Unwatched {
    std::vector<TransactionEnd> all{};
    void end(const World<TwoPhase>&, const TransactionEnd& end) { all.push_back(end); }
  };
  struct Watched : Ends {
    std::size_t in_flight = 0;
    void step(Nanoseconds, const World<TwoPhase>& w, const Step&, const Handled<TwoPhase>&) { in_flight = std::max(in_flight, w.flight.size()); }
  };
  std::size_t synchronous = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Setting setting = stormy();
    setting.transactions = 1 + static_cast<std::uint32_t>(seed % 4);
    setting.faults.channels = static_cast<Channels>(seed % 3);
    setting.delays.timeout = (seed % 5 == 0 ? 4 : 50) * kMillisecond;
    if (seed % 2 == 0) setting.delays.force = Delay::constant(2 * kMillisecond);
    if (seed % 7 == 0) setting.chances = {.loss = {1, 20}}, setting.faults.recovery = Recovery::never;
    Ends unwatched;
    Watched watched;
    const RunEnd end = simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(seed), unwatched);
    CHECK(simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(seed), watched) == end);
    CHECK(unwatched.all == watched.all);
    CHECK(watched.in_flight >= 3);
    synchronous += end.synchronous;
  }
  CHECK(synchronous > 30);
  CHECK(synchronous < 270);
}

TEST_CASE("a seed gives the same bytes on every compiler, with every optimisation, in every locale") {
  struct Grouped : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\1"; }
  };
  const auto hash_of_200_seeds = [] {
    std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      Setting setting = stormy();
      setting.transactions = 1 + static_cast<std::uint32_t>(seed % 3);
      setting.delays.every = seed % 2 == 0 ? 0 : 7 * kMillisecond;
      setting.faults.channels = seed % 5 == 0 ? Channels::fifo : Channels::bag;
      setting.script = {{.at = 10 * kMillisecond, .what = What::partition, .side = NodeSet(kAlice)},
                        {.at = 50 * kMillisecond, .what = What::heal}};
      for (const auto& line : timed(run_of(TwoPhase{}, setting, seed)))
        for (const char c : line + "\n") hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
  };
  constexpr std::uint64_t kGolden = 0xa34b67fd30f5a79a;
  CHECK(hash_of_200_seeds() == kGolden);
  const std::locale before = std::locale::global(std::locale(std::locale(), new Grouped));
  CHECK(hash_of_200_seeds() == kGolden);
  std::locale::global(before);
}

TEST_CASE("messages are lost and duplicated as often as their chances say") {
  Setting setting = three_nodes();
  setting.transactions = 20'000;
  setting.chances = {.loss = {1, 10}, .duplicate = {1, 5}};
  Counter counter;
  simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(1), counter);
  const std::uint64_t handled = counter[Event::deliver] + counter[Event::lose];
  REQUIRE(handled > 100'000);
  within_five_sigma(counter[Event::lose], handled, 0.1);
  within_five_sigma(counter.copies, counter[Event::deliver], 0.2);
}

TEST_CASE("a crash within a handler falls on each of its points equally often, and on each part of a torn broadcast") {
  // The coordinator of three starts with `send prepare to 1 2 3; arm 2`: before, between, behind, or within the broadcast.
  struct FirstCrash : Unwatched {
    std::array<std::uint64_t, 3> points{};  // before, between, behind
    std::array<std::uint64_t, 8> parts{};   // of 1 2 3
    bool started = false;
    void begin(Nanoseconds, const World<TwoPhase>&, std::uint32_t, std::uint8_t, NodeSet) { started = false; }
    void step(Nanoseconds, const World<TwoPhase>&, const Step& step, const Handled<TwoPhase>&) {
      if (step.event == Event::start && step.node == kCoordinator) {
        started = true;
        if (step.cut == 0) ++parts[step.nodes.bits() >> 1];
        if (step.cut == 1) ++points[1];
        if (!step.crashes()) ++points[2];
      }
      if (step.event == Event::crash && !started) ++points[0];
    }
  } watch;
  Setting setting = three_nodes();
  setting.nodes = 4;
  setting.faults.crash_only = NodeSet(kCoordinator);
  setting.chances.crash = {1, 1};
  setting.delays.horizon = 1;
  const TwoPhase p;
  Simulation<TwoPhase, decltype(everybody_votes_yes), FirstCrash> simulation(p, setting, everybody_votes_yes, watch);
  constexpr std::uint64_t kRuns = 48'000;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) simulation.run(Rng(seed));
  for (const std::uint64_t count : watch.points) within_five_sigma(count, kRuns, 1.0 / 4);
  for (std::size_t part = 1; part < 7; ++part) within_five_sigma(watch.parts[part], kRuns, 1.0 / 24);
  CHECK(watch.parts[0] + watch.parts[7] == 0);
}

TEST_CASE("a crash loses each number of the unforced records equally often") {
  struct Tails : Unwatched {
    std::array<std::uint64_t, 4> lost{};
    std::uint64_t crashes = 0;
    void step(Nanoseconds, const World<Scribe>& w, const Step& step, const Handled<Scribe>&) {
      if (step.event != Event::crash || w.log(step.node).unforced() != 3) return;
      ++crashes, ++lost[step.lost];
    }
  } watch;
  Setting setting{.nodes = 1};
  setting.faults.recovery = Recovery::any_time;
  setting.chances.crash = {1, 2};
  setting.transactions = 40'000;
  simulate(Scribe{}, setting, everybody_votes_yes, Rng(3), watch);
  REQUIRE(watch.crashes > 4'000);
  for (const std::uint64_t count : watch.lost) within_five_sigma(count, watch.crashes, 1.0 / 4);
}

TEST_CASE("nodes crash each with its own chance") {
  struct Crashes : Unwatched {
    std::array<std::uint64_t, 3> of{};
    void step(Nanoseconds, const World<TwoPhase>&, const Step& step, const Handled<TwoPhase>&) { of[index(step.node)] += step.crashes(); }
  } crashes;
  Setting setting = three_nodes();
  setting.delays.horizon = 1;  // each node starts, and does no more
  setting.chances.crash_by_node = {{1, 20}, {0, 1}, {1, 3}};
  const TwoPhase p;
  Simulation<TwoPhase, decltype(everybody_votes_yes), Crashes> simulation(p, setting, everybody_votes_yes, crashes);
  constexpr std::uint64_t kRuns = 20'000;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) simulation.run(Rng(seed));
  within_five_sigma(crashes.of[0], kRuns, 1.0 / 20);
  within_five_sigma(crashes.of[2], kRuns, 1.0 / 3);
  CHECK(crashes.of[1] == 0);
}

TEST_CASE("a stopped node returns as often as its chance says, and no transaction waits for one that never will") {
  struct Ends : Counter {
    std::array<Nanoseconds, 2> ended{};
    void end(const World<Scribe>&, const TransactionEnd& end) { ended[end.index] = end.ended; }
  };
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.chances.recovery = {2, 3};
  setting.delays.recovery = Delay::constant(500 * kMillisecond);
  setting.delays.every = 700 * kMillisecond;  // a second transaction, so that there is something to come anyway
  setting.transactions = 2;
  setting.script = {{.at = 0, .what = What::crash, .whom = kBob}};
  constexpr std::uint64_t kRuns = 5'000;
  std::uint64_t returned = 0;
  for (std::uint64_t seed = 0; seed < kRuns; ++seed) {
    Ends ends;
    CHECK(simulate(Scribe{}, setting, everybody_votes_yes, Rng(seed), ends).why == Ending::at_rest);
    const bool returns = ends[Event::recover] == 1;
    returned += returns;
    CHECK(ends.ended == std::array<Nanoseconds, 2>{returns ? 500 * kMillisecond : 0, 700 * kMillisecond});
  }
  within_five_sigma(returned, kRuns, 2.0 / 3);
}

TEST_CASE("a hundred thousand transactions take no more memory than a few thousand") {
  struct Memory : Unwatched {
    std::size_t at_first = 0, in_the_end = 0;
    void end(const World<TwoPhase>& w, const TransactionEnd& end) {
      std::size_t bytes = w.slots.capacity() * sizeof w.slots[0] + w.flight.capacity() * sizeof w.flight[0];
      for (const auto& log : w.logs) bytes += log.entries.capacity() * sizeof log.entries[0];
      std::size_t& most = end.index < 5'000 ? at_first : in_the_end;
      most = std::max(most, bytes);
    }
  } memory;
  const bool overlapping = GENERATE(false, true);
  Setting setting = stormy();
  setting.chances = {.loss = {1, 200}, .duplicate = {1, 200}, .crash = {1, 2000}};
  setting.delays.every = overlapping ? 20 * kMillisecond : 0;
  setting.transactions = 5'000;
  const TwoPhase p;
  Simulation<TwoPhase, decltype(everybody_votes_yes), Memory> few(p, setting, everybody_votes_yes, memory);
  few.run(Rng(5));
  setting.transactions = 100'000;
  Simulation<TwoPhase, decltype(everybody_votes_yes), Memory> many(p, setting, everybody_votes_yes, memory);
  const RunEnd end = many.run(Rng(5));
  CHECK(end.outcomes[0] + end.outcomes[1] + end.outcomes[2] + end.outcomes[3] == 100'000);
  CHECK(memory.in_the_end <= 2 * memory.at_first);
  CHECK(many.reserved() <= 2 * few.reserved());
}

}  // namespace commitlab
