// Where a probability lies, judged from counted runs.
#pragma once

#include <cstdint>
#include <string>

namespace commitlab {

class Rational;

/// Probabilities from `low` to `high`, both ends included.
struct Interval {
  double low = 0, high = 1;

  bool contains(double probability) const { return low <= probability && probability <= high; }
};

/// How often it happened, and in how many runs.
struct Tally {
  std::uint64_t successes = 0, runs = 0;
};

inline constexpr std::uint64_t kTallyRunsMost = 1'000'000'000;

/// The two-sided interval of Clopper and Pearson (1934): whatever the true probability, it is inside at least `level` of the time,
/// also for few runs or none that failed. Needs successes <= runs, 1 <= runs <= 10^9 and 0 < level < 1.
Interval clopper_pearson(Tally tally, double level = 0.95);

/// Compared exactly, since a double is a rational number.
bool contains(const Interval& interval, const Rational& probability);

/// "[0.98472, 0.98538]": two significant digits of the width, rounded outwards, so that what is printed contains what is meant.
/// Only an end that is exactly 0 or 1 prints as "0" or "1"; one that is near gets the decimals to tell. Needs
/// 0 <= low <= high <= 1.
std::string text(const Interval& interval);
/// Its ends.
std::string low_text(const Interval& interval);
std::string high_text(const Interval& interval);

/// The same with powers of ten where all of it is tiny: "[3.1e-12, 3.4e-12]".
std::string scientific_text(const Interval& interval);

}  // namespace commitlab
