// Rare events: the interval from splitting contains the exact chance, where plain runs see nothing.
#include "checker/splitting.hpp"

#include <cmath>

#include "checker/binomial_for_tests.hpp"
#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "checker/rational.hpp"
#include "checker/sample.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

Setting setting(std::size_t participants) {
  Setting setting{.nodes = participants + 1};
  setting.delays.message = Delay::constant(3'000'000);
  setting.delays.horizon = 400'000'000;
  return setting;
}

struct Case {
  const char* name;
  Setting setting{};
  std::vector<Voter> voters{};
  Rare event{};
};

Case votes(const char* name, std::uint64_t one_in, std::size_t participants) {
  return {name, setting(participants), std::vector<Voter>(participants, Voter{.success = {1, one_in}}), Rare::commits};
}

Case faults(const char* name, std::size_t participants, Probability crash, Probability loss, Rare event) {
  Case rare{name, setting(participants), std::vector<Voter>(participants), event};
  rare.setting.chances.crash = crash, rare.setting.chances.loss = loss;
  return rare;
}

/// The true chance, from the chain of all runs, solved on rational numbers.
Interval exact(const auto& p, const Case& rare) {
  const ExactOdds odds = exact_odds(p, rare.setting, rare.voters);
  REQUIRE_FALSE(odds.fractions[static_cast<std::size_t>(rare.event)].empty());
  const Interval* const of[] = {&odds.commits, &odds.aborts, &odds.blocked, &odds.breaks};
  return *of[static_cast<std::size_t>(rare.event)];
}

std::uint64_t count_of(const Outcomes& outcomes, Rare event) {
  const std::uint64_t counts[] = {outcomes.commits, outcomes.aborts, outcomes.blocked, outcomes.breaks};
  return counts[static_cast<std::size_t>(event)];
}

/// Found by splitting as exactly as `width` says, and not at all by as many plain runs as splitting took ends of runs.
void check_found(const auto& p, const Case& rare, double most, double width) {
  const Interval truth = exact(p, rare);
  const RareOdds odds = rare_odds(p, rare.setting, rare.voters, {.seed = 1, .rare = rare.event}, 10'000);
  INFO(rare.name << ", exactly " << truth.low << ", estimated " << odds.mean);
  CHECK(truth.low > 0);
  CHECK(truth.high < most);
  REQUIRE(odds.interval);
  INFO("between " << odds.interval->low << " and " << odds.interval->high);
  CHECK(odds.interval->low <= truth.low);
  CHECK(truth.high <= odds.interval->high);
  CHECK(odds.interval->high - odds.interval->low < width * odds.mean);
  CHECK(count_of(count_runs(p, rare.setting, rare.voters, 1, 0, odds.parts_of_runs, 1).outcomes, rare.event) == 0);
}

/// The mean of many replications is the chance, but for four and a half of its own deviations, which are small.
void check_unbiased(const auto& p, const Case& rare, std::uint32_t effort, std::uint64_t replications) {
  const Interval truth = exact(p, rare);
  Splitting splitting(p, rare.setting, rare.voters, static_cast<Outcome>(rare.event));
  double sum = 0, squares = 0;
  for (std::uint64_t i = 0; i < replications; ++i) {
    const double share = splitting.replication(Rng::stream(5, i), effort) / truth.low;
    sum += share, squares += share * share;
  }
  const auto many = static_cast<double>(replications);
  const double mean = sum / many, deviation = std::sqrt((squares / many - mean * mean) / many);
  INFO(rare.name << ": " << mean << " of the truth, give or take " << deviation);
  CHECK(deviation < 0.03);
  CHECK(std::abs(mean - 1) < 4.5 * deviation);
}

}  // namespace

