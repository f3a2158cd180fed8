// What a confidence interval promises, held against tails of the binomial distribution that are summed here.
#include "checker/interval.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <vector>

#include "checker/binomial_for_tests.hpp"
#include "checker/rational.hpp"
#include "test.hpp"

using namespace commitlab;

static bool near(double number, double wanted, double relative_error) { return std::abs(number - wanted) <= relative_error * wanted; }

static long double chance_of_at_most(Tally tally, long double p) {
  return chance_of_at_least({.successes = tally.runs - tally.successes, .runs = tally.runs}, 1 - p);
}

// The same with whole numbers only: for few runs.
static Rational exact_chance_of_at_least(Tally tally, const Rational& p) {
  Rational sum = 0, ways = 1;
  for (std::uint64_t k = 0; k <= tally.runs; ++k) {
    Rational term = ways;
    for (std::uint64_t run = 0; run < tally.runs; ++run) term *= run < k ? p : 1 - p;
    if (k >= tally.successes) sum += term;
    ways = ways * (tally.runs - k) / (k + 1);
  }
  return sum;
}

TEST_CASE("five successes in ten runs give the interval of the published tables") {
  const Interval interval = clopper_pearson({.successes = 5, .runs = 10});
  CHECK(near(interval.low, 0.1871, 2e-4));
  CHECK(near(interval.high, 0.8129, 5e-5));
}

