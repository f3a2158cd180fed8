// When to look at counted runs, if they are to end as soon as the intervals are narrow enough.
#pragma once

#include <cstdint>
#include <vector>

namespace commitlab {

/// Numbers of runs at which the intervals are looked at, and the level of the intervals at each of them.
///
/// Who looks at intervals of 95 % again and again, and stops when he likes what he sees, is wrong more often than one time in twenty.
/// So the looks are fixed before the first run, by the width and the greatest number of runs alone, and they share the error of 5 %
/// alike: at each of m looks the interval is of Clopper and Pearson at a level of 1 - 0.05/m. The chance that any of them misses is
/// at most the sum, 5 % (Bonferroni's inequality), so it does not matter at which of them the runs end. Repeated looks at fixed
/// numbers: Pocock 1977, "Group sequential methods in the design and analysis of clinical trials".
struct Looks {
  std::vector<std::uint64_t> at{};  // ascending
  double level = 0.95;
};

/// One look, behind all runs, at least one.
Looks one_look(std::uint64_t runs);

/// Doubling numbers of runs, from the first at which the interval of what never happens is no wider than `width`, to that at which
/// none can be wider, or to `most` if that is less. Needs 0 < width < 1 and 1 <= most <= kTallyRunsMost.
Looks looks_for(double width, std::uint64_t most);

}  // namespace commitlab
