#include "checker/looks.hpp"

#include <algorithm>
#include <cassert>

#include "checker/interval.hpp"

namespace commitlab {
namespace {

constexpr double kError = 0.05;

double width_of(Tally tally, double level) {
  const Interval interval = clopper_pearson(tally, level);
  return interval.high - interval.low;
}

/// The least number of runs for which `enough` is true, and for all greater ones; at most `most`.
std::uint64_t least(std::uint64_t most, auto&& enough) {
  std::uint64_t low = 1, high = most;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (enough(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

}  // namespace

Looks one_look(std::uint64_t runs) { return {.at = {runs}, .level = 1 - kError}; }

Looks looks_for(double width, std::uint64_t most) {
  assert(width > 0 && width < 1 && most >= 1 && most <= kTallyRunsMost);
  // More looks are each surer and so come later: tried from few to many, until so many are enough.
  for (std::size_t many = 1;; ++many) {
    Looks looks{.at = {}, .level = 1 - kError / static_cast<double>(many)};
    // The interval of what happens in half of the runs is the widest.
    const std::uint64_t first = least(most, [&](std::uint64_t runs) { return width_of({0, runs}, looks.level) <= width; });
    const std::uint64_t half = least(std::max<std::uint64_t>(most / 2, 1), [&](std::uint64_t runs) { return width_of({runs, 2 * runs}, looks.level) <= width; });
    const std::uint64_t last = 2 * half + 1 >= most ? most : 2 * half;
    for (std::uint64_t at = first; at < last; at *= 2) looks.at.push_back(at);
    looks.at.push_back(last);
    if (looks.at.size() <= many) return looks;
  }
}

}  // namespace commitlab