TEST_CASE("one chance in a million, in 10^9 and in 10^12 is found where as many plain runs see nothing") {
  check_found(TwoPhase{}, votes("two of 1/1000", 1000, 2), 1.1e-6, 0.1);
  check_found(TwoPhase{}, votes("three of 1/1000", 1000, 3), 1.1e-9, 0.15);
  check_found(TwoPhase{}, votes("three of 1/10000", 10'000, 3), 1.1e-12, 0.15);
  check_found(TwoPhase{}, faults("2pc blocks by a crash of 10^-7", 2, {1, 10'000'000}, {}, Rare::blocked), 1e-6, 0.15);
  check_found(TextbookThreePhase{}, faults("3pc-textbook breaks by a crash of 10^-9", 2, {1, 1'000'000'000}, {}, Rare::breaks), 1e-9, 0.5);
  check_found(ThreePhase{}, faults("3pc breaks by a crash and a loss of 3 in 10^7", 2, {3, 10'000'000}, {3, 10'000'000}, Rare::breaks), 1.1e-12, 0.4);
  check_found(ThreePhase{}, faults("3pc breaks by a crash and by a loss far less likely", 2, {1, 1000}, {1, 10'000'000'000}, Rare::breaks), 1e-12, 0.8);
}

TEST_CASE("the mean of many replications is the exact chance") {
  check_unbiased(TwoPhase{}, votes("three of 1/1000", 1000, 3), 8, 3'000);
  check_unbiased(TwoPhase{}, faults("likely faults", 1, {1, 10}, {1, 10}, Rare::blocked), 8, 1'000);
  check_unbiased(TwoPhase{}, faults("rare faults", 1, {1, 1'000'000}, {1, 1'000'000}, Rare::blocked), 8, 3'000);
  check_unbiased(ThreePhase{}, faults("two faults", 2, {1, 10'000}, {1, 10'000}, Rare::breaks), 16, 3'000);
}

TEST_CASE("the interval from replications misses the exact chance no more often than it may") {
  constexpr std::uint64_t kExperiments = 200;
  const auto check_level = [&](const auto& p, const Case& rare, std::uint64_t runs) {
    const Interval truth = exact(p, rare);
    std::uint64_t missed = 0, given = 0;
    for (std::uint64_t seed = 0; seed < kExperiments; ++seed) {
      const RareOdds odds = rare_odds(p, rare.setting, rare.voters, {.seed = seed, .threads = 2, .rare = rare.event}, runs);
      if (!odds.interval) continue;
      ++given;
      missed += odds.interval->high < truth.low || odds.interval->low > truth.high;
    }
    CAPTURE(rare.name, missed);
    CHECK(given == kExperiments);
    CHECK(missed <= most_misses(kExperiments));
  };
  check_level(TwoPhase{}, votes("three of 1/10000", 10'000, 3), 640);
  check_level(TwoPhase{}, faults("2pc blocks by a crash of 10^-7", 2, {1, 10'000'000}, {}, Rare::blocked), 640);
}

TEST_CASE("a rare event has the same estimate for any number of threads, and another for another seed") {
  const Case rare = faults("blocked", 2, {1, 1'000'000}, {}, Rare::blocked);
  const auto mean = [&](std::uint64_t seed, unsigned threads) {
    return rare_odds(TwoPhase{}, rare.setting, rare.voters, {.seed = seed, .threads = threads, .rare = rare.event}, 640).mean;
  };
  CHECK(mean(1, 1) == mean(1, 3));
  CHECK(mean(1, 1) != mean(2, 1));
}

TEST_CASE("what cannot happen is not found, and gets no interval") {
  const Case rare = faults("blocked", 2, {}, {1, 1000}, Rare::breaks);
  const RareOdds odds = rare_odds(TwoPhase{}, rare.setting, rare.voters, {.rare = rare.event}, 640);
  CHECK(odds.mean == 0);
  CHECK_FALSE(odds.interval);
}

TEST_CASE("what is certain is certain") {
  const Case sure{"no faults", setting(2), std::vector<Voter>(2), Rare::commits};
  const RareOdds odds = rare_odds(TwoPhase{}, sure.setting, sure.voters, {.rare = sure.event}, 640);
  REQUIRE(odds.interval);
  CHECK(odds.interval->contains(1));
  CHECK(odds.interval->low > 0.999999);
}

}  // namespace commitlab
