// A run as text: its lines numbered or timed, and what every node is in the end.
#pragma once

#include <string>

#include "checker/verdict.hpp"
#include "reports/style.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// "A shortest run that breaks AC1"; where nothing can end any more, the run goes on until somebody is in doubt, and then until
/// only those are left undecided who never can.
std::string witness_title(const Finding& finding);

/// What a line is to its reader: what goes wrong is `unsure`, a decision `strong`.
Ink ink_of(const Trace::Line& line);

/// "prepared, in doubt", "down".
std::string is_text(const NodeView& view, const std::vector<std::string>& names);
/// "prepared commit?", "-".
std::string log_text(const NodeView& view, const std::vector<std::string>& names);

/// Who votes what: a line for each transaction.
std::string votes_lines(const Trace& trace, const Style& style);

/// One numbered line for each step: "  3  alice  deliver prepare from coordinator; force prepared; send yes to coordinator".
std::string numbered_lines(const Trace& trace, const Style& style);
/// Only those from line `first` on and before `last`, both counted from 0; their numbers are those that they have in the whole run.
std::string numbered_lines(const Trace& trace, const Style& style, std::size_t first, std::size_t last);

enum class Clock : std::uint8_t { virtual_time, step_number };

/// A table with headings: when, node, what happened, its effects; when `verbose`, also what the node is afterwards.
std::string run_table(const Trace& trace, Clock clock, const Style& style);

/// A table with headings: node, what it is, what it decided, its log.
std::string end_table(const Trace& trace, const Style& style);

}  // namespace commitlab
