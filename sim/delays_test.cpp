// Delays: recorded draws of every kind, their moments, bounds, and which of them consume a draw.
#include "sim/delays.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>

#include "test.hpp"

namespace commitlab {
namespace {

constexpr int kDraws = 200'000;
constexpr Nanoseconds kMillisecond = 1'000'000;

struct Moments {
  double mean = 0, variance = 0;
};

template <typename Next>
Moments moments_of(Next next) {
  double sum = 0, squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double value = next();
    sum += value;
    squares += value * value;
  }
  const double mean = sum / kDraws;
  return {mean, squares / kDraws - mean * mean};
}

/// Holds when the mean and variance are within 5 standard errors of those of a distribution with this kurtosis (its
/// fourth central moment in units of the variance squared), on which the standard error of the variance depends.
void check_moments(const Moments& actual, const Moments& expected, double kurtosis) {
  CHECK(std::abs(actual.mean - expected.mean) < 5 * std::sqrt(expected.variance / kDraws));
  CHECK(std::abs(actual.variance - expected.variance) < 5 * expected.variance * std::sqrt((kurtosis - 1) / kDraws));
}

/// Checks the first draws of seed 42.
void check_draws(const Delay& delay, const std::array<Nanoseconds, 8>& recorded) {
  Rng rng(42);
  for (const Nanoseconds expected : recorded) CHECK(draw(delay, rng) == expected);
}

}  // namespace

TEST_CASE("the first draws of each kind of delay are the recorded ones") {
  check_draws(Delay::constant(5 * kMillisecond),
              {5000000, 5000000, 5000000, 5000000, 5000000, 5000000, 5000000, 5000000});
  check_draws(Delay::uniform(kMillisecond, 5 * kMillisecond),
              {1335451, 2515921, 3720174, 4698772, 4967216, 4078958, 3877035, 4400034});
  check_draws(Delay::exponential(2 * kMillisecond),
              {4957142, 1940542, 771197, 156587, 16460, 523406, 659069, 325018});
  check_draws(Delay::lognormal(3 * kMillisecond, 750),
              {468555, 6700175, 5610978, 3453762, 2021767, 2251856, 5942242, 6244233});
}

TEST_CASE("a delay that can have one value only has it and consumes no draw") {
  Rng rng(42);
  const Rng before = rng;
  for (const auto& delay : {Delay{}, Delay::uniform(0, 0), Delay::exponential(0), Delay::lognormal(0, 500)}) {
    CHECK(draw(delay, rng) == 0);
    CHECK(greatest(delay) == 0);
  }
  for (const auto& delay : {Delay::constant(7), Delay::uniform(7, 7), Delay::lognormal(7, 0)}) {
    CHECK(draw(delay, rng) == 7);
    CHECK(greatest(delay) == 7);
  }
  CHECK(rng == before);
}

TEST_CASE("a uniform delay reaches both of its ends and nothing beyond") {
  Rng rng(1);
  std::map<Nanoseconds, int> counts;
  for (int i = 0; i < kDraws; ++i) ++counts[draw(Delay::uniform(3, 7), rng)];
  CHECK(counts.size() == 5);
  for (Nanoseconds time = 3; time <= 7; ++time) {
    CHECK(std::abs(counts[time] - kDraws / 5.0) < 5 * std::sqrt(kDraws * 0.2 * 0.8));
  }
  CHECK(greatest(Delay::uniform(3, 7)) == 7);
}

TEST_CASE("a uniform delay has the mean and variance of its distribution") {
  Rng rng(2);
  const auto delay = Delay::uniform(kMillisecond, 5 * kMillisecond);
  const auto actual = moments_of([&] { return static_cast<double>(draw(delay, rng)); });
  check_moments(actual, {3e6, (4e6 + 1) * (4e6 + 1) / 12}, 1.8);
}

TEST_CASE("an exponential delay has the mean and variance of its distribution, and its tail") {
  Rng rng(3);
  const auto delay = Delay::exponential(2 * kMillisecond);
  int beyond = 0;
  const auto actual = moments_of([&] {
    const Nanoseconds drawn = draw(delay, rng);
    beyond += drawn > 6 * kMillisecond;
    return static_cast<double>(drawn);
  });
  check_moments(actual, {2e6, 4e12}, 9);
  const double tail = std::exp(-3.0);
  CHECK(std::abs(beyond - kDraws * tail) < 5 * std::sqrt(kDraws * tail * (1 - tail)));
}

TEST_CASE("the normal draws behind a lognormal delay have the normal's mean, variance and tails") {
  Rng rng(4);
  int beyond = 0;
  const auto actual = moments_of([&] {
    const double drawn = standard_normal(rng);
    beyond += std::abs(drawn) > 2;
    return drawn;
  });
  check_moments(actual, {0, 1}, 3);
  const double tail = std::erfc(std::sqrt(2.0));
  CHECK(std::abs(beyond - kDraws * tail) < 5 * std::sqrt(kDraws * tail * (1 - tail)));
}

