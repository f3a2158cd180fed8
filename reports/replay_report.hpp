// A play or a trace made again, told.
#pragma once

#include <cstdint>
#include <string>

#include "checker/replayed.hpp"
#include "reports/about.hpp"

namespace commitlab {

/// What was made again, and where it stands. The steps of a trace are numbered, of a play the lines of the file; times are of a simulated run.
struct Written {
  enum class As : std::uint8_t { play, trace, timed_trace };
  As as = As::play;
  std::string path{};
};

std::string replay_text(const About& about, const Written& written, const Replayed& replayed, const Style& style);
std::string replay_json(const About& about, const Written& written, const Replayed& replayed, int exit_code);

/// The run alone, as a table: for `show`.
std::string shown_text(const About& about, const Written& written, const Replayed& replayed, const Style& style);

}  // namespace commitlab
