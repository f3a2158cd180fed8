// Runs in virtual time: what happens when, what a seed decides, and how often chance does what it should.
#include <locale>

#include "protocols/two_phase.hpp"
#include "sim/record.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using What = ScriptedFault::Do;
using Lines = std::vector<std::string>;

constexpr Nanoseconds kMillisecond = 1'000'000;
constexpr NodeId kAlice{1}, kBob{2};

const auto everybody_votes_yes = [](std::uint32_t, Rng&) { return NodeSet::first(kMaxNodes); };

/// The coordinator, alice and bob; a message takes 1 ms, a forced write 2 ms, and a tick is 50 ms.
Setting three_nodes() {
  Setting setting{.nodes = 3};
  setting.delays = {.message = Delay::constant(kMillisecond), .force = Delay::constant(2 * kMillisecond)};
  setting.delays.horizon = 1000 * kMillisecond;
  return setting;
}

template <Protocol P = TwoPhase>
Run run_of(const Setting& setting, std::uint64_t seed = 0, const P& p = {}) {
  return recorded(p, setting, {}, everybody_votes_yes, seed);
}

/// "1000 0 start; arm 2": microseconds, then the words of the play.
Lines timed(const Run& run, Nanoseconds until = kGreatestDelay) {
  Lines lines;
  for (const auto& line : run.trace.lines)
    if (line.at_ns <= until) lines.push_back(std::to_string(line.at_ns / 1000) + " " + told(line));
  return lines;
}

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

/// Acts by itself, twice, and is told who is down.
struct Watchman {
  enum class Message : std::uint8_t { hello };
  enum class Record : std::uint8_t { none };
  enum class Act : std::uint8_t { look, listen };
  struct State {
    std::uint8_t acts = 0;
    NodeSet gone;
    static constexpr void fields(auto& s, auto&& field) { field("acts", s.acts), field("gone", s.gone); }
  };
  using Out = Effects<Message, Record>;
  std::string_view name = "watchman", summary = "looks, listens, and decides when it is told that somebody has gone";

  void start(State&, const Self& self, Out& out) const {
    if (self.coordinates()) out.send(self.participants(), Message::hello);
  }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  void suspect(State& s, const Self&, NodeId who, Out& out) const {
    s.gone.add(who);
    out.decide(Decision::abort);
  }
  std::uint32_t acts(const State& s, const Self& self) const { return self.coordinates() || s.acts == 2 ? 0u : 3u; }
  void act(State& s, const Self&, Act, Out&) const { ++s.acts; }
  std::span<const Claim> claims() const { return {}; }
};

}  // namespace

TEST_CASE("without faults, effects take place when the forced writes before them are over") {
  const Run run = run_of(three_nodes());
  CHECK(timed(run) == Lines{
                          "0 0 start; send prepare to 1 2; arm 2",
                          "0 1 start; arm 3",
                          "0 2 start; arm 3",
                          "1000 1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                          "1000 2 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                          "4000 0 deliver yes from 1",
                          "4000 0 deliver yes from 2; force commit; decide commit; disarm; send commit to 1 2; arm 2",
                          "7000 1 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                          "7000 2 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                          "10000 0 deliver ack from 1",
                          "10000 0 deliver ack from 2; write end; disarm",
                      });
  REQUIRE(run.transactions.size() == 1);
  CHECK(run.transactions[0].outcome == "commits");
  CHECK(run.transactions[0].latency_ns == 9 * kMillisecond);
  CHECK(run.transactions[0].messages == 8);
  CHECK(run.transactions[0].forced_writes == 5);
  CHECK(run.ended_ns == 10 * kMillisecond);
  CHECK(run.events == 11);
  CHECK(run.synchronous);
  CHECK_FALSE(run.horizon);
  REQUIRE(run.trace.end.size() == 3);
  CHECK(run.trace.end[0].log == std::vector<std::string>{"commit", "end?"});
  CHECK(run.trace.end[1].decided == "commit");
  CHECK(run.trace.votes == std::vector<std::string>{"yes yes"});
}

TEST_CASE("alice crashes when she has forced that she is prepared, and never comes back") {
  Setting setting = three_nodes();
  setting.script = {{.node = kAlice, .words = "force prepared", .what = What::crash, .whom = kAlice}};
  const Run run = run_of(setting);
  CHECK(timed(run, 150 * kMillisecond) == Lines{
                                              "0 0 start; send prepare to 1 2; arm 2",
                                              "0 1 start; arm 3",
                                              "0 2 start; arm 3",
                                              "1000 1 deliver prepare from 0; force prepared; crash",
                                              "1000 2 deliver prepare from 0; force prepared; send yes to 0; arm 3",
                                              "4000 0 deliver yes from 2",
                                              "100000 0 timeout; force abort; decide abort; disarm; send abort to 1 2; arm 2",
                                              "103000 2 deliver abort from 0; force abort; decide abort; disarm; send ack to 0",
                                              "106000 0 deliver ack from 2",
                                          });
  CHECK(run.horizon);  // the coordinator tells alice again and again
  CHECK(run.ended_ns == setting.delays.horizon);
  CHECK(run.transactions[0].outcome == "aborts");
}

