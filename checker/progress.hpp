// How far a search has come, in plain values, for who waits for it.
#pragma once

#include <cstdint>
#include <optional>

#include "checker/verdict.hpp"

namespace commitlab {

struct Progress {
  std::uint64_t worlds = 0;    // found so far
  std::uint64_t frontier = 0;  // of them those whose steps have not been taken
  std::uint64_t steps = 0;
  std::uint64_t depth = 0;     // the level whose steps are taken now
  double seconds = 0;          // of searching, also before a checkpoint
  double worlds_per_second = 0;  // since the last report
  std::uint64_t bytes = 0;     // held
  Limits limits{};
  /// How many worlds the memory limit allows if each takes what one takes now on average: by then the frontier is no
  /// smaller a part, and tables that double are as full as now. A rule of thumb.
  std::uint64_t worlds_that_fit = 0;
  /// How many worlds there are in all if levels go on shrinking as the last one did. Nothing while they grow: then nobody
  /// can know. A guess, for people who wait; it is often too low.
  std::optional<std::uint64_t> worlds_expected{};
};

/// If each level has as many worlds of the one before as `last` has of `before`, that many follow in all.
inline std::optional<std::uint64_t> worlds_to_follow(std::uint64_t last, std::uint64_t before) {
  if (last >= before) return std::nullopt;
  return static_cast<std::uint64_t>(static_cast<double>(last) * static_cast<double>(last) / static_cast<double>(before - last));
}

}  // namespace commitlab
