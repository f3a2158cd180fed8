#include "checker/doubt.hpp"

#include <algorithm>

#include "checker/rational.hpp"

namespace commitlab {

__extension__ using Wide = unsigned __int128;

Durations durations(std::vector<Observed>& observed) {
  Durations all{.count = observed.size()};
  if (observed.empty()) return all;
  std::sort(observed.begin(), observed.end(), [](const Observed& a, const Observed& b) { return a.time < b.time; });
  const auto first_cut = std::find_if(observed.begin(), observed.end(), [](const Observed& one) { return one.cut; });
  all.cut = static_cast<std::uint64_t>(std::count_if(first_cut, observed.end(), [](const Observed& one) { return one.cut; }));

  // What was cut lasted longer than it says, so a quantile that is not below the first of those may be larger.
  const auto quantile = [&](std::uint64_t hundredths) -> Lasted {
    const auto rank = static_cast<std::size_t>((Wide{observed.size()} * hundredths + 99) / 100);
    const Nanoseconds time = observed[rank - 1].time;
    return {time, first_cut != observed.end() && first_cut->time <= time};
  };
  all.median = quantile(50), all.p90 = quantile(90), all.p99 = quantile(99), all.longest = quantile(100);
  Wide sum = 0;
  for (const Observed& one : observed) sum += static_cast<Wide>(one.time);
  const Wide count = observed.size();
  all.mean = {static_cast<Nanoseconds>((2 * sum + count) / (2 * count)), all.cut > 0};
  return all;
}

HowMany how_many(std::span<const std::uint64_t> runs) {
  HowMany found;
  for (std::size_t k = 0; k < runs.size(); ++k) found.runs += runs[k], found.sum += k * runs[k];
  const std::size_t most = runs.size() - 1;
  if (found.runs == 0) return {.high = static_cast<double>(most), .any = {0, 1}};
  std::uint64_t at_least = 0;
  for (std::size_t k = most; k >= 1; --k) {
    at_least += runs[k];
    const Interval chance = clopper_pearson({at_least, found.runs}, 1 - 0.05 / static_cast<double>(most));
    found.low += chance.low, found.high += chance.high;
  }
  found.runs_with = at_least;
  found.any = clopper_pearson({at_least, found.runs});
  return found;
}

std::string expected_text(const HowMany& how_many) {
  const Rational low = exact_rational(how_many.low), high = exact_rational(how_many.high);
  const int decimals = low == high ? 0 : std::max(0, 1 - decimal_exponent(high - low));
  const auto text = [&](const Rational& number, Rounding rounding) {
    return number.denominator() == 1 ? exact_text(number) : fixed_text(number, decimals, rounding);
  };
  return "[" + text(low, Rounding::down) + ", " + text(high, Rounding::up) + "]";
}

}  // namespace commitlab
