// The limits of a verb: what all of its searches and other parts may take together.
#pragma once

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>

namespace commitlab {

/// Where all that a verb does began: its time and its memory are counted from there.
struct Beginning {
  std::chrono::steady_clock::time_point at{};
  std::uint64_t resident = 0;  // bytes of the process then; 0: nobody knows

  static Beginning now();
};

/// Past any of these a search stops, and is inconclusive. Worlds are of each search.
struct Limits {
  std::uint64_t worlds = 50'000'000;
  double seconds = std::numeric_limits<double>::infinity();
  std::uint64_t bytes = std::uint64_t{8} << 30;
  /// All that shares this shares one time and one memory. Nothing: whoever has these limits has them alone, from when it
  /// begins, and its memory is what it counts itself.
  std::optional<Beginning> began{};
};

}  // namespace commitlab
