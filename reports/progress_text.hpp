// How far a search has come, on one line for who waits.
#pragma once

#include <string>

#include "checker/progress.hpp"

namespace commitlab {

/// "12.3 M worlds, 1.9 M open, depth 17, 2.1 M worlds/s, 410.0 MB of 8.6 GB, about 210.0 M fit".
std::string progress_text(const Progress& progress);

}  // namespace commitlab