TEST_CASE("a lognormal delay has the mean and variance of its distribution, and half its draws below its median") {
  Rng rng(5);
  const auto delay = Delay::lognormal(3 * kMillisecond, 500);
  int below_median = 0;
  const auto actual = moments_of([&] {
    const Nanoseconds drawn = draw(delay, rng);
    below_median += drawn < 3 * kMillisecond;
    return static_cast<double>(drawn);
  });
  const double e = std::exp(0.25);  // of sigma squared
  check_moments(actual, {3e6 * std::sqrt(e), 9e12 * e * (e - 1)}, std::pow(e, 4) + 2 * std::pow(e, 3) + 3 * e * e - 3);
  CHECK(std::abs(below_median - kDraws / 2.0) < 5 * std::sqrt(kDraws * 0.25));
}

TEST_CASE("a short exponential delay is rounded to the nearest nanosecond, not down") {
  Rng rng(6);
  const auto actual = moments_of([&] { return static_cast<double>(draw(Delay::exponential(1), rng)); });
  // A delay of at least k counts when it is k - 1/2 or more: the mean is the sum of e^(1/2 - k) over k >= 1.
  const double mean = std::exp(-0.5) / (1 - std::exp(-1.0));
  CHECK(std::abs(actual.mean - mean) < 5 * std::sqrt(actual.variance / kDraws));
  CHECK(to_nanoseconds(0.49999999999999994) == 0);
  CHECK(to_nanoseconds(0.5) == 1);
  CHECK(to_nanoseconds(1.5) == 2);
  CHECK(to_nanoseconds(0x1p53 - 1) == kGreatestDelay - 1);
}

TEST_CASE("no draw is negative or longer than the greatest delay, however wide the distribution") {
  constexpr auto kWidest = std::numeric_limits<std::int32_t>::max();
  Rng rng(7);
  for (const auto& delay :
       {Delay::uniform(0, kGreatestDelay), Delay::exponential(1), Delay::exponential(kGreatestDelay),
        Delay::lognormal(1, kWidest), Delay::lognormal(kGreatestDelay, 1), Delay::lognormal(kGreatestDelay, kWidest)}) {
    REQUIRE(is_valid(delay));
    bool in_bounds = true;
    for (int i = 0; i < 10'000; ++i) {
      const Nanoseconds drawn = draw(delay, rng);
      in_bounds = 0 <= drawn && drawn <= greatest(delay) && in_bounds;
    }
    CHECK(in_bounds);
  }
}

TEST_CASE("a delay too long for its type becomes the greatest delay") {
  Rng rng(8);
  int saturated = 0;
  for (int i = 0; i < 10'000; ++i) saturated += draw(Delay::exponential(kGreatestDelay), rng) == kGreatestDelay;
  const double expected = 10'000 * std::exp(-1.0);
  CHECK(std::abs(saturated - expected) < 5 * std::sqrt(expected));
  CHECK(to_nanoseconds(std::numeric_limits<double>::infinity()) == kGreatestDelay);
}

TEST_CASE("the greatest delay is the end of a bounded kind and the cap of an unbounded one") {
  CHECK(greatest(Delay::constant(9)) == 9);
  CHECK(greatest(Delay::uniform(2, 9)) == 9);
  CHECK(greatest(Delay::exponential(9)) == kGreatestDelay);
  CHECK(greatest(Delay::lognormal(9, 1)) == kGreatestDelay);
}

TEST_CASE("delays whose numbers make no sense are not valid") {
  CHECK(is_valid(Delay{}));
  CHECK(is_valid(Delay::constant(kGreatestDelay)));
  CHECK_FALSE(is_valid(Delay::constant(-1)));
  CHECK_FALSE(is_valid(Delay::constant(kGreatestDelay + 1)));
  CHECK(is_valid(Delay::uniform(5, 5)));
  CHECK_FALSE(is_valid(Delay::uniform(5, 4)));
  CHECK_FALSE(is_valid(Delay::uniform(-1, 4)));
  CHECK_FALSE(is_valid(Delay::uniform(0, kGreatestDelay + 1)));
  CHECK_FALSE(is_valid(Delay::exponential(-1)));
  CHECK_FALSE(is_valid(Delay::exponential(kGreatestDelay + 1)));
  CHECK_FALSE(is_valid(Delay::lognormal(-1, 500)));
  CHECK_FALSE(is_valid(Delay::lognormal(kGreatestDelay + 1, 500)));
  CHECK_FALSE(is_valid(Delay::lognormal(1, -1)));
  CHECK_FALSE(is_valid(Delay{.kind = Delay::Kind::constant, .time = 1, .high = 5}));
  CHECK_FALSE(is_valid(Delay{.kind = Delay::Kind::uniform, .time = 1, .high = 5, .sigma_milli = 1}));
  CHECK_FALSE(is_valid(Delay{.kind = Delay::Kind::lognormal, .time = 1, .high = 5}));
}

TEST_CASE("delays are equal when their kind and numbers are") {
  CHECK(Delay::uniform(1, 5) == Delay{.kind = Delay::Kind::uniform, .time = 1, .high = 5});
  CHECK_FALSE(Delay::constant(5) == Delay::exponential(5));
  CHECK_FALSE(Delay::lognormal(5, 1) == Delay::lognormal(5, 2));
}

}  // namespace commitlab
