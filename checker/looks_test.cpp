// Runs that end as soon as the intervals are narrow: when they are looked at, and that this is no way to miss more often.
#include "checker/looks.hpp"

#include <algorithm>
#include <map>

#include "checker/binomial_for_tests.hpp"
#include "checker/rational.hpp"
#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

double width_of(std::uint64_t successes, std::uint64_t runs, double level) {
  const Interval interval = clopper_pearson({successes, runs}, level);
  return interval.high - interval.low;
}

}  // namespace

TEST_CASE("the looks are few, double, and share the error") {
  for (const double width : {0.5, 0.1, 0.03, 0.01, 0.001}) {
    const Looks looks = looks_for(width, kTallyRunsMost);
    CAPTURE(width, looks.at.size());
    CHECK(looks.level == 1 - 0.05 / static_cast<double>(looks.at.size()));
    for (std::size_t i = 1; i + 1 < looks.at.size(); ++i) CHECK(looks.at[i] == 2 * looks.at[i - 1]);
    CHECK(std::is_sorted(looks.at.begin(), looks.at.end(), std::less_equal<>()));
    CHECK(width_of(0, looks.at.front(), looks.level) <= width);
    CHECK(width_of(0, looks.at.front() - 1, looks.level) > width);
  }
  CHECK(looks_for(0.01, kTallyRunsMost).at.size() == 9);
}

TEST_CASE("at the last look no interval can be too wide, unless there may be no more runs") {
  for (const double width : {0.5, 0.2, 0.05}) {
    const Looks looks = looks_for(width, kTallyRunsMost);
    for (std::uint64_t successes = 0; successes <= looks.at.back(); ++successes) {
      CAPTURE(width, successes, looks.at.back());
      REQUIRE(width_of(successes, looks.at.back(), looks.level) <= width);
    }
  }
  CHECK(looks_for(0.01, 1000).at.back() == 1000);
  CHECK(looks_for(0.01, 1001).at.back() == 1001);
  CHECK(looks_for(0.001, 7).at == std::vector<std::uint64_t>{7});
  CHECK(looks_for(0.001, 1).at == std::vector<std::uint64_t>{1});
  CHECK(looks_for(0.001, 1).level == 0.95);
  CHECK(looks_for(1e-9, kTallyRunsMost).at.back() == kTallyRunsMost);
}

TEST_CASE("a thousand experiments that end when the interval is narrow miss no more often than they may") {
  constexpr std::uint64_t kExperiments = 1000;
  for (const double width : {0.1, 0.04}) {
    const Looks looks = looks_for(width, kTallyRunsMost);
    REQUIRE(looks.at.size() >= 3);
    std::map<std::pair<std::uint64_t, std::uint64_t>, Interval> intervals;
    for (const unsigned permille : kTrueValues) {
      std::uint64_t missed = 0;
      for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
        Rng rng = Rng::stream(permille, experiment);
        std::uint64_t successes = 0, runs = 0;
        Interval interval;
        for (const std::uint64_t until : looks.at) {
          for (; runs < until; ++runs) successes += rng.chance({permille, 1000});
          const auto [known, fresh] = intervals.try_emplace({successes, runs});
          if (fresh) known->second = clopper_pearson({successes, runs}, looks.level);
          interval = known->second;
          if (interval.high - interval.low <= width) break;
        }
        REQUIRE(interval.high - interval.low <= width);
        missed += !contains(interval, Rational(permille, 1000));
      }
      CAPTURE(width, permille, missed);
      CHECK(missed <= most_misses(kExperiments));
    }
  }
}

}  // namespace commitlab
