// Confidence intervals through the inverse incomplete beta function of Boost.Math.
#include "checker/interval.hpp"

#include <boost/math/special_functions/beta.hpp>

#include <algorithm>
#include <cassert>

#include "checker/rational.hpp"

namespace commitlab {

Interval clopper_pearson(Tally tally, double level) {
  assert(tally.runs >= 1 && tally.runs <= kTallyRunsMost);
  assert(tally.successes <= tally.runs);
  assert(level > 0 && level < 1);
  const auto successes = static_cast<double>(tally.successes), failures = static_cast<double>(tally.runs - tally.successes);
  const double tail = (1 - level) / 2;

  // P(at least k successes) grows with p as the beta distribution of k and n - k + 1; P(at most k) falls as that of k + 1 and n - k.
  Interval interval;
  if (tally.successes > 0) interval.low = boost::math::ibeta_inv(successes, failures + 1, tail);
  if (tally.successes < tally.runs) interval.high = boost::math::ibetac_inv(successes + 1, failures, tail);
  assert(interval.low < interval.high);
  return interval;
}

bool contains(const Interval& interval, const Rational& probability) {
  return exact_rational(interval.low) <= probability && probability <= exact_rational(interval.high);
}

/// Digits after the point that show two digits of the width.
static int decimals_of(const Rational& low, const Rational& high) {
  constexpr int kDecimalsOfAPoint = 15;
  return low == high ? kDecimalsOfAPoint : 1 - decimal_exponent(high - low);
}

std::string low_text(const Interval& interval) {
  const Rational low = exact_rational(interval.low), high = exact_rational(interval.high);
  if (low == 0 || low == 1) return exact_text(low);
  return fixed_text(low, std::max(decimals_of(low, high), -decimal_exponent(low)), Rounding::down);
}

std::string high_text(const Interval& interval) {
  const Rational low = exact_rational(interval.low), high = exact_rational(interval.high);
  if (high == 0 || high == 1) return exact_text(high);
  return fixed_text(high, std::max(decimals_of(low, high), -decimal_exponent(1 - high)), Rounding::up);
}

std::string text(const Interval& interval) {
  assert(0 <= interval.low && interval.low <= interval.high && interval.high <= 1);
  return "[" + low_text(interval) + ", " + high_text(interval) + "]";
}

static std::string scientific(const Rational& number, const Rational& width, Rounding rounding) {
  if (number == 0) return "0";
  constexpr int kDecimalsMost = 9;
  const int exponent = decimal_exponent(number), decimals = width == 0 ? kDecimalsMost : exponent - decimal_exponent(width) + 1;
  const Rational::Whole scale = boost::multiprecision::pow(Rational::Whole(10), static_cast<unsigned>(-exponent));
  return fixed_text(number * Rational(scale, 1), std::clamp(decimals, 1, kDecimalsMost), rounding) + "e" + std::to_string(exponent);
}

std::string scientific_text(const Interval& interval) {
  constexpr double kTiny = 1e-4;
  if (interval.high >= kTiny) return text(interval);
  const Rational low = exact_rational(interval.low), high = exact_rational(interval.high);
  return "[" + scientific(low, high - low, Rounding::down) + ", " + scientific(high, high - low, Rounding::up) + "]";
}

}  // namespace commitlab
