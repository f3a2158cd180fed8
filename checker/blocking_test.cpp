// How long participants are in doubt, and how many are blocked: equal to sums of delays and closed forms where there are some.
#include "checker/blocking.hpp"

#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "checker/rational.hpp"
#include "checker/sample.hpp"
#include "checker/tcc_for_tests.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

constexpr Nanoseconds kMs = 1'000'000;

/// A message takes 2 ms, a forced write 5 ms, a tick 50 ms; a transaction is given up after 2000 ms.
Setting steady_setting(std::size_t participants) {
  return {.nodes = participants + 1,
          .delays = {.message = Delay::constant(2 * kMs), .force = Delay::constant(5 * kMs), .timeout = 50 * kMs, .horizon = 2000 * kMs}};
}

Setting coordinator_may_stop(std::size_t participants, const Probability& chance) {
  Setting setting = steady_setting(participants);
  setting.faults.crash_only = NodeSet(kCoordinator);
  setting.chances.crash = chance;
  return setting;
}

ScriptedFault crash_at_effect(NodeId who, std::string words) { return {.node = who, .words = std::move(words), .whom = who}; }

std::vector<Nanoseconds> in_ms(std::vector<Nanoseconds> times) {
  for (Nanoseconds& time : times) time *= kMs;
  return times;
}

/// All of it lasted so long.
void check_always(const Durations& durations, std::uint64_t count, Nanoseconds time) {
  CHECK(durations.count == count);
  CHECK(durations.cut == 0);
  for (const Lasted& lasted : {durations.median, durations.p90, durations.p99, durations.longest, durations.mean})
    CHECK(lasted == Lasted{time, false});
}

/// Does not say who is in doubt.
struct SilentTwoPhase {
  using State = TwoPhase::State;
  using Message = TwoPhase::Message;
  using Record = TwoPhase::Record;
  using Out = EffectsOf<TwoPhase>;

  TwoPhase its{};
  std::string_view name = its.name, summary = its.summary;

  void start(State& s, const Self& self, Out& out) const { its.start(s, self, out); }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const { its.receive(s, self, from, m, out); }
  void timeout(State& s, const Self& self, Out& out) const { its.timeout(s, self, out); }
  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const { its.recover(s, self, log, out); }
  std::span<const Claim> claims() const { return its.claims(); }
};
static_assert(Protocol<SilentTwoPhase> && !Doubts<SilentTwoPhase> && Doubts<TwoPhase>);

}  // namespace

TEST_CASE("who is in doubt after deciding is blocked, and holds its locks") {
  Setting setting = steady_setting(2);
  setting.delays.message = Delay::uniform(1 * kMs, 400 * kMs);  // a Cancel may overtake the Try
  const std::vector<Nanoseconds> end{2000 * kMs};
  const Doubt doubt = blocking(Tcc{}, setting, std::vector<Voter>(2), 1, 500, end);
  CHECK(doubt.blocked.sum > 50);
  CHECK(doubt.in_doubt.cut == doubt.blocked.sum);
  CHECK(doubt.locks.cut == doubt.blocked.sum);
  CHECK(doubt.curve.front().in_doubt.sum == doubt.blocked.sum);
  const Doubt none = blocking(Tcc{.remembers = true}, setting, std::vector<Voter>(2), 1, 500, end);
  CHECK(none.blocked.sum == 0);
  CHECK(none.locks.cut == 0);
}

TEST_CASE("2pc without faults is in doubt for two messages and two forced writes, and holds its locks for one more") {
  // The request comes at 2 ms. Yes is forced and sent, commit forced and sent: 5 + 2 + 5 + 2 ms. Then commit is forced.
  const Doubt doubt = blocking(TwoPhase{}, steady_setting(3), std::vector<Voter>(3), 1, 20, {2 * kMs - 1, 2 * kMs, 16 * kMs - 1, 16 * kMs});
  check_always(doubt.in_doubt, 60, 14 * kMs);
  check_always(doubt.locks, 60, 19 * kMs);
  std::vector<std::uint64_t> in_doubt;
  for (const auto& at : doubt.curve) in_doubt.push_back(at.in_doubt.sum);
  CHECK(in_doubt == std::vector<std::uint64_t>{0, 60, 60, 0});
  CHECK(doubt.blocked.sum == 0);
  CHECK(doubt.blocked.runs_with == 0);
}

