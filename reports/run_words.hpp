// What several formats of a run say alike: names, messages and what becomes of them.
#pragma once

#include <string>
#include <vector>

#include "reports/run_formats.hpp"

namespace commitlab {

/// "alice"; harmless, whatever the name.
std::string node_words(const Trace& trace, int node);

/// "prepare", and of several transactions "prepare#2".
std::string message_words(const Trace& trace, const SpaceTime::Message& message);

/// What became of a message that was not delivered: "lost", "alice is down". Nothing of one that was.
std::string fate_words(const Trace& trace, const SpaceTime::Message& message);

/// "deliver prepare from coordinator", "start".
std::string event_words(const Trace& trace, const Trace::Line& line);

/// "force prepared", "send yes to coordinator".
std::string effect_words(const Trace& trace, const Trace::Line& line, std::size_t effect);

/// "AC1 is violated: alice aborted, bob committed", one for each property that is.
std::vector<std::string> violations(const TracedRun& run);

/// Does the line tell only what becomes of a message: that it is lost, or missed by a node that is down?
bool is_end_of_message(const Trace::Line& line);

/// Which messages each effect sends: [line][effect], in the order of their addressees.
using Sendings = std::vector<std::vector<std::vector<std::size_t>>>;
Sendings sendings_of(const TracedRun& run);

/// Messages that end without an arrival, at the line where they do: [line], and behind the last line those that are still under way.
std::vector<std::vector<std::size_t>> vanishing_of(const TracedRun& run);

}  // namespace commitlab
