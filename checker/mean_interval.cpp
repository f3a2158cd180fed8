#include "checker/mean_interval.hpp"

#include <boost/math/distributions/students_t.hpp>

#include <algorithm>
#include <cassert>
#include <cmath>

namespace commitlab {
namespace {

/// Added up in that order.
double mean_of(std::span<const double> numbers, auto&& part) {
  double sum = 0;
  for (const double number : numbers) sum += part(number);
  return sum / static_cast<double>(numbers.size());
}

}  // namespace

Interval mean_interval(std::span<const double> replications, double level) {
  assert(replications.size() >= 2 && level > 0 && level < 1);
  const auto many = static_cast<double>(replications.size());
  const double mean = mean_of(replications, [](double x) { return x; });
  assert(mean > 0);
  // In units of the mean, since squares and cubes of what is rare could be less than any double.
  const double variance = mean_of(replications, [&](double x) { return std::pow(x / mean - 1, 2); }) * many / (many - 1);
  const double third = mean_of(replications, [&](double x) { return std::pow(x / mean - 1, 3); });
  const double deviation = std::sqrt(variance);
  // Hall's g(t) = t + c t^2 / 3 + c^2 t^3 / 27 + c / 6n is as good as symmetric; this is t for a given g.
  const double skewness = deviation > 0 ? third / (deviation * variance) : 0;
  const auto back = [&](double g) {
    const double t = g / std::sqrt(many);
    if (std::abs(skewness) < 1e-6) return t;
    return 3 / skewness * (std::cbrt(1 + skewness * (t - skewness / (6 * many))) - 1);
  };
  const double quantile = boost::math::quantile(boost::math::complement(boost::math::students_t(many - 1), (1 - level) / 2));
  constexpr double kRounding = 1e-12;  // of what was added up
  const double low = 1 - deviation * back(quantile) - kRounding, high = 1 - deviation * back(-quantile) + kRounding;
  return {std::clamp(mean * low, 0.0, 1.0), std::clamp(mean * high, 0.0, 1.0)};
}

RareOdds told_of(std::span<const double> replications) {
  RareOdds odds;
  odds.replications = static_cast<std::uint32_t>(replications.size());
  odds.saw = static_cast<std::uint32_t>(std::count_if(replications.begin(), replications.end(), [](double x) { return x > 0; }));
  if (replications.size() < 2) return odds;
  odds.mean = mean_of(replications, [](double x) { return x; });
  if (2 * odds.saw >= odds.replications) odds.interval = mean_interval(replications);
  return odds;
}

}  // namespace commitlab
