// The range over all orders: equal to closed forms and to all schedulers of small processes, and around what one scheduler, virtual
// time, makes of the same odds.
#include "checker/all_orders.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "checker/chain.hpp"
#include "checker/dumb_chain_for_tests.hpp"
#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "checker/sample.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using State = DecisionProcess::State;
using Kind = DecisionProcess::Kind;

constexpr Kind kWorst = 1 + static_cast<Kind>(Outcome::breaks);

Setting setting(std::size_t participants, Timing timing) {
  Setting setting{.nodes = participants + 1};
  setting.faults.timing = timing;
  setting.delays.message = Delay::constant(3'000'000);
  return setting;
}

std::vector<Voter> voters(std::size_t participants, const Probability& success) { return std::vector<Voter>(participants, Voter{.success = success}); }

Rational power(const Rational& base, std::size_t exponent) {
  Rational power = 1;
  for (; exponent > 0; --exponent) power *= base;
  return power;
}

void check_extremes(const OddsRange::Extremes& extremes, const Rational& least, const Rational& greatest) {
  CHECK(contains(extremes.least, least));
  CHECK(contains(extremes.greatest, greatest));
}

/// The chances of the kinds 1 to 4 at the end, if each state takes the choice `taken[s]`: who goes round for ever ends as at its worst state.
std::array<Rational, kOutcomes> ends_of(const DecisionProcess& process, const std::vector<std::uint32_t>& taken) {
  DecisionWriter writer;
  for (State s = 0; s < process.states(); ++s) {
    writer.state(process.kind[s]);
    if (process.first_choice[s] == process.first_choice[s + 1]) continue;
    writer.choice();
    const auto c = process.first_choice[s] + taken[s];
    for (auto b = process.first_branch[c]; b < process.first_branch[c + 1]; ++b) writer.branch(process.branches[b].to, process.numbers[process.branches[b].chance]);
  }
  const DecisionProcess chain = writer.take();
  const ExactEnds ends = exact_ends(chain, [&](std::span<const State> states) {
    Kind worst = 0;
    for (const State s : states) worst = std::max(worst, chain.kind[s]);
    return std::optional(worst);
  });
  std::array<Rational, kOutcomes> chances;
  for (std::size_t i = 0; i < kOutcomes && i + 1 < ends.kinds.size(); ++i) chances[i] = ends.kinds[i + 1];
  return chances;
}

/// The process with an end for each state that, if nothing goes wrong, leads to itself again among states no worse than some kind on its way.
DecisionProcess with_rests(const DecisionProcess& process) {
  const State n = process.states();
  DecisionWriter writer;
  std::vector<std::vector<Kind>> rests(n);
  for (Kind kind = 1; kind <= kWorst; ++kind) {
    std::vector<std::vector<bool>> leads(n, std::vector<bool>(n));
    for (State s = 0; s < n; ++s)
      for (auto c = process.first_choice[s]; c < process.first_choice[s + 1]; ++c) {
        const State to = process.branches[process.first_branch[c]].to;
        if (process.kind[s] <= kind && process.kind[to] <= kind) leads[s][to] = true;
      }
    for (State k = 0; k < n; ++k)
      for (State i = 0; i < n; ++i)
        for (State j = 0; j < n; ++j)
          if (leads[i][k] && leads[k][j]) leads[i][j] = true;
    for (State s = 0; s < n; ++s)
      for (State worst = 0; worst < n; ++worst)
        if (process.kind[worst] == kind && leads[s][worst] && leads[worst][s]) {
          rests[s].push_back(kind);
          break;
        }
  }
  for (State s = 0; s < n; ++s) {
    writer.state(process.kind[s]);
    for (auto c = process.first_choice[s]; c < process.first_choice[s + 1]; ++c) {
      writer.choice();
      for (auto b = process.first_branch[c]; b < process.first_branch[c + 1]; ++b) writer.branch(process.branches[b].to, process.numbers[process.branches[b].chance]);
    }
    for (const Kind kind : rests[s]) writer.choice(), writer.branch(n + kind - 1u, Rational(1));
  }
  for (Kind kind = 1; kind <= kWorst; ++kind) writer.state(kind);
  return writer.take();
}

