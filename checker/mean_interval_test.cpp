// The interval of a mean, counted: how often it misses, for numbers as skewed as estimates of rare events are.
#include "checker/mean_interval.hpp"

#include <cmath>
#include <functional>
#include <vector>

#include "checker/binomial_for_tests.hpp"
#include "checker/splitting.hpp"
#include "sim/delays.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("numbers without skewness have Student's interval") {
  const Interval interval = mean_interval(std::vector<double>{0.3, 0.4, 0.5}, 0.8);
  constexpr double kQuantile = 1.885618083164127;  // of two degrees of freedom at 0.9: 0.8 / sqrt(2 * 0.09)
  CHECK(std::abs(interval.low - (0.4 - kQuantile * 0.1 / std::sqrt(3.0))) < 1e-9);
  CHECK(std::abs(interval.high - (0.4 + kQuantile * 0.1 / std::sqrt(3.0))) < 1e-9);
}

TEST_CASE("equal numbers leave no doubt, and numbers however small keep their interval") {
  const Interval one = mean_interval(std::vector<double>(64, 1e-12));
  CHECK(one.contains(1e-12));
  CHECK(one.high - one.low < 1e-23);
  std::vector<double> numbers{0.1, 0.2, 0.4}, tiny;
  for (const double number : numbers) tiny.push_back(number * 1e-200);
  const Interval usual = mean_interval(numbers), small = mean_interval(tiny);
  CHECK(std::abs(small.high * 1e200 - usual.high) < 1e-9);
}

TEST_CASE("an interval of few that saw anything is not given") {
  std::vector<double> numbers(64, 0.0);
  for (std::size_t i = 0; i < 31; ++i) numbers[i] = 1e-6;
  CHECK_FALSE(told_of(numbers).interval);
  CHECK(told_of(numbers).saw == 31);
  numbers[31] = 1e-6;
  REQUIRE(told_of(numbers).interval);
  CHECK(told_of(numbers).interval->contains(0.5e-6));
}

TEST_CASE("a thousand intervals of skewed numbers miss the mean no more often than they may") {
  struct Law {
    const char* name;
    double mean;
    std::function<double(Rng&)> draw;
  };
  const std::vector<Law> laws = {
      {"uniform", 0.5, [](Rng& rng) { return rng.unit(); }},
      {"exponential", 0.1, [](Rng& rng) { return -0.1 * portable_log(rng.unit()); }},
      {"seen by half", 0.5e-9, [](Rng& rng) { return rng.chance({1, 2}) ? 1e-9 : 0; }},
      {"seen by three of four, and exponential then", 0.75e-9, [](Rng& rng) { return rng.chance({3, 4}) ? -1e-9 * portable_log(rng.unit()) : 0; }},
      {"a sum of rare things", 0.2, [](Rng& rng) { double sum = 0; for (int i = 0; i < 20; ++i) sum += rng.chance({1, 10}) ? 0.1 : 0; return sum; }},
  };
  constexpr std::uint64_t kExperiments = 1000;
  for (const Law& law : laws) {
    std::uint64_t missed = 0;
    for (std::uint64_t experiment = 0; experiment < kExperiments; ++experiment) {
      Rng rng = Rng::stream(7, experiment);
      std::vector<double> numbers(kReplications);
      for (double& number : numbers) number = law.draw(rng);
      missed += !mean_interval(numbers).contains(law.mean);
    }
    CAPTURE(law.name, missed);
    CHECK(missed <= most_misses(kExperiments));
    CHECK(missed >= 20);  // nor is it wider than it need be
  }
}

}  // namespace commitlab
