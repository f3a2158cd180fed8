// A run as a file, read back: the scenario, what happened step by step, and what every node was then. Written by reports/trace_json.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/property.hpp"
#include "scenarios/decode.hpp"
#include "scenarios/json_text.hpp"
#include "scenarios/play.hpp"
#include "sim/trace.hpp"

namespace commitlab {

struct TraceFile {
  Scenario scenario{};
  std::string weaken{};               // empty: the protocol as it is
  bool timed = false;                 // simulated: its times are kept, and its faults are what happened in it
  bool copies = false;                // of a run that is not timed: see Faults::copies
  Trace trace{};                      // its lines without `parts`
  std::vector<std::string> labels{};  // [line]: as in a play, which told() must say again
  std::vector<std::vector<std::int64_t>> effect_times{};       // [line][effect]; empty: all at once
  std::vector<std::pair<std::string, Status>> verdict{};       // by the names of properties
  std::vector<Position> places{};     // [line]: in the file, of the label

  /// The play that makes the run again; its question is the scenario. Its lines have the numbers of the steps, from 1.
  Play play() const;
};

/// Is it a trace, or something that was meant to be one?
bool looks_like_trace(std::string_view text);

/// Reads a trace strictly: unknown keys, names and kinds that there are not, and what does not fit together (E1902) are errors, and so is
/// a scenario that has changed since it was written (E1901). `file` is named in them.
std::optional<TraceFile> decode_trace(std::string_view text, std::string_view file, std::span<const ProtocolFacts> protocols, Diagnostics& findings);

/// The keys of each kind of object in a trace but those of the scenario, by JSON pointer with * for any index.
std::vector<ObjectKeys> accepted_trace_keys();

}  // namespace commitlab
