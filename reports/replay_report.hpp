// A play made again, told.
#pragma once

#include <string>

#include "checker/replayed.hpp"
#include "reports/about.hpp"

namespace commitlab {

/// `path` is that of the play.
std::string replay_text(const About& about, const std::string& path, const Replayed& replayed, const Style& style);
std::string replay_json(const About& about, const std::string& path, const Replayed& replayed, int exit_code);

/// The run of the play alone, as a table: for `show`.
std::string shown_text(const About& about, const Replayed& replayed, const Style& style);

}  // namespace commitlab