/// A random process whose kinds are outcomes, and whose ends have no choice.
DecisionProcess random_orders(std::mt19937_64& chance) {
  const DecisionProcess drawn = dumb::random_process(chance, {.states = 7, .choices = 3, .policies = 12});
  DecisionWriter writer;
  for (State s = 0; s < drawn.states(); ++s) {
    writer.state(static_cast<Kind>(1 + drawn.kind[s]));
    if (drawn.absorbing(s)) continue;
    for (auto c = drawn.first_choice[s]; c < drawn.first_choice[s + 1]; ++c) {
      writer.choice();
      for (auto b = drawn.first_branch[c]; b < drawn.first_branch[c + 1]; ++b) writer.branch(drawn.branches[b].to, drawn.numbers[drawn.branches[b].chance]);
    }
  }
  return writer.take();
}

std::array<OddsRange::Extremes, kOutcomes> all_of(const OddsRange& range) { return {range.commits, range.aborts, range.blocked, range.breaks}; }

}  // namespace

TEST_CASE("the range of random processes is that over all schedulers that decide by the state alone, or give up where they go round") {
  std::mt19937_64 chance(20240607);
  int differ = 0, more = 0;
  for (int i = 0; i < 400; ++i) {
    INFO(i);
    const DecisionProcess drawn = random_orders(chance), process = with_rests(drawn);
    std::vector<std::uint32_t> taken(process.states(), 0);
    std::array<Rational, kOutcomes> least = ends_of(process, taken), greatest = least;
    for (;;) {
      State s = 0;
      for (; s < process.states(); taken[s++] = 0)
        if (++taken[s] < process.first_choice[s + 1] - process.first_choice[s]) break;
      if (s == process.states()) break;
      const auto chances = ends_of(process, taken);
      for (std::size_t k = 0; k < kOutcomes; ++k) least[k] = std::min(least[k], chances[k]), greatest[k] = std::max(greatest[k], chances[k]);
    }
    const OddsRange range = solve({.process = drawn});
    REQUIRE(range.conclusive);
    for (std::size_t k = 0; k < kOutcomes; ++k) {
      INFO("outcome " << k);
      check_extremes(all_of(range)[k], least[k], greatest[k]);
      differ += least[k] != greatest[k];
    }
    more += process.choices() > drawn.choices();
  }
  CHECK(differ > 200);  // or else the generator has become tame
  CHECK(more > 100);
}

TEST_CASE("where nothing goes wrong and timers keep step, every order commits with the product of the chances, under every protocol") {
  for_each_implementation([](const auto& p) {
    for (std::size_t n = 1; n <= 2; ++n) {
      INFO(p.name << ", " << n << " participants");
      const OddsRange range = odds_range(p, setting(n, Timing::synchronous), voters(n, {9, 10}));
      const Rational product = power(Rational(9, 10), n);
      CHECK(range.conclusive);
      check_extremes(range.commits, product, product);
      check_extremes(range.aborts, 1 - product, 1 - product);
      CHECK(range.blocked.outer().high == 0);
      CHECK(range.breaks.outer().high == 0);
    }
  });
}

TEST_CASE("2pc with losses: in step every order commits if all requests and votes arrive, and timers out of step can abort or block everything") {
  const Rational loss(1, 10), success(9, 10);
  for (std::size_t n = 1; n <= 2; ++n) {
    Setting lossy = setting(n, Timing::synchronous);
    lossy.chances.loss = {1, 10};
    const Rational commits = power(success, n) * power(1 - loss, 2 * n);
    INFO(n << " participants");
    const OddsRange in_step = odds_range(TwoPhase{}, lossy, voters(n, {9, 10}));
    check_extremes(in_step.commits, commits, commits);
    check_extremes(in_step.aborts, 1 - commits, 1 - commits);
    CHECK(in_step.blocked.outer().high == 0);
    CHECK(in_step.timing == Timing::synchronous);

    lossy.faults.timing = Timing::asynchronous;
    const OddsRange any = odds_range(TwoPhase{}, lossy, voters(n, {9, 10}), {.equal = 1});
    CHECK(any.conclusive);
    check_extremes(any.commits, 0, commits);
    CHECK(any.aborts.greatest.high == 1);
    CHECK(any.breaks.outer().high == 0);
    if (n > 1) continue;
    // Who is asked and can say yes may be told nothing for ever; whoever is not asked can only refuse.
    check_extremes(any.aborts, 1 - success * (1 - loss), 1);
    check_extremes(any.blocked, 0, success * (1 - loss));
  }
}

