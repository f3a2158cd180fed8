// Runs in virtual time: what happens when, as plays.
#include "protocols/two_phase.hpp"
#include "sim/runs_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

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
  const Run run = run_of(TwoPhase{}, three_nodes());
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
  const Run run = run_of(TwoPhase{}, setting);
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
  const Run run = run_of(TwoPhase{}, setting);
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
  CHECK(timed(run_of(TwoPhase{}, setting))[3] == "1000 1 deliver prepare from 0; force prepared; crash");
  setting.script[0].at = 3 * kMillisecond;  // when yes would leave: what was scheduled earlier happens first
  CHECK(timed(run_of(TwoPhase{}, setting))[3] == "1000 1 deliver prepare from 0; force prepared; crash");
  setting.script[0].at = 3 * kMillisecond + 1;
  CHECK(timed(run_of(TwoPhase{}, setting))[3] == "1000 1 deliver prepare from 0; force prepared; send yes to 0; arm 3");
  CHECK(timed(run_of(TwoPhase{}, setting))[5] == "3000 1 crash");
  setting.script[0].at = kMillisecond;  // at once with the message, and scheduled before it
  CHECK(timed(run_of(TwoPhase{}, setting))[3] == "1000 1 crash");
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
    CHECK(timed(run_of(TwoPhase{}, setting)) == lines);
  }
  SECTION("what is on its way across is held, and comes as soon as the network is whole") {
    setting.faults.severed = Severed::held;
    Lines lines = before;
    lines.insert(lines.end(), {"50000 0 deliver yes from 1; force commit; decide commit; disarm; send commit to 1 2; arm 2",
                               "56000 1 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                               "56000 2 deliver commit from 0; force commit; decide commit; disarm; send ack to 0",
                               "62000 0 deliver ack from 1",
                               "62000 0 deliver ack from 2; write end; disarm"});
    CHECK(timed(run_of(TwoPhase{}, setting)) == lines);
  }
  SECTION("a message that is held for ever keeps nobody waiting for ever") {
    setting.faults.severed = Severed::held;
    setting.script.pop_back();
    setting.transactions = 2;
    const Run run = run_of(TwoPhase{}, setting);
    CHECK(run.transactions[0].outcome == "blocked");  // alice is prepared, and asks again and again
    CHECK(run.transactions[1].began_ns == setting.delays.horizon);
  }
}

TEST_CASE("another node crashes when the coordinator decides, at the time of that effect") {
  Setting setting = three_nodes();
  setting.script = {{.node = kCoordinator, .words = "decide commit", .what = What::crash, .whom = kBob}};
  const Lines lines = timed(run_of(TwoPhase{}, setting));
  CHECK(lines[6] == "4000 0 deliver yes from 2; force commit; decide commit; disarm; send commit to 1 2; arm 2");
  CHECK(lines[7] == "6000 2 crash");
}

TEST_CASE("a crash that nobody could foresee when a node began something comes when that is done") {
  Setting setting = three_nodes();
  setting.transactions = 2;
  setting.delays.every = kMillisecond;
  setting.delays.message = Delay::constant(kMillisecond / 2);
  setting.delays.force = Delay::constant(10 * kMillisecond);
  setting.script = {{.node = kCoordinator, .words = "force commit", .what = What::crash, .whom = kBob}};
  const Lines lines = timed(run_of(TwoPhase{}, setting), 21 * kMillisecond);
  const auto at = [&](std::string_view line) { return std::find(lines.begin(), lines.end(), line) - lines.begin(); };
  CHECK(at("11000 0 deliver yes#1 from 2; force commit; decide commit; disarm; send commit to 1 2; arm 2") < at("20500 2 crash"));
  CHECK(at("10500 2 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3") < at("20500 2 crash"));
  CHECK(at("20500 2 crash") < std::ssize(lines));
}

TEST_CASE("a script that brings a node back before it has crashed changes nothing") {
  Setting setting = three_nodes();
  setting.script = {{.at = 3 * kMillisecond, .what = What::crash, .whom = kAlice},
                    {.at = 2 * kMillisecond, .what = What::recover, .whom = kAlice}};
  const Lines lines = timed(run_of(TwoPhase{}, setting));
  CHECK(lines[3] == "1000 1 deliver prepare from 0; force prepared; crash");
  CHECK(std::none_of(lines.begin(), lines.end(), [](const auto& line) { return line.find("recover") != line.npos; }));
}

