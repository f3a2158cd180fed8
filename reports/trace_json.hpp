// Our own format of a run, commitlab-trace/1, from which it can be made again and compared; its JSON Schema is scenarios/trace.schema.json.
#pragma once

#include <cstdint>
#include <string>

#include "reports/run_formats.hpp"

namespace commitlab {

inline constexpr std::string_view kTraceSchema = "commitlab-trace/1";

/// What a trace says of the question that was asked, beside the run.
struct TraceQuestion {
  std::string scenario{};       // its canonical text
  std::string scenario_name{};  // empty: none
  std::string digest{};         // of the text
  std::string weaken{};         // "participant:unforced:prepared"; empty: the protocol as it is
  std::uint64_t seed = 0;
};

/// One JSON document in printable ASCII, with a line for each event. What a node is stands in `begin` and `end` whole, and in an event
/// only as far as it is otherwise than before; a node of which `begin` says nothing is up and has neither state nor log.
std::string trace_json(const TracedRun& run, const TraceQuestion& question);

}  // namespace commitlab