TEST_CASE("one participant, whose crash and whose coordinator's are certain: each cut is as likely as in a run") {
  Setting fragile = setting(1, Timing::synchronous);
  fragile.chances.crash = {1, 1}, fragile.faults.crash_only = NodeSet(kCoordinator);
  // The coordinator's first handler sends one request and sets its timer: cut before both, between them, or behind. Whoever is asked votes
  // yes and waits for ever; who is not asked aborts.
  const OddsRange range = odds_range(TwoPhase{}, fragile, voters(1, {1, 1}));
  check_extremes(range.blocked, Rational(2, 3), Rational(2, 3));
  check_extremes(range.aborts, Rational(1, 3), Rational(1, 3));
}

TEST_CASE("virtual time is one of the orders: its exact chances lie inside the range, under every protocol") {
  struct Case {
    std::string_view name;
    Chances chances;
    Recovery recovery = Recovery::never;
  };
  const Case cases[] = {{"loss", {.loss = {1, 10}}},
                        {"crash", {.crash = {1, 20}}},
                        {"both", {.loss = {1, 50}, .crash = {1, 20}}},
                        {"duplicates", {.loss = {1, 50}, .duplicate = {1, 30}}},
                        {"recovery", {.crash = {1, 20}, .disk_loss = {1, 4}}, Recovery::any_time}};
  int around = 0;
  for_each_implementation([&](const auto& p) {
    for (const Case& its : cases)
      for (const Timing timing : {Timing::synchronous, Timing::asynchronous}) {
        Setting faulty = setting(1, timing);
        faulty.chances = its.chances, faulty.faults.recovery = its.recovery;
        faulty.delays.horizon = 4'000'000'000;
        const OddsRange range = odds_range(p, faulty, voters(1, {4, 5}), {.states = 20'000});
        const ExactOdds exact = exact_odds(p, faulty, voters(1, {4, 5}), {.moments = 5'000, .small = 1'000});
        const Interval chances[] = {exact.commits, exact.aborts, exact.blocked, exact.breaks};
        for (std::size_t k = 0; k < kOutcomes; ++k) {
          INFO(p.name << ", " << its.name << ", " << (timing == Timing::synchronous ? "synchronous" : "asynchronous") << ", outcome " << k);
          const Interval outer = all_of(range)[k].outer();
          INFO(chances[k].low << " to " << chances[k].high << " in " << outer.low << " to " << outer.high);
          CHECK(chances[k].high >= outer.low - 1e-9);
          CHECK(chances[k].low <= outer.high + 1e-9);
          around += outer.high - outer.low < 0.5;
        }
      }
  });
  CHECK(around > 60);  // not all of them are as wide as that
}

TEST_CASE("runs with delays of any length are among the orders in which timers fire at any time") {
  Setting wild = setting(2, Timing::asynchronous);
  wild.chances.loss = {1, 5};
  wild.delays.message = Delay::exponential(40'000'000);
  constexpr std::uint64_t kRuns = 5'000;
  const OddsRange range = odds_range(TwoPhase{}, wild, voters(2, {9, 10}), {.equal = 1});
  const Estimate counted = sample(TwoPhase{}, wild, {"p1", "p2"}, voters(2, {9, 10}), 1, kRuns);
  const auto inside = [&](std::uint64_t count, const OddsRange::Extremes& extremes) {
    const Interval interval = clopper_pearson({count, kRuns}, 0.9999);
    CHECK(interval.low <= extremes.greatest.high);
    CHECK(interval.high >= extremes.least.low);
  };
  inside(counted.outcomes.commits, range.commits), inside(counted.outcomes.aborts, range.aborts);
  inside(counted.outcomes.blocked, range.blocked), inside(counted.outcomes.breaks, range.breaks);
  CHECK(counted.outcomes.commits > 0);
  CHECK(counted.outcomes.aborts > kRuns * 65 / 100);  // far from what runs in step make of it
}

TEST_CASE("what a limit leaves out widens the range, and it is said to be inconclusive") {
  Setting faulty = setting(2, Timing::synchronous);
  faulty.chances.loss = {1, 10}, faulty.chances.crash = {1, 20};
  const OddsRange whole = odds_range(TwoPhase{}, faulty, voters(2, {9, 10}), {.unlikely = 0});
  CHECK(whole.whole);
  CHECK(whole.conclusive);
  for (const std::uint32_t states : {1U, 50U, 500U, 1000U}) {
    const OddsRange part = odds_range(TwoPhase{}, faulty, voters(2, {9, 10}), {.states = states, .small = 0});
    INFO(states);
    CHECK_FALSE(part.whole);
    CHECK_FALSE(part.conclusive);
    for (std::size_t k = 0; k < kOutcomes; ++k) {
      CHECK(all_of(part)[k].least.low <= all_of(whole)[k].least.low);
      CHECK(all_of(part)[k].least.high >= all_of(whole)[k].least.high);
      CHECK(all_of(part)[k].greatest.low <= all_of(whole)[k].greatest.low);
      CHECK(all_of(part)[k].greatest.high >= all_of(whole)[k].greatest.high);
    }
  }
}

TEST_CASE("participants that are alike stand for each other, whatever is asked") {
  for (const Timing timing : {Timing::synchronous, Timing::asynchronous}) {
    Setting faulty = setting(2, timing);
    faulty.chances.loss = {1, 10}, faulty.chances.crash = {timing == Timing::synchronous, 20};
    const std::vector<Voter> votes{Voter{.success = {9, 10}}, Voter{.success = {1, 2}}};
    const OddsRange named = odds_range(TwoPhase{}, faulty, votes, {.unlikely = 0, .equal = 1, .names = true}), range = odds_range(TwoPhase{}, faulty, votes, {.unlikely = 0, .equal = 1});
    CHECK(named.whole);
    CHECK(5 * range.states < 3 * named.states);
    for (std::size_t k = 0; k < kOutcomes; ++k) {
      CHECK(std::abs(all_of(range)[k].least.low - all_of(named)[k].least.low) < 1e-9);
      CHECK(std::abs(all_of(range)[k].greatest.low - all_of(named)[k].greatest.low) < 1e-9);
    }
  }
}

TEST_CASE("the process is one, and its ends are the ends of transactions") {
  Setting faulty = setting(1, Timing::asynchronous);
  faulty.chances.loss = {1, 10}, faulty.chances.crash = {1, 20}, faulty.faults.recovery = Recovery::any_time;
  const AllOrders orders = AllOrdersOf<TwoPhase>(TwoPhase{}, faulty, voters(1, {9, 10})).take();
  CHECK(orders.whole);
  CHECK(flaw_of(orders.process) == std::nullopt);
  CHECK(flaw_of(with_stays(orders.process)) == std::nullopt);
  CHECK_FALSE(orders.process.is_chain());
}

TEST_CASE("no range where an order of events cannot say what happens") {
  Setting scripted = setting(1, Timing::asynchronous);
  scripted.script = {{.at = 1, .what = ScriptedFault::Do::crash, .whom = kCoordinator}};
  CHECK(odds_range(TwoPhase{}, scripted, voters(1, {1, 2})).refused.find("script") != std::string::npos);
  Setting reordered = setting(1, Timing::asynchronous);
  reordered.faults.channels = Channels::fifo;
  CHECK(odds_range(TwoPhase{}, reordered, voters(1, {1, 2}), {.states = 100, .small = 0}).refused.empty());
  reordered.chances.reorder = {1, 2};
  CHECK_FALSE(odds_range(TwoPhase{}, reordered, voters(1, {1, 2})).refused.empty());
}

}  // namespace commitlab
