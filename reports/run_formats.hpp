// One run in the formats of other tools: pictures for documents, viewers of traces, tables.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/space_time.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// What `show --format` writes. `trace` is our own; see reports/trace_json.hpp.
enum class RunFormat : std::uint8_t { trace, itf, shiviz, mermaid, dot, chrome, plantuml, ndjson, csv };

/// A run as formats have it.
struct TracedRun {
  Trace trace{};
  SpaceTime parts{};                // of that trace
  std::string title{};
  bool timed = false;               // its lines have virtual times; otherwise they are only counted
  std::vector<Finding> findings{};  // the properties that were asked, where it ends
};

/// The run in any format but `trace`, as a text that ends in a newline. Names and titles may be anything at all: what could command a
/// terminal is shown as "?" (see printable()), and what means something in the format is escaped as it has it.
std::string text_in(RunFormat format, const TracedRun& run);

/// Informal Trace Format (Apalache, ADR-015): a state for the beginning and one behind each line, with the maps `up`, `in_doubt`, `state`,
/// `log` and `decided` over nodes, or over pairs of a node and a transaction if there are several, and `net`, how often each message
/// (from, to, word) is under way. `mbt::actionTaken` is the kind of the line, and `action` of "#meta" its words.
std::string itf_text(const TracedRun& run);

/// A log for ShiViz: its regular expression, an empty line, then two lines for each event, with its vector clock. What happens to the
/// network, and messages that vanish, are no events of a host; what becomes of a message is said where it is sent.
std::string shiviz_text(const TracedRun& run);

/// A sequence diagram. Each message is an arrow where it arrives or vanishes. Of Mermaid's, no more than kMostMermaidItems arrows and
/// notes are shown, and the last note says how many there are: pages on which it is shown refuse long ones.
inline constexpr std::size_t kMostMermaidItems = 200;
std::string mermaid_text(const TracedRun& run);
std::string plantuml_text(const TracedRun& run);

/// The space-time graph for Graphviz: a column for each node (as in Alvaro et al., "Lineage-driven fault injection", 2015), a box for each
/// line, an edge for each message. Past kMostDotBoxes boxes the rest is one box that says how much it stands for.
inline constexpr std::size_t kMostDotBoxes = 250;
std::string dot_text(const TracedRun& run);

/// A trace for Perfetto and chrome://tracing (Trace Event Format, JSON). Each node has a thread for what it does, in which slices of forced
/// writes nest, and one for each transaction with what it is; arrows are messages that arrive, and instants those that do not. Without
/// virtual times each line takes a millisecond.
std::string chrome_text(const TracedRun& run);

/// A row for each line, each of its effects, and each addressee of a broadcast; csv as RFC 4180 has it, with CRLF and a head.
std::string ndjson_text(const TracedRun& run);
std::string csv_text(const TracedRun& run);

}  // namespace commitlab
