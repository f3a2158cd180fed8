// Bounds of one part of what a verb does, such as the exact chances of an estimate: the verb's, and what the part may take of them.
#pragma once

#include <algorithm>

#include "checker/bounds.hpp"

namespace commitlab {

inline constexpr double kSecondsOfAPart = 60;  ///< Unless the verb has a limit of its own.

/// Of a part that begins now. Where the verb has no time limit, the part has one of so many seconds. What parts before it have freed, it
/// may take again.
inline Bounds part_of_verb(Limits limits, double seconds = kSecondsOfAPart) {
  if (limits.seconds == std::numeric_limits<double>::infinity()) limits.seconds = Bounds(limits).seconds() + seconds;
  return Bounds(limits);
}

/// Where there may be none.
inline bool reached(Bounds* bounds, std::uint64_t work = 1) { return bounds != nullptr && bounds->reached(work); }

}  // namespace commitlab
