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