TEST_CASE("3pc without faults is in doubt for one round longer") {
  // Yes, precommit, ack and commit: each is forced before it is sent, but for the ack that follows a forced precommit.
  const Doubt doubt = blocking(ThreePhase{}, steady_setting(2), std::vector<Voter>(2), 1, 20, {});
  check_always(doubt.in_doubt, 40, (4 * 2 + 4 * 5) * kMs);
  check_always(doubt.locks, 40, (4 * 2 + 5 * 5) * kMs);
}

TEST_CASE("runs that a limit of time stops leave no trace, and the others count as ever") {
  Setting faulty{.nodes = 3};
  faulty.chances.loss = {1, 10};
  const Voters votes(std::vector<Voter>(2, Voter{.success = {9, 10}}));
  const std::vector<Nanoseconds> times{1'000'000, 1'000'000'000};
  const Doubt cut = blocking(TwoPhase{}, faulty, votes, 0, 5'000'000, times, {.seconds = 0.05});
  CHECK(cut.stopped == "the time limit was reached");
  REQUIRE(cut.runs > 0);
  const Doubt whole = blocking(TwoPhase{}, faulty, votes, 0, cut.runs, times);
  CHECK(whole.stopped.empty());
  CHECK(cut.in_doubt.count == whole.in_doubt.count);
  CHECK(cut.blocked.sum == whole.blocked.sum);
  for (std::size_t i = 0; i < times.size(); ++i) {
    CHECK(cut.curve[i].in_doubt.runs == cut.runs);
    CHECK(cut.curve[i].in_doubt.sum == whole.curve[i].in_doubt.sum);
  }
}

TEST_CASE("where nothing fails, nobody is blocked and all doubt is over, under every protocol") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    const std::vector<Voter> voters{{.success = {1, 2}}, {.success = {3, 4}}};
    const Doubt doubt = blocking(p, {.nodes = 3}, voters, 5, 200, in_ms({0, 10'000}));
    CHECK(doubt.in_doubt.count > 0);
    CHECK(doubt.in_doubt.cut == 0);
    CHECK(doubt.locks.cut == 0);
    CHECK(doubt.locks.count == doubt.in_doubt.count);
    CHECK(doubt.locks.mean.time >= doubt.in_doubt.mean.time);
    CHECK(doubt.curve[0].in_doubt.sum == 0);
    CHECK(doubt.curve[1].in_doubt.sum == 0);
    CHECK(doubt.blocked.sum == 0);
  });
}

TEST_CASE("a coordinator that stops before it decides leaves all in doubt, to the horizon and no further is known") {
  Setting setting = steady_setting(2);
  setting.script = {crash_at_effect(kCoordinator, "force commit")};
  const Doubt doubt = blocking(TwoPhase{}, setting, std::vector<Voter>(2), 1, 3, in_ms({1, 2, 2000}));
  CHECK(doubt.in_doubt.count == 6);
  CHECK(doubt.in_doubt.cut == 6);
  CHECK(doubt.in_doubt.median == Lasted{1998 * kMs, true});
  CHECK(doubt.in_doubt.mean == Lasted{1998 * kMs, true});
  CHECK(doubt.locks.longest == Lasted{1998 * kMs, true});
  CHECK(doubt.blocked.sum == 6);
  CHECK(doubt.blocked.runs_with == 3);
  CHECK(doubt.curve[0].in_doubt.sum == 0);
  CHECK(doubt.curve[1].in_doubt.sum == 6);
  CHECK(doubt.curve[2].in_doubt.sum == 6);
  CHECK(doubt.unheard.empty());
}

TEST_CASE("a participant that stops holds its locks while it is down, and is in doubt when it is back") {
  Setting setting = steady_setting(2);
  setting.faults.recovery = Recovery::any_time;
  setting.delays.recovery = Delay::constant(300 * kMs);
  setting.script = {crash_at_effect(node_id(1), "force prepared")};
  const Doubt doubt = blocking(TwoPhase{}, setting, std::vector<Voter>(2), 1, 1, in_ms({2, 50, 107, 302, 305, 306}));
  // It stops at 2 ms and is back at 302 ms; it asks, and hears at 306 ms. The other, prepared at 2 ms too, hears at 107 ms that the
  // coordinator had given up at 100 ms. Both then force the abort.
  CHECK(doubt.in_doubt.count == 2);
  CHECK(doubt.in_doubt.median == Lasted{4 * kMs, false});
  CHECK(doubt.in_doubt.longest == Lasted{105 * kMs, false});
  CHECK(doubt.locks.median == Lasted{110 * kMs, false});
  CHECK(doubt.locks.longest == Lasted{309 * kMs, false});
  CHECK(doubt.locks.mean == Lasted{209'500'000, false});
  std::vector<std::uint64_t> in_doubt;
  for (const auto& at : doubt.curve) in_doubt.push_back(at.in_doubt.sum);
  CHECK(in_doubt == std::vector<std::uint64_t>{1, 1, 0, 1, 1, 0});
}

TEST_CASE("the chance of a blocked participant is the exact one, in closed form too") {
  // One participant; the coordinator may stop after it has sent its request, or before it has read the answer.
  Setting setting = coordinator_may_stop(1, {1, 10});
  setting.faults.crash_points = CrashPoints::handlers;
  const Rational half(1, 20), closed = half + Rational(9, 10) * half;
  const ExactOdds odds = exact_odds(TwoPhase{}, setting, std::vector<Voter>(1));
  CHECK(odds.fractions[2] == exact_text(closed));
  const Doubt doubt = blocking(TwoPhase{}, setting, std::vector<Voter>(1), 3, 20'000, in_ms({2000}));
  CHECK(contains(doubt.blocked.any, closed));
  CHECK(doubt.blocked.sum == doubt.blocked.runs_with);
  CHECK((doubt.blocked.low < to_double(closed) && to_double(closed) < doubt.blocked.high));
  CHECK(doubt.curve[0].in_doubt.sum == doubt.blocked.sum);
}

TEST_CASE("crashes within a handler, recovery off: the share of blocked runs is that of the exact odds and of the estimate") {
  const Setting setting = coordinator_may_stop(2, {1, 20});
  const std::vector<Voter> voters{{.success = {9, 10}}, {.success = {3, 4}}};
  const Doubt doubt = blocking(TwoPhase{}, setting, voters, 7, 10'000, {});
  const ExactOdds odds = exact_odds(TwoPhase{}, setting, voters);
  CHECK(doubt.blocked.any.contains(odds.blocked.low));
  CHECK(doubt.blocked.any.contains(odds.blocked.high));
  CHECK(doubt.blocked.runs_with == sample(TwoPhase{}, setting, {"a", "b"}, voters, 7, 10'000).outcomes.blocked);
}

TEST_CASE("a coordinator that stops blocks 2pc, also if all may be asked, and never 3pc") {
  const Setting setting = coordinator_may_stop(3, {1, 25});
  const std::vector<Voter> voters(3);
  const auto times = in_ms({2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000});
  const Doubt two = blocking(TwoPhase{}, setting, voters, 11, 5'000, times);
  const Doubt asking = blocking(TwoPhase{.ask = TwoPhase::Ask::everybody}, setting, voters, 11, 5'000, times);
  const Doubt three = blocking(ThreePhase{}, setting, voters, 11, 5'000, times);
  CHECK(two.blocked.runs_with > 0);
  CHECK(asking.blocked.runs_with > 0);
  CHECK(asking.blocked.sum < two.blocked.sum);  // whoever was told tells the others
  CHECK(asking.blocked.sum == 3 * asking.blocked.runs_with);
  CHECK(three.blocked.sum == 0);
  CHECK(three.in_doubt.cut == 0);
  CHECK(three.in_doubt.median.time > two.in_doubt.median.time);  // but it pays in every run
  for (const Doubt* doubt : {&two, &asking, &three}) {
    // All vote at 2 ms, and nobody that is up comes into doubt again.
    for (std::size_t i = 1; i < doubt->curve.size(); ++i) {
      CHECK(doubt->curve[i].in_doubt.sum <= doubt->curve[i - 1].in_doubt.sum);
      CHECK(doubt->curve[i].in_doubt.runs_with <= doubt->curve[i - 1].in_doubt.runs_with);
    }
    CHECK(doubt->curve.back().in_doubt.sum == doubt->blocked.sum);
    CHECK(doubt->blocked.sum == doubt->in_doubt.cut);
  }
}

TEST_CASE("a protocol that never blocks for want of care contradicts itself, which is counted as the estimate does") {
  Setting setting = steady_setting(3);
  setting.chances.crash = {1, 10};
  const std::vector<Voter> voters(3);
  const Doubt textbook = blocking(TextbookThreePhase{}, setting, voters, 3, 2'000, {});
  CHECK(textbook.blocked.sum == 0);
  CHECK(textbook.breaks > 0);
  CHECK(textbook.breaks == sample(TextbookThreePhase{}, setting, {"a", "b", "c"}, voters, 3, 2'000).outcomes.breaks);
  CHECK(blocking(ThreePhase{}, setting, voters, 3, 2'000, {}).breaks == 0);
}

TEST_CASE("the expected number in doubt is that of a binomial distribution where votes are tossed") {
  const std::vector<Voter> voters(3, Voter{.success = {1, 2}});
  // At 3 ms all have voted and nobody has been answered.
  const Doubt doubt = blocking(TwoPhase{}, steady_setting(3), voters, 2, 4'000, in_ms({3}));
  const HowMany& in_doubt = doubt.curve.front().in_doubt;
  CHECK(in_doubt.sum == doubt.in_doubt.count);
  CHECK((in_doubt.low < 1.5 && 1.5 < in_doubt.high));
  CHECK(in_doubt.high - in_doubt.low < 0.2);
  CHECK(in_doubt.any.contains(7.0 / 8));
}

TEST_CASE("a protocol that does not say who is in doubt is taken at its words") {
  const Setting setting = coordinator_may_stop(2, {1, 10});
  const auto times = in_ms({1, 2, 15, 16, 100, 2000});
  const Doubt told = blocking(TwoPhase{}, setting, std::vector<Voter>(2), 4, 500, times);
  const Doubt silent = blocking(SilentTwoPhase{}, setting, std::vector<Voter>(2), 4, 500, times);
  CHECK(silent.in_doubt.count == told.in_doubt.count);
  CHECK(silent.in_doubt.mean == told.in_doubt.mean);
  CHECK(silent.locks.mean == told.locks.mean);
  CHECK(silent.blocked.sum == told.blocked.sum);
  for (std::size_t i = 0; i < times.size(); ++i) CHECK(silent.curve[i].in_doubt.sum == told.curve[i].in_doubt.sum);
}

TEST_CASE("words that a script waits for in vain are told") {
  Setting setting = steady_setting(2);
  setting.script = {crash_at_effect(node_id(1), "force prepared"), crash_at_effect(kCoordinator, "send yes")};
  CHECK(blocking(TwoPhase{}, setting, std::vector<Voter>(2), 1, 5, {}).unheard == std::vector<std::string>{"send yes"});
  CHECK(blocking(ThreePhase{}, setting, std::vector<Voter>(2), 1, 5, {}).unheard == std::vector<std::string>{"force prepared", "send yes"});
}

TEST_CASE("the same seed gives the same numbers, another one others") {
  const auto mean = [](std::uint64_t seed) { return blocking(TwoPhase{}, {.nodes = 3}, std::vector<Voter>(2), seed, 50, {}).in_doubt.mean; };
  CHECK(mean(1) == mean(1));
  CHECK_FALSE(mean(1) == mean(2));
}

TEST_CASE("a quantile is the least time that so many do not exceed") {
  std::vector<Observed> hundred;
  for (Nanoseconds i = 100; i >= 1; --i) hundred.push_back({i, false});
  const Durations all = durations(hundred);
  CHECK((all.median.time == 50 && all.p90.time == 90 && all.p99.time == 99 && all.longest.time == 100));
  CHECK(all.mean == Lasted{51, false});  // 50.5, halves up
  CHECK(all.cut == 0);

  std::vector<Observed> three{{7, false}, {1, false}, {4, false}};
  const Durations few = durations(three);
  CHECK((few.median.time == 4 && few.p90.time == 7 && few.mean.time == 4));

  std::vector<Observed> none;
  CHECK(durations(none).count == 0);
}

TEST_CASE("what was cut off bounds a quantile from below, unless it is above it anyway") {
  std::vector<Observed> observed{{1, false}, {2, false}, {3, true}, {9, false}};
  const Durations all = durations(observed);
  CHECK(all.cut == 1);
  CHECK(all.median == Lasted{2, false});
  CHECK(all.p90 == Lasted{9, true});
  CHECK(all.longest == Lasted{9, true});
  CHECK(all.mean == Lasted{4, true});
}

TEST_CASE("an expected number and its interval, from how many runs had how many") {
  const std::vector<std::uint64_t> runs{50, 30, 20};
  const HowMany found = how_many(runs);
  CHECK((found.runs == 100 && found.sum == 70 && found.runs_with == 50));
  const Interval one = clopper_pearson({50, 100}, 0.975), two = clopper_pearson({20, 100}, 0.975);
  CHECK(found.low == two.low + one.low);
  CHECK(found.high == two.high + one.high);
  CHECK(found.any.low == clopper_pearson({50, 100}).low);
  CHECK(expected_text(found) == "[0.50, 0.93]");

  const std::vector<std::uint64_t> never{100, 0, 0}, always{0, 0, 100};
  CHECK(expected_text(how_many(never)).starts_with("[0, 0."));
  CHECK(expected_text(how_many(always)).ends_with(", 2]"));
}

}  // namespace commitlab
