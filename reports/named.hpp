// Names instead of numbers, for the nodes in the words of a run.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/trace.hpp"

namespace commitlab {

/// "deliver prepare from coordinator", for "deliver prepare from 0": numbers behind `from`, `to`, `suspect` and `partition`,
/// in sets, and in fields that hold a node: "aborted(coordinator=p1)". Other numbers are ticks, records or transactions.
std::string with_names(std::string_view words, const std::vector<std::string>& names);

/// The same for a whole line of a play, which begins with a node, or for its end: "alice timeout; force abort".
std::string play_line_by_name(std::string_view line, const std::vector<std::string>& names);

/// Who or what a line is about: "alice", or "network".
std::string subject(const Trace::Line& line, const std::vector<std::string>& names);

/// "deliver prepare from coordinator; force prepared; send yes to coordinator".
std::string told_by_name(const Trace::Line& line, const std::vector<std::string>& names);

/// Effects alone, joined by "; ".
std::string effects_by_name(const Trace::Line& line, const std::vector<std::string>& names);

/// "alice votes no, the others yes", from the words "no yes yes".
std::string votes_by_name(std::string_view votes, const std::vector<std::string>& names);

/// "a, b and c".
std::string enumerated(const std::vector<std::string>& words);

/// "3 participants + coordinator", for the names of all nodes.
std::string participants_text(const std::vector<std::string>& names);

}  // namespace commitlab
