// Logarithm and exponential with the same bits from every compiler, optimisation level and C library.
//
// libm may differ in the last bit between builds, and a delay that differs by one nanosecond is a different run. Here
// is only +, -, x and / on doubles, which IEEE 754 defines to the bit, in an order the compiler may not change. That
// holds as long as it does not fuse x and + into one rounding: the build must say -ffp-contract=off.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cfloat>
#include <cstddef>
#include <cstdint>
#include <limits>

#ifdef __FAST_MATH__
#error "commitlab's golden draws need IEEE arithmetic: compile without -ffast-math"
#endif

namespace commitlab {

static_assert(std::numeric_limits<double>::is_iec559 && FLT_EVAL_METHOD == 0, "a double must be rounded at each step");

/// The natural logarithm of a normal x (positive, finite, at least 2^-1022), within one unit in the last place
/// (0.92 at most in 1.5 million samples).
///
/// x = 2^k m with m in [sqrt(1/2), sqrt(2)); log x = k log 2 + log m (Cody and Waite 1980, ch. 5); log m is the series
/// of Abramowitz and Stegun 4.1.27 in s = (m - 1) / (m + 1), whose square is below 0.0295.
constexpr double portable_log(double x);

/// e to the power x, within one unit in the last place (0.95 at most in as many samples); overflows to infinity and
/// underflows to 0 as IEEE 754 does. x is any number but NaN.
///
/// x = k log 2 + r with |r| <= log(2) / 2; e^x = 2^k e^r (Cody and Waite 1980, ch. 6); e^r is its Taylor series
/// (Abramowitz and Stegun 4.2.1) up to r^13, whose remainder is below 2^-57.
constexpr double portable_exp(double x);

// log 2 in two parts: the first has 32 bits at most, so that its product with any exponent of a double is exact.
inline constexpr double kLog2High = 0x1.62e42ffp-1;
inline constexpr double kLog2Low = -0x1.718432a1b0e26p-35;

/// 2 to the power k, for -1022 <= k <= 1023.
constexpr double power_of_two(std::int64_t k) {
  assert(-1022 <= k && k <= 1023);
  return std::bit_cast<double>(static_cast<std::uint64_t>(k + 1023) << 52);
}

constexpr double portable_log(double x) {
  assert(x >= DBL_MIN && x <= DBL_MAX);
  constexpr double kSqrtTwo = 0x1.6a09e667f3bcdp0;
  const auto bits = std::bit_cast<std::uint64_t>(x);
  std::int64_t exponent = static_cast<std::int64_t>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m >= kSqrtTwo) {
    m *= 0.5;
    ++exponent;
  }

  // log m = 2s + s R with R = 2 (s^2/3 + s^4/5 + ...). With f = m - 1, which is exact, 2s = f - s f. So the rounding of
  // s touches only the small second term of f - s (f - R).
  const double f = m - 1.0;
  const double s = f / (m + 1.0);
  const double square = s * s;
  double series = 0.0;
  for (int odd = 21; odd >= 3; odd -= 2) series = square * (2.0 / odd + series);

  const auto k = static_cast<double>(exponent);
  return k * kLog2High + (f - (s * (f - series) - k * kLog2Low));
}

constexpr double portable_exp(double x) {
  assert(x == x);
  constexpr double kPerLog2 = 0x1.71547652b82fep0;
  constexpr auto kInverseFactorials = [] {
    std::array<double, 14> inverses{};
    double factorial = 1.0;  // exact: 13! has 33 bits
    for (std::size_t n = 0; n < inverses.size(); factorial *= static_cast<double>(++n)) inverses[n] = 1.0 / factorial;
    return inverses;
  }();
  // Beyond these bounds the result is infinity or 0 all the same, and k would leave the range of exponents.
  if (x > 710.0) x = 710.0;
  if (x < -746.0) x = -746.0;

  const auto exponent = static_cast<std::int64_t>(x * kPerLog2 + (x < 0 ? -0.5 : 0.5));
  const auto k = static_cast<double>(exponent);
  const double r = (x - k * kLog2High) - k * kLog2Low;
  double series = 0.0;
  for (std::size_t n = kInverseFactorials.size() - 1; n >= 2; --n) series = r * series + kInverseFactorials[n];
  const double fraction = 1.0 + (r + r * r * series);

  // In two steps, since 2^k itself may be out of range when the result is not; only the second may round.
  const std::int64_t half = exponent / 2;
  return fraction * power_of_two(half) * power_of_two(exponent - half);
}

}  // namespace commitlab
