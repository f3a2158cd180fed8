#include "reports/progress_text.hpp"

#include <algorithm>

#include "reports/numbers.hpp"

namespace commitlab {

// "123,456", "12.3 M".
static std::string rounded(std::uint64_t number) { return number < 1'000'000 ? grouped(number) : fixed(static_cast<double>(number) / 1e6, 1) + " M"; }

std::string progress_text(const Progress& progress) {
  std::string text = rounded(progress.worlds) + " worlds, " + rounded(progress.frontier) + " open, depth " + grouped(progress.depth);
  text += ", " + rounded(static_cast<std::uint64_t>(progress.worlds_per_second)) + " worlds/s, " + size_text(progress.bytes) + " of " + size_text(progress.limits.bytes);
  return text + ", about " + rounded(progress.worlds_that_fit) + " fit";
}

std::string progress_text(std::uint64_t before, std::uint64_t done, std::uint64_t all, double seconds) {
  const std::uint64_t place = before + done;
  std::string text = "row " + grouped(std::min(place + 1, all)) + " of " + grouped(all) + ", " + duration(seconds);
  if (done > 0) text += ", about " + duration(seconds / static_cast<double>(done) * static_cast<double>(all - place)) + " left";
  return text;
}

}  // namespace commitlab