TEST_CASE("alice comes back with her log after the time of a recovery, and a message has missed her") {
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.node = kAlice, .words = "force prepared", .what = What::crash, .whom = kAlice}};
  const Run run = run_of(setting);
  const Lines lines = timed(run);
  CHECK(Lines(lines.begin() + 6, lines.end()) == Lines{
                                                     "100000 0 timeout; force abort; decide abort; disarm; send abort to 1 2; arm 2",
                                                     "103000 1 miss abort from 0",
                                                     "103000 2 deliver abort from 0; force abort; decide abort; disarm; send ack to 0",
                                                     "106000 0 deliver ack from 2",
                                                     "201000 1 recover; send inquire to 0; arm 3",
                                                     "202000 0 timeout; send abort to 1; arm 2",
                                                     "202000 0 deliver inquire from 1; send abort to 1",
                                                     "203000 1 deliver abort from 0; force abort; decide abort; disarm; send ack to 0",
                                                     "205000 1 deliver abort from 0; send ack to 0",
                                                     "206000 0 deliver ack from 1; write end; disarm",
                                                     "206000 0 deliver ack from 1",
                                                 });
  CHECK_FALSE(run.horizon);
  CHECK_FALSE(run.synchronous);  // at 202 ms, alice's question was on its way
}

TEST_CASE("a crash that falls within a forced write cuts what follows the write") {
  Setting setting = three_nodes();
  setting.script = {{.at = 2 * kMillisecond, .what = What::crash, .whom = kAlice}};
  CHECK(timed(run_of(setting))[3] == "1000 1 deliver prepare from 0; force prepared; crash");
  setting.script[0].at = 3 * kMillisecond;  // when yes would leave: what was scheduled earlier happens first
  CHECK(timed(run_of(setting))[3] == "1000 1 deliver prepare from 0; force prepared; crash");
  setting.script[0].at = 3 * kMillisecond + 1;
  CHECK(timed(run_of(setting))[3] == "1000 1 deliver prepare from 0; force prepared; send yes to 0; arm 3");
  CHECK(timed(run_of(setting))[5] == "3000 1 crash");
  setting.script[0].at = kMillisecond;  // at once with the message, and scheduled before it
  CHECK(timed(run_of(setting))[3] == "1000 1 crash");
}

TEST_CASE("the network splits at 10 ms and heals at 50 ms") {
  Setting setting = three_nodes();
  setting.delays.message = Delay::constant(4 * kMillisecond);
  setting.script = {{.at = 10 * kMillisecond, .what = What::partition, .side = NodeSet(kCoordinator) | NodeSet(kBob)},
                    {.at = 50 * kMillisecond, .what = What::heal}};
  const Lines before = {
      "0 0 start; send prepare to 1 2; arm 2",
      "0 1 start; arm 3",
      "0 2 start; arm 3",
      "4000 1 deliver prepare from 0; force prepared; send yes to 0; arm 3",
      "4000 2 deliver prepare from 0; force prepared; send yes to 0; arm 3",
      "10000 partition 0 2 | 1",
      "10000 0 deliver yes from 2",
      "50000 heal",
  };
  SECTION("what is on its way across is lost") {
    Lines lines = before;
    lines.insert(lines.end(), {"100000 0 timeout; force abort; decide abort; disarm; send abort to 1 2; arm 2",
                               "106000 1 deliver abort from 0; force abort; decide abort; disarm; send ack to 0",
                               "106000 2 deliver abort from 0; force abort; decide abort; disarm; send ack to 0",
                               "112000 0 deliver ack from 1",
                               "112000 0 deliver ack from 2; write end; disarm"});
    CHECK(timed(run_of(setting)) == lines);
  }
  SECTION("what is on its way across is held, and comes as soon as the network is whole") {
    setting.faults.severed = Severed::held;
    Lines lines = before;
    lines.insert(lines.end(), {"50000 0 deliver yes from 1; force commit; decide commit; disarm; send commit to 1 2; arm 2",
                               "56000 1 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                               "56000 2 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                               "62000 0 deliver ack from 1",
                               "62000 0 deliver ack from 2; write end; disarm"});
    CHECK(timed(run_of(setting)) == lines);
  }
  SECTION("a message that is held for ever keeps nobody waiting for ever") {
    setting.faults.severed = Severed::held;
    setting.script.pop_back();
    setting.transactions = 2;
    const Run run = run_of(setting);
    CHECK(run.transactions[0].outcome == "blocked");  // alice is prepared, and asks again and again
    CHECK(run.transactions[1].began_ns == setting.delays.horizon);
  }
}

