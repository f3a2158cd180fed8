// For tests: the binomial distribution, summed term by term, and how often an interval may miss.
#pragma once

#include <array>
#include <cmath>

#include "checker/interval.hpp"

namespace commitlab {

/// The chance of exactly these successes. Accurate to about 10^-11 for up to 10^6 runs.
inline long double chance_of(Tally tally, long double p) {
  const auto n = static_cast<long double>(tally.runs), k = static_cast<long double>(tally.successes);
  if (p == 0) return k == 0 ? 1 : 0;
  if (p == 1) return k == n ? 1 : 0;
  return std::exp(std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1) + k * std::log(p) + (n - k) * std::log1p(-p));
}

inline long double chance_of_at_least(Tally tally, long double p) {
  long double sum = 0, term = chance_of(tally, p);
  for (; term > 0 && tally.successes < tally.runs; ++tally.successes) {
    sum += term;
    const auto n = static_cast<long double>(tally.runs), k = static_cast<long double>(tally.successes);
    term *= (n - k) / (k + 1) * p / (1 - p);
    if (term < sum * 1e-20L) return sum;
  }
  return sum + term;
}

/// So many of these experiments may miss: more, if each misses with 5 % at most, have odds below one in a thousand.
inline std::uint64_t most_misses(std::uint64_t experiments) {
  std::uint64_t most = 0;
  while (chance_of_at_least({.successes = most + 1, .runs = experiments}, 0.05L) >= 1e-3L) ++most;
  return most;
}

/// Chances, in thousandths, from hardly ever to nearly always.
inline constexpr std::array kTrueValues = {1u, 3u, 10u, 30u, 100u, 270u, 500u, 729u, 900u, 985u, 997u, 999u};

}  // namespace commitlab