TEST_CASE("no success at all leaves 0 possible and bounds the probability from above") {
  for (const std::uint64_t runs : {1u, 2u, 10u, 1000u, 1'000'000u, 1'000'000'000u}) {
    const Interval interval = clopper_pearson({.successes = 0, .runs = runs});
    CHECK(interval.low == 0);
    CHECK(near(interval.high, -std::expm1(std::log(0.025) / static_cast<double>(runs)), 1e-12));
  }
}

TEST_CASE("nothing but successes leaves 1 possible and bounds the probability from below") {
  for (const std::uint64_t runs : {1u, 2u, 10u, 1000u, 1'000'000u, 1'000'000'000u}) {
    const Interval interval = clopper_pearson({.successes = runs, .runs = runs});
    CHECK(interval.high == 1);
    CHECK(near(interval.low, std::pow(0.025, 1 / static_cast<double>(runs)), 1e-14));
  }
}

TEST_CASE("at either bound the tail of the binomial distribution is half of what the level leaves") {
  const std::vector<Tally> tallies = {
      {1, 2},      {1, 10},      {9, 10},        {5, 10},        {37, 100},           {999, 1000},
      {500, 1000}, {3, 100'000}, {985, 100'000}, {1, 1'000'000}, {985'050, 1'000'000}, {999'000, 1'000'000},
  };
  for (const double level : {0.5, 0.9, 0.95, 0.99, 0.999}) {
    for (const Tally tally : tallies) {
      CAPTURE(level, tally.successes, tally.runs);
      const Interval interval = clopper_pearson(tally, level);
      const double tail = (1 - level) / 2;
      CHECK(near(static_cast<double>(chance_of_at_least(tally, interval.low)), tail, 1e-9));
      CHECK(near(static_cast<double>(chance_of_at_most(tally, interval.high)), tail, 1e-9));
    }
  }
}

TEST_CASE("for few runs the tails agree with a sum of exact numbers") {
  for (const std::uint64_t runs : {1u, 2u, 3u, 7u, 12u}) {
    for (std::uint64_t successes = 0; successes <= runs; ++successes) {
      CAPTURE(successes, runs);
      const Interval interval = clopper_pearson({.successes = successes, .runs = runs});
      const Rational low = exact_rational(interval.low), high = exact_rational(interval.high);
      const double below = to_double(exact_chance_of_at_least({successes, runs}, low));
      const double above = to_double(1 - exact_chance_of_at_least({successes + 1, runs}, high));
      if (successes > 0) CHECK(near(below, 0.025, 1e-12));
      if (successes < runs) CHECK(near(above, 0.025, 1e-12));
    }
  }
}

TEST_CASE("the interval of the failures mirrors that of the successes") {
  rc::prop("any tally", [] {
    const auto runs = *rc::gen::inRange<std::uint64_t>(1, 1'000'000'000);
    const auto successes = *rc::gen::inRange<std::uint64_t>(0, runs + 1);
    const Interval interval = clopper_pearson({successes, runs}), mirrored = clopper_pearson({runs - successes, runs});
    RC_ASSERT(std::abs(interval.low - (1 - mirrored.high)) < 1e-12);
    RC_ASSERT(std::abs(interval.high - (1 - mirrored.low)) < 1e-12);
    RC_ASSERT(interval.contains(static_cast<double>(successes) / static_cast<double>(runs)));
  });
}

TEST_CASE("a higher level, fewer runs or fewer successes move the bounds the right way") {
  rc::prop("any tally", [] {
    const auto runs = *rc::gen::inRange<std::uint64_t>(2, 1'000'000);
    const auto successes = *rc::gen::inRange<std::uint64_t>(1, runs);
    const Interval interval = clopper_pearson({successes, runs}), surer = clopper_pearson({successes, runs}, 0.99);
    RC_ASSERT(surer.low < interval.low);
    RC_ASSERT(interval.high < surer.high);
    const Interval fewer = clopper_pearson({successes - 1, runs}), more_runs = clopper_pearson({successes * 10, runs * 10});
    RC_ASSERT(fewer.low < interval.low);
    RC_ASSERT(fewer.high < interval.high);
    RC_ASSERT(more_runs.high - more_runs.low < interval.high - interval.low);
  });
}

TEST_CASE("whatever the true probability, the tallies whose interval misses it are no more likely than the level leaves") {
  for (const std::uint64_t runs : {1u, 5u, 20u, 50u}) {
    for (int percent = 0; percent <= 100; ++percent) {
      const double p = percent / 100.0;
      long double missed_low = 0, missed_high = 0;
      for (std::uint64_t successes = 0; successes <= runs; ++successes) {
        const Interval interval = clopper_pearson({successes, runs});
        if (p < interval.low) missed_low += chance_of({successes, runs}, p);
        if (p > interval.high) missed_high += chance_of({successes, runs}, p);
      }
      CAPTURE(runs, percent);
      CHECK(static_cast<double>(missed_low) <= 0.025);
      CHECK(static_cast<double>(missed_high) <= 0.025);
    }
  }
}

TEST_CASE("a thousand seeded experiments miss the true probability about as often as they may") {
  constexpr std::uint64_t kExperiments = 1000, kRuns = 400;
  for (const unsigned permille : kTrueValues) {
    std::mt19937_64 draw(permille);
    std::map<std::uint64_t, Interval> intervals;
    std::uint64_t missed = 0;
    for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
      std::uint64_t successes = 0;
      for (std::uint64_t run = 0; run < kRuns; ++run) successes += draw() % 1000 < permille;
      if (!intervals.contains(successes)) intervals[successes] = clopper_pearson({successes, kRuns});
      missed += !contains(intervals[successes], Rational(permille, 1000));
    }
    CAPTURE(permille, missed);
    CHECK(missed <= most_misses(kExperiments));
    if (permille == 500) CHECK(missed >= 15);  // One that is too wide would never miss; in the middle this one is nearly tight.
  }
}

TEST_CASE("an interval contains its ends and compares exact numbers exactly") {
  const Interval interval = {.low = 0.1, .high = 0.75};
  CHECK(interval.contains(0.1));
  CHECK(interval.contains(0.75));
  CHECK_FALSE(interval.contains(0.0999));
  CHECK_FALSE(interval.contains(0.7501));
  CHECK_FALSE(contains(interval, Rational(1, 10)));  // the double 0.1 is a little more
  CHECK(contains(interval, exact_rational(0.1)));
  CHECK(contains(interval, Rational(3, 4)));
  CHECK_FALSE(contains(interval, Rational(3, 4) + *rational_from("1e-300")));
}

TEST_CASE("an interval prints with two digits of its width") {
  CHECK(text({.low = 0.984723, .high = 0.985378}) == "[0.98472, 0.98538]");
  CHECK(text({.low = 0.25, .high = 0.75}) == "[0.25, 0.75]");
  CHECK(text({.low = 0.5, .high = 0.9}) == "[0.50, 0.91]");  // the double 0.9 is a little more
  CHECK(text({.low = 0, .high = 1}) == "[0, 1]");
  CHECK(text({.low = 0.999999123, .high = 0.999999456}) == "[0.99999912, 0.99999946]");
  CHECK(text({.low = 0.5, .high = 0.5}) == "[0.500000000000000, 0.500000000000000]");
  CHECK(text({.low = 1, .high = 1}) == "[1, 1]");
  CHECK(text({.low = 0, .high = 0}) == "[0, 0]");
}

TEST_CASE("an end prints as 0 or 1 only if it is") {
  CHECK(text(clopper_pearson({.successes = 0, .runs = 1'000'000'000})) == "[0, 0.0000000037]");
  CHECK(text(clopper_pearson({.successes = 1'000'000, .runs = 1'000'000})) == "[0.9999963, 1]");
  CHECK(text(clopper_pearson({.successes = 1, .runs = 10})) == "[0.002, 0.45]");
  CHECK(text(clopper_pearson({.successes = 9, .runs = 10})) == "[0.55, 0.998]");
}

TEST_CASE("a tiny interval prints with powers of ten, rounded outwards") {
  CHECK(scientific_text({.low = 1.0234e-12, .high = 1.0567e-12}) == "[1.023e-12, 1.057e-12]");
  CHECK(scientific_text({.low = 9.87e-8, .high = 1.234e-7}) == "[9.8e-8, 1.24e-7]");
  CHECK(scientific_text({.low = 0, .high = 1.5e-300}) == "[0, 1.6e-300]");
  CHECK(scientific_text({.low = 1e-12, .high = 0.25}) == text({.low = 1e-12, .high = 0.25}));
}

TEST_CASE("what is printed contains what is meant, and little more") {
  rc::prop("any tally", [] {
    const auto runs = *rc::gen::inRange<std::uint64_t>(1, 1'000'000'000);
    const auto few = std::min<std::uint64_t>(runs, 20);
    const auto successes = *rc::gen::oneOf(rc::gen::inRange<std::uint64_t>(0, runs + 1), rc::gen::inRange<std::uint64_t>(0, few));
    const Interval interval = clopper_pearson({successes, runs});
    const std::string shown = text(interval);
    const std::size_t comma = shown.find(", ");
    const Rational low = *rational_from(shown.substr(1, comma - 1));
    const Rational high = *rational_from(shown.substr(comma + 2, shown.size() - comma - 3));
    const Rational meant_low = exact_rational(interval.low), meant_high = exact_rational(interval.high);
    const Rational width = meant_high - meant_low;
    RC_ASSERT(low <= meant_low);
    RC_ASSERT(meant_high <= high);
    RC_ASSERT(meant_low - low < width / 10);
    RC_ASSERT(high - meant_high < width / 10);
    RC_ASSERT((low == 0) == (interval.low == 0));
    RC_ASSERT((high == 1) == (interval.high == 1));
  });
}