TEST_CASE("another node crashes when the coordinator decides, at the time of that effect") {
  Setting setting = three_nodes();
  setting.script = {{.node = kCoordinator, .words = "decide commit", .what = What::crash, .whom = kBob}};
  const Lines lines = timed(run_of(setting));
  CHECK(lines[6] == "4000 0 deliver yes from 2; force commit; decide commit; disarm; send commit to 1 2; arm 2");
  CHECK(lines[7] == "6000 2 crash");
}

TEST_CASE("an effect sets a fault off once, and by whole words") {
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.node = kAlice, .words = "force prepare", .what = What::crash, .whom = kAlice},
                    {.node = kAlice, .words = "send", .what = What::crash, .whom = kAlice}};
  const Run run = run_of(setting);
  const Lines lines = timed(run);
  CHECK(lines[3] == "1000 1 deliver prepare from 0; force prepared; send yes to 0; crash");
  CHECK(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.ends_with("crash"); }) == 1);
  CHECK(run.transactions[0].outcome == "commits");
}

TEST_CASE("the coordinator comes back when the script says so, and not before") {
  Setting setting = three_nodes();
  setting.script = {{.at = 2 * kMillisecond, .what = What::crash, .whom = kCoordinator}, {.at = 500 * kMillisecond, .what = What::recover, .whom = kCoordinator}};
  const Run run = run_of(setting);
  const Lines lines = timed(run);
  CHECK(lines[5] == "2000 0 crash");
  CHECK(lines[6] == "4000 0 miss yes from 1");
  CHECK(std::find(lines.begin(), lines.end(), "500000 0 recover; force abort; decide abort; disarm; send abort to 1 2; arm 2") != lines.end());
  CHECK(run.transactions[0].outcome == "aborts");
  CHECK_FALSE(run.horizon);
}

TEST_CASE("a busy node turns to what has come meanwhile when it is done, in the order in which that came") {
  Setting setting = three_nodes();
  setting.transactions = 3;
  setting.delays.every = 2 * kMillisecond;
  setting.delays.message = Delay::constant(kMillisecond / 2);
  setting.delays.force = Delay::constant(10 * kMillisecond);
  const Lines lines = timed(run_of(setting), 12 * kMillisecond);
  Lines of_alice;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(of_alice), [](const auto& line) { return line.find(" 1 ") == line.find(' '); });
  CHECK(of_alice == Lines{"0 1 start#1; arm 3", "500 1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3", "10500 1 start#2; arm 3",
                          "10500 1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("an alarm that has rung at a busy node is forgotten when what came before it sets the timer again") {
  Setting setting = three_nodes();
  setting.transactions = 2;
  setting.delays.every = kMillisecond;
  setting.delays.message = Delay::constant(145 * kMillisecond);
  setting.delays.force = Delay::constant(20 * kMillisecond);
  const Lines lines = timed(run_of(setting), 200 * kMillisecond);
  Lines of_alice;
  std::copy_if(lines.begin(), lines.end(), std::back_inserter(of_alice), [](const auto& line) { return line.find(" 1 ") == line.find(' '); });
  CHECK(of_alice == Lines{"0 1 start#1; arm 3", "1000 1 start#2; arm 3", "145000 1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3",
                          "165000 1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("a node that the script has brought back and crashed again comes back by itself after the second crash only") {
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.at = 10 * kMillisecond - 1, .what = What::crash, .whom = kAlice},
                    {.at = 20 * kMillisecond, .what = What::recover, .whom = kAlice},
                    {.at = 30 * kMillisecond, .what = What::crash, .whom = kAlice}};
  Lines recoveries;
  for (const auto& line : timed(run_of(setting)))
    if (line.find("recover") != line.npos) recoveries.push_back(line);
  CHECK(recoveries == Lines{"20000 1 recover; decide commit", "230000 1 recover; decide commit"});
}

TEST_CASE("transactions begin one when the last is over, or at fixed times") {
  Setting setting = three_nodes();
  setting.transactions = 3;
  const auto beginnings = [](const Run& run) {
    std::vector<Nanoseconds> times;
    for (const auto& transaction : run.transactions) times.push_back(transaction.began_ns / kMillisecond);
    return times;
  };
  CHECK(beginnings(run_of(setting)) == std::vector<Nanoseconds>{0, 10, 20});
  setting.delays.every = 4 * kMillisecond;
  CHECK(beginnings(run_of(setting)) == std::vector<Nanoseconds>{0, 4, 8});
  setting.delays.every = 30 * kMillisecond;
  CHECK(beginnings(run_of(setting)) == std::vector<Nanoseconds>{0, 30, 60});
}

TEST_CASE("no more transactions run at once than a World has room for, and a further one waits") {
  struct Crowd : Unwatched {
    std::size_t live = 0, most = 0;
    std::vector<TransactionEnd> ends{};
    void begin(Nanoseconds, const World<TwoPhase>&, std::uint32_t, std::uint8_t, NodeSet) { most = std::max(most, ++live); }
    void end(const World<TwoPhase>&, const TransactionEnd& end) { --live, ends.push_back(end); }
  } crowd;
  Setting setting = three_nodes();
  setting.transactions = 300;
  setting.delays.every = 100'000;
  setting.delays.force = Delay::constant(0);
  setting.delays.message = Delay::constant(20 * kMillisecond);
  const RunEnd end = simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(0), crowd);
  CHECK(crowd.most == kMaxTransactions);
  CHECK(end.outcomes[static_cast<std::size_t>(Outcome::commits)] == 300);
  CHECK(crowd.ends[0].begun == 0);
  CHECK(crowd.ends[63].begun == 6'300'000);
  CHECK(crowd.ends[64].begun == 80 * kMillisecond);
}

