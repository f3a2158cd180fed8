// The exact chances: equal to closed forms where there are some, inside the counted intervals everywhere.
#include "checker/exact.hpp"

#include "checker/odds_instances_for_tests.hpp"
#include "checker/rational.hpp"
#include "checker/sample.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

Setting setting(std::size_t participants) { return {.nodes = participants + 1}; }

std::vector<Voter> voters(std::size_t participants, const Probability& success) { return std::vector<Voter>(participants, Voter{.success = success}); }

Rational value(const Probability& chance) { return {chance.numerator, chance.denominator}; }

Rational fraction(const ExactOdds& odds, std::size_t outcome) {
  const std::string& text = odds.fractions[outcome];
  REQUIRE_FALSE(text.empty());
  using Whole = Rational::Whole;
  if (const auto stroke = text.find('/'); stroke != text.npos) return {Whole(text.substr(0, stroke)), Whole(text.substr(stroke + 1))};
  const auto point = text.find('.');
  if (point == text.npos) return {Whole(text), 1};
  const std::string behind = text.substr(point + 1);
  const std::string digits = text.substr(0, point) + behind;
  return {Whole(digits.substr(std::min(digits.find_first_not_of('0'), digits.size() - 1))), Whole("1" + std::string(behind.size(), '0'))};
}

Rational power(const Rational& base, std::size_t exponent) { return product(std::vector<Rational>(exponent, base)); }

/// One participant, every handler run crashes with 1/20, every message is lost with 1/50.
Setting faulty_alone() {
  Setting faulty = setting(1);
  faulty.delays.horizon = 250'000'000;
  faulty.chances.crash = {1, 20}, faulty.chances.loss = {1, 50};
  return faulty;
}

constexpr std::size_t kCommits = 0, kAborts = 1, kBlocked = 2, kBreaks = 3;

}  // namespace

TEST_CASE("without faults a transaction commits with the product of the chances, exactly, under every protocol") {
  for_each_implementation([](const auto& p) {
    for (const Probability success : {Probability{1, 3}, Probability{99, 100}})
      for (std::size_t n = 1; n <= 3; ++n) {
        INFO(p.name << ", " << n << " participants");
        const ExactOdds odds = exact_odds(p, setting(n), voters(n, success));
        CHECK(fraction(odds, kCommits) == power(value(success), n));
        CHECK(fraction(odds, kAborts) == 1 - power(value(success), n));
        CHECK(odds.breaks.high == 0);
        CHECK(odds.blocked.high == 0);
      }
  });
}

TEST_CASE("where only votes are left to chance, a run for each number of yes votes tells what the chain tells, under every protocol") {
  int by_counts = 0;
  for_each_implementation([&](const auto& p) {
    for (const Nanoseconds timeout : {Nanoseconds{50'000'000}, Nanoseconds{2'000'000}})  // which is too short for a round trip
      for (std::size_t n = 1; n <= 3; ++n) {
        Setting calm = setting(n);
        calm.delays.timeout = timeout, calm.delays.horizon = 150'000'000, calm.delays.force = Delay::constant(1'500'000);
        std::vector<Voter> list = {{.success = {1, 3}}, {.success = {99, 100}}, {.success = {4, 5}, .holds = {10}, .does = {-5}}};
        list.resize(n);
        const Voters votes(list, n < 3 ? std::vector<SharedHost>{} : std::vector<SharedHost>{{.participants = NodeSet(node_id(1)) | NodeSet(node_id(3)), .fails = {1, 7}}});
        const auto odds = odds_by_counts(p, calm, votes);
        if (!odds) continue;
        ++by_counts;
        INFO(p.name << ", " << n << " participants, timeout " << timeout);
        const ExactOdds chain = solve(unfold(p, calm, votes));
        CHECK(odds->fractions == chain.fractions);
        CHECK(odds->counts == n + 1);
        CHECK(odds->messages == Approx(chain.messages).epsilon(1e-12));
        CHECK(odds->forced_writes == Approx(chain.forced_writes).epsilon(1e-12));
        REQUIRE(odds->latency_ns.has_value() == chain.latency_ns.has_value());
        if (odds->latency_ns) CHECK(*odds->latency_ns == Approx(*chain.latency_ns).epsilon(1e-12));
      }
  });
  CHECK(by_counts == 5 * 6);  // every protocol but 3pc, whose rules order ids
}

TEST_CASE("without faults 63 participants commit with the product of their chances, at once") {
  const ExactOdds odds = exact_odds(TwoPhase{}, setting(63), voters(63, {99, 100}));
  CHECK(fraction(odds, kCommits) == power(Rational(99, 100), 63));
  CHECK(fraction(odds, kAborts) == 1 - power(Rational(99, 100), 63));
  CHECK(odds.counts == 64);
}

