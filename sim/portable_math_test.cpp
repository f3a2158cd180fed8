// The logarithm and exponential against libm, a second source but not the same bits, and against recorded bits.
#include "sim/portable_math.hpp"

#include <algorithm>
#include <bit>
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <limits>

#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

constexpr int kDraws = 200'000;
constexpr double kBound = 1e-14;
constexpr double kInfinity = std::numeric_limits<double>::infinity();

double relative_error(double actual, double expected) {
  if (actual == expected) return 0.0;
  return std::abs((actual - expected) / expected);
}

/// One number for the bits of many: FNV-1a, a word at a time.
struct Fingerprint {
  std::uint64_t value = 0xcbf29ce484222325;

  void add(double number) { value = (value ^ std::bit_cast<std::uint64_t>(number)) * 0x100000001b3; }
};

}  // namespace

TEST_CASE("the logarithm agrees with libm on the unit interval and close to 1 on both sides") {
  Rng rng(1);
  double worst = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double unit = rng.unit();
    const double scale = power_of_two(-static_cast<std::int64_t>(rng.below(50)));
    for (const double x : {unit, 1.0 - unit * scale / 2, 1.0 + unit * scale}) {
      worst = std::max(worst, relative_error(portable_log(x), std::log(x)));
    }
  }
  CHECK(worst < kBound);
}

TEST_CASE("the logarithm agrees with libm for every exponent") {
  Rng rng(2);
  double worst = 0;
  for (std::int64_t k = -1022; k <= 1023; ++k) {
    for (int i = 0; i < 100; ++i) {
      const double x = power_of_two(k) * (2.0 - rng.unit());
      worst = std::max(worst, relative_error(portable_log(x), std::log(x)));
    }
  }
  CHECK(worst < kBound);
}

TEST_CASE("the logarithm is exact where it can be and right at the ends") {
  CHECK(portable_log(1.0) == 0.0);
  CHECK(portable_log(2.0) == std::log(2.0));
  CHECK(portable_log(0.5) == -std::log(2.0));
  CHECK(relative_error(portable_log(DBL_MIN), std::log(DBL_MIN)) < kBound);
  CHECK(relative_error(portable_log(DBL_MAX), std::log(DBL_MAX)) < kBound);
  CHECK(relative_error(portable_log(1.0 + DBL_EPSILON), std::log1p(DBL_EPSILON)) < kBound);
  CHECK(relative_error(portable_log(1.0 - DBL_EPSILON / 2), std::log1p(-DBL_EPSILON / 2)) < kBound);
}

TEST_CASE("the exponential agrees with libm wherever its result is a normal number") {
  Rng rng(3);
  double worst = 0;
  for (int i = 0; i < kDraws; ++i) {
    for (const double width : {1e-6, 0.7, 40.0, 707.0}) {
      const double x = (2 * rng.unit() - 1) * width;
      worst = std::max(worst, relative_error(portable_exp(x), std::exp(x)));
    }
  }
  CHECK(worst < kBound);
}

TEST_CASE("the exponential is exact at 0 and right at the ends") {
  CHECK(portable_exp(0.0) == 1.0);
  CHECK(portable_exp(DBL_MIN) == 1.0);
  CHECK(relative_error(portable_exp(1.0), std::exp(1.0)) < kBound);
  CHECK(relative_error(portable_exp(709.78), std::exp(709.78)) < kBound);
  CHECK(portable_exp(709.79) == kInfinity);
  CHECK(portable_exp(1e9) == kInfinity);
  CHECK(portable_exp(kInfinity) == kInfinity);
  CHECK(std::abs(portable_exp(-740.0) - std::exp(-740.0)) <= std::numeric_limits<double>::denorm_min());
  CHECK(portable_exp(-746.0) == 0.0);
  CHECK(portable_exp(-1e9) == 0.0);
  CHECK(portable_exp(-kInfinity) == 0.0);
}

TEST_CASE("logarithm and exponential undo each other") {
  Rng rng(4);
  double worst = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = rng.unit();
    worst = std::max(worst, relative_error(portable_exp(portable_log(x)), x));
  }
  CHECK(worst < kBound);
}

TEST_CASE("both grow with their argument") {
  Rng rng(5);
  bool both_grow = true;
  for (int i = 0; i < kDraws; ++i) {
    const double x = rng.unit(), further = x * (1.0 + 1e-13);
    both_grow = portable_log(x) < portable_log(further) && both_grow;
    both_grow = portable_exp(x) <= portable_exp(further) && both_grow;
  }
  CHECK(both_grow);
}

TEST_CASE("the bits of 10,000 logarithms are the recorded ones") {
  Rng rng(42);
  Fingerprint bits;
  for (int i = 0; i < 10'000; ++i) bits.add(portable_log(rng.unit()));
  CHECK(bits.value == 0x8003297b0df7d742);
}

TEST_CASE("the bits of 10,000 exponentials are the recorded ones") {
  Rng rng(42);
  Fingerprint bits;
  for (int i = 0; i < 10'000; ++i) bits.add(portable_exp(80.0 * rng.unit() - 40.0));
  CHECK(bits.value == 0x8151693eab20bfae);
}

TEST_CASE("the compiler computes the same bits as the program") {
  constexpr double kLog = portable_log(0.3), kExp = portable_exp(-2.7);
  volatile double x = 0.3, y = -2.7;
  CHECK(std::bit_cast<std::uint64_t>(portable_log(x)) == std::bit_cast<std::uint64_t>(kLog));
  CHECK(std::bit_cast<std::uint64_t>(portable_exp(y)) == std::bit_cast<std::uint64_t>(kExp));
}

}  // namespace commitlab