TEST_CASE("a transaction that is blocked is given up at its horizon, and the next begins") {
  Setting setting = three_nodes();
  setting.transactions = 2;
  setting.script = {{.node = kCoordinator, .words = "force commit", .what = What::crash, .whom = kCoordinator}};
  const Run run = run_of(setting);
  CHECK(run.horizon);
  CHECK(run.transactions[0].outcome == "blocked");
  CHECK(run.transactions[1].began_ns == setting.delays.horizon);
  CHECK(run.transactions[1].outcome == "aborts");  // nobody has heard of it from the coordinator, which is still down
  CHECK(run.transactions[1].latency_ns == 152 * kMillisecond);
}

TEST_CASE("a node that was down between two transactions is there for the second") {
  Setting setting = three_nodes();
  setting.transactions = 2;
  setting.delays.every = 100 * kMillisecond;
  setting.delays.recovery = Delay::constant(5 * kMillisecond);
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.at = 50 * kMillisecond, .what = What::crash, .whom = kAlice}};
  const Run run = run_of(setting);
  CHECK(run.transactions[1].outcome == "commits");
  setting.delays.recovery = Delay::constant(60 * kMillisecond);  // too late: she finds a transaction that she has no record of
  CHECK(run_of(setting).transactions[1].outcome == "aborts");
}

TEST_CASE("a failure detector reports a stopped node after one tick, and a node acts by itself after a message's delay") {
  Setting setting = three_nodes();
  setting.script = {{.at = 20 * kMillisecond, .what = What::crash, .whom = kBob}};
  const Run run = run_of(setting, 1, Watchman{});
  Lines lines = timed(run);
  CHECK(lines.size() == 12);
  const auto number = [&](std::string_view text) {
    return std::count_if(lines.begin(), lines.end(), [&](const auto& line) { return line.starts_with(text); });
  };
  CHECK(number("1000 1 act ") == 1);
  CHECK(number("2000 1 act ") == 1);
  CHECK(number("1000 2 act ") == 1);
  CHECK(number("2000 2 act ") == 1);
  CHECK(lines[9] == "20000 2 crash");
  CHECK(lines[10] == "70000 0 suspect 2; decide abort");
  CHECK(lines[11] == "70000 1 suspect 2; decide abort");
  CHECK(run.transactions[0].outcome == "aborts");
}

TEST_CASE("a run is cut off after the greatest number of steps") {
  Setting setting = three_nodes();
  setting.most_steps = 5;
  const RunEnd end = simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(0), Unwatched{});
  CHECK(end.why == Ending::steps);
  CHECK(end.steps == 5);
  CHECK(end.outcomes[static_cast<std::size_t>(Outcome::blocked)] == 1);
}

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
    CHECK(timed(run_of(setting, seed)) == timed(run_of(setting, seed)));
    differs = differs || timed(run_of(setting, seed)) != timed(run_of(setting, seed + 1));
  }
  CHECK(differs);
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
      setting.script = {{.at = 10 * kMillisecond, .what = What::partition, .side = NodeSet(kAlice)}, {.at = 50 * kMillisecond, .what = What::heal}};
      for (const auto& line : timed(run_of(setting, seed)))
        for (const char c : line + "\n") hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
    }
    return hash;
  };
  constexpr std::uint64_t kGolden = 0x5fa1c4a8740dc59;
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
