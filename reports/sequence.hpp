// A run as a sequence diagram has it: arrows and notes, one under the other.
#pragma once

#include <string>
#include <vector>

#include "reports/run_formats.hpp"

namespace commitlab {

struct SequenceItem {
  static constexpr int kAll = -1;
  enum class What : std::uint8_t { note, arrow };
  What what{};
  int from = kAll;  // note: over whom, or over all
  int to = kAll;    // arrow
  bool arrives = true, under_way = false;  // arrow
  std::string text{};
};

/// Each message is an arrow at the place where it arrives or vanishes; an arrow behind the end is still under way. What else happens to a
/// node and what it does, but for its sendings and timers, is a note.
std::vector<SequenceItem> sequence_of(const TracedRun& run);

}  // namespace commitlab