TEST_CASE("a message that waits in its channel for one of a transaction that is given up waits no longer") {
  Setting setting = three_nodes();
  setting.faults.channels = Channels::fifo;
  setting.transactions = 2;
  setting.delays.every = 5 * kMillisecond;
  setting.delays.message = Delay::uniform(0, 40 * kMillisecond);
  setting.delays.horizon = 20 * kMillisecond;
  std::size_t released = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed)
    for (const auto& line : timed(run_of(TwoPhase{}, setting, seed))) released += line.starts_with("20000 1 deliver prepare#2");
  CHECK(released == 21);
}

TEST_CASE("an effect sets a fault off once, and by whole words") {
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.node = kAlice, .words = "force prepare", .what = What::crash, .whom = kAlice},
                    {.node = kAlice, .words = "send", .what = What::crash, .whom = kAlice}};
  const Run run = run_of(TwoPhase{}, setting);
  const Lines lines = timed(run);
  CHECK(lines[3] == "1000 1 deliver prepare from 0; force prepared; send yes to 0; crash");
  CHECK(std::count_if(lines.begin(), lines.end(), [](const auto& line) { return line.ends_with("crash"); }) == 1);
  CHECK(run.transactions[0].outcome == "commits");
}

TEST_CASE("the coordinator comes back when the script says so, and not before") {
  Setting setting = three_nodes();
  setting.script = {{.at = 2 * kMillisecond, .what = What::crash, .whom = kCoordinator},
                    {.at = 500 * kMillisecond, .what = What::recover, .whom = kCoordinator}};
  const Run run = run_of(TwoPhase{}, setting);
  const Lines lines = timed(run);
  CHECK(lines[5] == "2000 0 crash");
  CHECK(lines[6] == "4000 0 miss yes from 1");
  CHECK(std::count(lines.begin(), lines.end(), "500000 0 recover; force abort; decide abort; disarm; send abort to 1 2; arm 2") == 1);
  CHECK(run.transactions[0].outcome == "aborts");
  CHECK_FALSE(run.horizon);
}

