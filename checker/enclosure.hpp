// Arithmetic of doubles that never loses the true value: every result is rounded outwards.
#pragma once

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include "checker/interval.hpp"
#include "checker/rational.hpp"

namespace commitlab {

/// The double next above or below one that is not negative; 0 and infinity have nothing beyond them.
inline double next_above(double x) { return x < std::numeric_limits<double>::infinity() ? std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) + 1) : x; }
inline double next_below(double x) { return x > 0 ? std::bit_cast<double>(std::bit_cast<std::uint64_t>(x) - 1) : x; }

/// What a sum of two doubles lacks to the true one, exactly, unless it overflows.
inline double error_of_sum(double a, double b, double sum) {
  const double part = sum - a;
  return (a - (sum - part)) + (b - part);
}

/// A number that is not negative, known to lie from `low` to `high`. Sums, products and quotients hold whatever the numbers inside
/// give (Moore 1966). It needs the default rounding of IEEE 754, to nearest: then a result lies between the neighbours of the one
/// computed, and it is the result itself where the error, computed too (Knuth 1969 for sums, a fused operation for the others), is 0.
struct Enclosure {
  double low = 0, high = 0;

  Enclosure() = default;
  Enclosure(double from, double to) : low(from), high(to) {}
  explicit Enclosure(const Rational& number) : low(to_double(number)), high(low) {
    if (high == std::numeric_limits<double>::infinity()) low = std::numeric_limits<double>::max();
    else if (exact_rational(low) < number) high = next_above(high);
    else if (exact_rational(low) > number) low = next_below(low);
  }

  Enclosure& operator+=(const Enclosure& other) {
    if (other.high == 0) return *this;
    low = floor_of(low + other.low, [&](double sum) { return error_of_sum(low, other.low, sum); });
    high = ceiling_of(high + other.high, [&](double sum) { return error_of_sum(high, other.high, sum); });
    return *this;
  }
  Enclosure& operator*=(const Enclosure& other) {
    low = low == 0 || other.low == 0 ? 0 : floor_of(low * other.low, [&](double product) { return std::fma(low, other.low, -product); });
    high = high == 0 || other.high == 0 ? 0 : ceiling_of(high * other.high, [&](double product) { return std::fma(high, other.high, -product); });
    return *this;
  }
  /// The divisor may reach down to 0: then the upper end is infinite.
  Enclosure& operator/=(const Enclosure& other) {
    low = low == 0 ? 0 : floor_of(low / other.high, [&](double quotient) { return low > kSmall ? std::fma(-quotient, other.high, low) : -1; });
    high = high == 0 ? 0 : ceiling_of(high / other.low, [&](double quotient) { return high > kSmall ? std::fma(-quotient, other.low, high) : 1; });
    return *this;
  }
  friend Enclosure operator+(Enclosure a, const Enclosure& b) { return a += b; }
  friend Enclosure operator*(Enclosure a, const Enclosure& b) { return a *= b; }
  friend Enclosure operator/(Enclosure a, const Enclosure& b) { return a /= b; }

  friend bool operator==(const Enclosure&, const Enclosure&) = default;

  double width() const { return high - low; }

 private:
  // Near the least and the largest doubles the error itself is rounded; there the result is moved outwards always.
  static constexpr double kSmall = 1e-280;
  static bool error_is_exact(double x) { return x > kSmall && x < 1 / kSmall; }
  static double floor_of(double x, auto error) {
    if (std::isnan(x)) return 0;
    return error_is_exact(x) && error(x) >= 0 ? x : next_below(x);
  }
  static double ceiling_of(double x, auto error) {
    if (std::isnan(x)) return std::numeric_limits<double>::infinity();
    return error_is_exact(x) && error(x) <= 0 ? x : next_above(x);
  }
};

inline double sum_down(double a, double b) { return (Enclosure(a, a) + Enclosure(b, b)).low; }
inline double product_down(double a, double b) { return (Enclosure(a, a) * Enclosure(b, b)).low; }

/// 1 - x rounded down or up, for x from 0; 0 if x is above 1.
inline double one_less_down(double x) {
  const double rest = 1 - x;
  return rest <= 0 ? 0 : error_of_sum(1, -x, rest) >= 0 ? rest : next_below(rest);
}
inline double one_less_up(double x) {
  const double rest = 1 - x;
  return rest <= 0 ? 0 : error_of_sum(1, -x, rest) <= 0 ? rest : next_above(rest);
}

}  // namespace commitlab
