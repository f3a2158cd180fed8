// How far a search has come, on one line for who waits.
#pragma once

#include <cstdint>
#include <string>

#include "checker/progress.hpp"

namespace commitlab {

/// "12.3 M worlds, 1.9 M open, depth 17, 2.1 M worlds/s, 410.0 MB of 8.6 GB, about 210.0 M fit".
std::string progress_text(const Progress& progress);

/// "row 12 of 99, 34.00 s, about 4 min 5 s left": `done` of `all` rows in so many seconds, `before` more in an earlier call.
std::string progress_text(std::uint64_t before, std::uint64_t done, std::uint64_t all, double seconds);

}  // namespace commitlab