TEST_CASE("a chain of which too much would be unknown at its limit is given up long before, and one that will do is not") {
  Setting faulty = setting(6);
  faulty.chances.loss = {1, 10}, faulty.chances.crash = {1, 100};
  const ExactOdds hopeless = exact_odds(TwoPhase{}, faulty, voters(6, {1, 1}), {.moments = 20'000, .wanted = 1e-9});
  CHECK_FALSE(hopeless.conclusive);
  CHECK(hopeless.stopped == "at the rate at which the unknown rest shrinks, too much of it would be left");
  CHECK(hopeless.moments < 20'000);
  CHECK(hopeless.commits.low <= 0.2380587705);  // as a larger chain has it
  CHECK(hopeless.commits.high >= 0.2380587705);
  faulty.chances.loss = {1, 1000}, faulty.chances.crash = {0, 1};
  const ExactOdds usual = exact_odds(TwoPhase{}, faulty, voters(6, {1, 1}), {.moments = 20'000}), hopeful = exact_odds(TwoPhase{}, faulty, voters(6, {1, 1}), {.moments = 20'000, .wanted = 1e-9});
  CHECK(hopeful.conclusive);
  CHECK(hopeful.commits.low == usual.commits.low);
  CHECK(hopeful.moments == usual.moments);
}

TEST_CASE("past a bound of time or memory nothing false is told of the chances") {
  Setting faulty = setting(4);
  faulty.chances.crash = {1, 100}, faulty.chances.loss = {1, 100};
  for (const double seconds : {0.0, 0.02}) {
    Bounds bounds(Limits{.seconds = seconds});
    const ExactOdds odds = exact_odds(TwoPhase{}, faulty, voters(4, {4, 5}), {.bounds = &bounds});
    CHECK_FALSE(odds.conclusive);
    CHECK(odds.stopped == "the time limit was reached");
    const Rational commits = power(Rational(4, 5), 4);
    CHECK(odds.commits.low <= to_double(commits));
    CHECK(odds.commits.high >= 0.5 * to_double(commits));
  }
}

TEST_CASE("an event that can come out in too many ways ends the chain, and nothing false is told") {
  Setting faulty = setting(63);
  faulty.chances.crash = {1, 1000};  // a broadcast to 63 may be torn in 2^63 ways
  const ExactOdds odds = exact_odds(TwoPhase{}, faulty, voters(63, {1, 1}));
  CHECK_FALSE(odds.conclusive);
  CHECK(odds.stopped == "one event can come out in more ways than can be gone through");
  CHECK(odds.commits.low == 0);
  CHECK(odds.commits.high == 1);
}

TEST_CASE("where messages are lost, 2pc commits if every request and every vote arrives") {
  for (const Probability loss : {Probability{1, 10}, Probability{1, 1000}, Probability{1, 7}})
    for (const Probability success : {Probability{1, 1}, Probability{9, 10}})
      for (std::size_t n = 1; n <= 2; ++n) {
        Setting lossy = setting(n);
        lossy.chances.loss = loss;
        const ExactOdds odds = exact_odds(TwoPhase{}, lossy, voters(n, success), {.moments = 5'000});
        INFO(n << " participants, loss " << loss.numerator << "/" << loss.denominator << ", " << odds.moments << " moments");
        const Rational commits = power(value(success), n) * power(1 - value(loss), 2 * n);
        CHECK(contains(odds.commits, commits));
        CHECK(contains(odds.aborts, 1 - commits));
        CHECK(odds.conclusive);
      }
}

TEST_CASE("the chances of all outcomes are each what is counted, and where the chain is small they sum to exactly one, under every protocol") {
  int small = 0, all = 0;
  for_each_implementation([&](const auto& p) {
    ++all;
    INFO(p.name);
    Setting faulty = setting(2);
    faulty.delays.message = Delay::constant(3'000'000);
    faulty.delays.horizon = 400'000'000;
    faulty.chances.crash = {1, 20};
    const auto votes = voters(2, {4, 5});
    const ExactOdds odds = exact_odds(p, faulty, votes, {.moments = 60'000, .small = 2'000});
    const ExactOdds alone = exact_odds(p, faulty_alone(), voters(1, {4, 5}));
    if (!alone.fractions[kCommits].empty()) {
      ++small;
      CHECK(fraction(alone, kCommits) + fraction(alone, kAborts) + fraction(alone, kBlocked) + fraction(alone, kBreaks) == 1);
      CHECK(alone.blocked.low + alone.aborts.low > 0);
    }
    constexpr std::uint64_t kRuns = 20'000;
    const Estimate counted = sample(p, faulty, {"p1", "p2"}, votes, 1, kRuns);
    const auto agrees = [&](std::uint64_t count, const Interval& exact) {
      const Interval interval = clopper_pearson({count, kRuns}, 0.9999);
      CHECK(interval.low <= exact.high);
      CHECK(exact.low <= interval.high);
      CHECK(exact.high - exact.low < 1e-3);
    };
    agrees(counted.outcomes.commits, odds.commits);
    agrees(counted.outcomes.aborts, odds.aborts);
    agrees(counted.outcomes.blocked, odds.blocked);
    agrees(counted.outcomes.breaks, odds.breaks);
    CHECK(std::abs(odds.messages - counted.messages) < 0.05 * counted.messages);
  });
  CHECK(2 * small > all);
}

TEST_CASE("equal participants may be taken together, and no chance changes, under every protocol that knows nobody by number") {
  int together = 0;
  for_each_implementation([&](const auto& p) {
    using P = std::remove_cvref_t<decltype(p)>;
    const auto compare = [&](const Setting& faulty, const UnfoldLimits& limits, double widest) {
      if (!alike(p, faulty)) return;
      ++together;
      const auto votes = voters(faulty.nodes - 1, {4, 5});
      MomentsOf<P> all(p, faulty, votes, false), fewer(p, faulty, votes, true);
      const ExactOdds apart = solve(unfold(all, faulty.delays.horizon, limits)), one = solve(unfold(fewer, faulty.delays.horizon, limits));
      INFO(p.name << ", " << faulty.nodes - 1 << " participants: " << all.size() << " moments, or " << fewer.size());
      CHECK(one.moments < apart.moments);
      if (!apart.fractions[kCommits].empty()) CHECK(one.fractions == apart.fractions);
      for (const auto which : {&ExactOdds::commits, &ExactOdds::aborts, &ExactOdds::blocked, &ExactOdds::breaks}) {
        CHECK((one.*which).low <= (apart.*which).high);
        CHECK((apart.*which).low <= (one.*which).high);
        CHECK((one.*which).high - (one.*which).low <= widest);
      }
      CHECK(std::abs(one.messages - apart.messages) < 1e-3);
      CHECK(std::abs(one.latency_ns.value() - apart.latency_ns.value()) < 1e-3 * apart.latency_ns.value());
    };
    Setting faulty = setting(2);
    faulty.delays.horizon = 250'000'000;
    faulty.chances.crash = {1, 20}, faulty.chances.loss = {1, 50};
    compare(faulty, {.moments = 20'000}, 1e-15);
    faulty.delays.horizon = 120'000'000, faulty.chances.loss = {0, 1};
    faulty.faults.recovery = Recovery::any_time;
    compare(faulty, {.moments = 20'000}, 1e-8);
    faulty = setting(3);
    faulty.delays.horizon = 250'000'000;
    faulty.chances.crash = {1, 100}, faulty.chances.loss = {1, 100};
    compare(faulty, {.moments = 60'000}, 1e-6);
  });
  CHECK(together == 15);
}

TEST_CASE("2pc with five participants that crash and lose messages is settled, and counted alike") {
  Setting faulty = setting(5);
  faulty.delays.message = Delay::constant(3'000'000), faulty.delays.force = Delay::constant(2'000'000);
  faulty.chances.crash = {1, 2000}, faulty.chances.loss = {1, 1000};
  const auto votes = voters(5, {99, 100});
  const ExactOdds odds = exact_odds(TwoPhase{}, faulty, votes);
  CHECK(odds.conclusive);
  CHECK(odds.alike);
  constexpr std::uint64_t kRuns = 200'000;
  const Estimate counted = sample(TwoPhase{}, faulty, {"p1", "p2", "p3", "p4", "p5"}, votes, 1, kRuns);
  CHECK(contains(clopper_pearson({counted.outcomes.commits, kRuns}, 0.9999), exact_rational(odds.commits.low)));
  CHECK(contains(clopper_pearson({counted.outcomes.blocked, kRuns}, 0.9999), exact_rational(odds.blocked.low)));
  CHECK(std::abs(odds.latency_ns.value() - counted.latency_ns) < 2e-3 * counted.latency_ns);
  CHECK(std::abs(odds.forced_writes - counted.forced_writes) < 1e-3 * counted.forced_writes);
  CHECK(std::abs(odds.messages - counted.messages) < 1e-2 * counted.messages);  // who is blocked asks and asks
}

TEST_CASE("the expected latency is that of the runs, under every protocol") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    Setting sure = setting(2);
    sure.delays.message = Delay::constant(3'000'000), sure.delays.force = Delay::constant(2'000'000);
    const Estimate once = sample(p, sure, {"p1", "p2"}, voters(2, {1, 1}), 1, 1);
    const ExactOdds odds = exact_odds(p, sure, voters(2, {1, 1}));
    CHECK(odds.latency_ns.value() == once.latency_ns);

    Setting faulty = sure;
    faulty.chances.crash = {1, 50};
    faulty.delays.horizon = 400'000'000;
    constexpr std::uint64_t kRuns = 40'000;
    const Estimate counted = sample(p, faulty, {"p1", "p2"}, voters(2, {4, 5}), 1, kRuns);
    const ExactOdds crashing = exact_odds(p, faulty, voters(2, {4, 5}));
    CHECK(crashing.latency_ns.value() > 0);
    CHECK(std::abs(crashing.latency_ns.value() - counted.latency_ns) < 0.05 * counted.latency_ns);
  });
}

}  // namespace commitlab