TEST_CASE("a busy node turns to what has come meanwhile when it is done, in the order in which that came") {
  Setting setting = three_nodes();
  setting.transactions = 3;
  setting.delays.every = 2 * kMillisecond;
  setting.delays.message = Delay::constant(kMillisecond / 2);
  setting.delays.force = Delay::constant(10 * kMillisecond);
  const Lines lines = timed(run_of(TwoPhase{}, setting), 12 * kMillisecond);
  CHECK(of_alice(lines) == Lines{"0 1 start#1; arm 3", "500 1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3",
                                 "10500 1 start#2; arm 3", "10500 1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("an alarm that has rung at a busy node is forgotten when what came before it sets the timer again") {
  Setting setting = three_nodes();
  setting.transactions = 2;
  setting.delays.every = kMillisecond;
  setting.delays.message = Delay::constant(145 * kMillisecond);
  setting.delays.force = Delay::constant(20 * kMillisecond);
  const Lines lines = timed(run_of(TwoPhase{}, setting), 200 * kMillisecond);
  CHECK(of_alice(lines) == Lines{"0 1 start#1; arm 3", "1000 1 start#2; arm 3",
                                 "145000 1 deliver prepare#1 from 0; force prepared; send yes to 0; arm 3",
                                 "165000 1 deliver prepare#2 from 0; force prepared; send yes to 0; arm 3"});
}

TEST_CASE("a node that the script has brought back and crashed again comes back by itself after the second crash only") {
  Setting setting = three_nodes();
  setting.faults.recovery = Recovery::any_time;
  setting.script = {{.at = 10 * kMillisecond - 1, .what = What::crash, .whom = kAlice},
                    {.at = 20 * kMillisecond, .what = What::recover, .whom = kAlice},
                    {.at = 30 * kMillisecond, .what = What::crash, .whom = kAlice}};
  Lines recoveries;
  for (const auto& line : timed(run_of(TwoPhase{}, setting)))
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
  CHECK(beginnings(run_of(TwoPhase{}, setting)) == std::vector<Nanoseconds>{0, 10, 20});
  setting.delays.every = 4 * kMillisecond;
  CHECK(beginnings(run_of(TwoPhase{}, setting)) == std::vector<Nanoseconds>{0, 4, 8});
  setting.delays.every = 30 * kMillisecond;
  CHECK(beginnings(run_of(TwoPhase{}, setting)) == std::vector<Nanoseconds>{0, 30, 60});
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
  const Run run = run_of(TwoPhase{}, setting);
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
  const Run run = run_of(TwoPhase{}, setting);
  CHECK(run.transactions[1].outcome == "commits");
  setting.delays.recovery = Delay::constant(60 * kMillisecond);  // too late: she finds a transaction that she has no record of
  CHECK(run_of(TwoPhase{}, setting).transactions[1].outcome == "aborts");
}

TEST_CASE("a failure detector reports a stopped node after one tick, and a node acts by itself after a message's delay") {
  Setting setting = three_nodes();
  setting.script = {{.at = 20 * kMillisecond, .what = What::crash, .whom = kBob}};
  const Run run = run_of(Watchman{}, setting);
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

/// Its acts are never over.
struct Restless : Watchman {
  std::uint32_t acts(const State&, const Self& self) const { return self.coordinates() ? 0u : 2u; }
  void act(State& s, const Self&, Act, Out& out) const {
    s.acts = 1;
    out.send(kCoordinator, Message::hello);
  }
};
/// Decides at once, and sets its timer for ever, or answers whatever comes.
struct Decided : Watchman {
  bool answers = false;
  std::uint32_t acts(const State&, const Self&) const { return 0; }
  void start(State&, const Self& self, Out& out) const {
    out.decide(Decision::abort);
    if (self.coordinates()) answers ? out.send(kAlice, Message::hello) : out.arm(1);
  }
  void receive(State&, const Self&, NodeId from, Message, Out& out) const { out.send(from, Message::hello); }
  void timeout(State&, const Self&, Out& out) const { out.arm(1); }
};

TEST_CASE("what goes on for ever is noted: an act that stays enabled, a timer or an answer once all have decided") {
  const Setting setting = three_nodes();
  const Run restless = run_of(Restless{}, setting);
  REQUIRE(restless.endless.size() == 1);
  CHECK(restless.endless[0].event == Event::act);
  CHECK(restless.endless[0].what == "listen");
  CHECK(restless.endless[0].nodes == std::vector{1, 2});
  CHECK(restless.endless[0].times == restless.transactions[0].messages - 2);  // each act sends one; the coordinator sent two
  const Run armed = run_of(Decided{}, setting);
  REQUIRE(armed.endless.size() == 1);
  CHECK(armed.endless[0].event == Event::timeout);
  CHECK(armed.endless[0].nodes == std::vector{0});
  CHECK(armed.endless[0].times == 20);  // a second, a tick of 50 ms
  Decided answering;
  answering.answers = true;
  const Run polite = run_of(answering, setting);
  REQUIRE(polite.endless.size() == 1);
  CHECK(polite.endless[0].event == Event::deliver);
  CHECK(run_of(Watchman{}, setting).endless.empty());
}

TEST_CASE("a 2PC participant that is blocked asks for ever, and nothing is noted: that is what blocking is") {
  Setting setting = three_nodes();
  setting.script = {{.node = kCoordinator, .words = "force commit", .what = What::crash, .whom = kCoordinator}};
  const Run run = run_of(TwoPhase{}, setting);
  CHECK(run.horizon);
  CHECK(run.endless.empty());
}

TEST_CASE("a run is cut off after the greatest number of steps") {
  Setting setting = three_nodes();
  setting.most_steps = 5;
  const RunEnd end = simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(0), Unwatched{});
  CHECK(end.why == Ending::steps);
  CHECK(end.steps == 5);
  CHECK(end.outcomes[static_cast<std::size_t>(Outcome::blocked)] == 1);
}

TEST_CASE("a run is cut off when more messages are in flight than a World can number") {
  Setting setting{.nodes = 64, .transactions = 1000};
  setting.delays.message = Delay::constant(10'000 * kMillisecond);
  setting.delays.every = 1;
  CHECK(simulate(TwoPhase{}, setting, everybody_votes_yes, Rng(0), Unwatched{}).why == Ending::full);
}

}  // namespace commitlab
