#include "reports/run_words.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "reports/printable.hpp"

namespace commitlab {

std::string node_words(const Trace& trace, int node) {
  const auto place = static_cast<std::size_t>(node);
  return place < trace.names.size() ? printable(trace.names[place]) : std::to_string(node);
}

std::string message_words(const Trace& trace, const SpaceTime::Message& message) {
  const std::string word = printable(with_names(message.word, trace.names));
  return trace.transactions > 1 ? word + "#" + std::to_string(message.transaction + 1) : word;
}

std::string fate_words(const Trace& trace, const SpaceTime::Message& message) {
  switch (message.fate) {
    case SpaceTime::Fate::delivered: return "";
    case SpaceTime::Fate::missed: return node_words(trace, message.to) + " is down";
    case SpaceTime::Fate::lost: return "lost";
    case SpaceTime::Fate::severed: return "lost in the partition";
    case SpaceTime::Fate::stranded: return node_words(trace, message.to) + " has stopped";
    case SpaceTime::Fate::merged: return "an equal one is under way";
    case SpaceTime::Fate::under_way: return "still under way";
  }
  return "";
}

std::string event_words(const Trace& trace, const Trace::Line& line) { return printable(with_names(line.happened, trace.names)); }

std::string effect_words(const Trace& trace, const Trace::Line& line, std::size_t effect) { return printable(with_names(line.effects[effect], trace.names)); }

std::vector<std::string> violations(const TracedRun& run) {
  std::vector<std::string> list;
  for (const auto& finding : run.findings)
    if (finding.status == Status::violated) list.push_back(printable(finding.name + " is violated" + (finding.why.empty() ? "" : ": " + finding.why)));
  return list;
}

bool is_end_of_message(const Trace::Line& line) { return line.event == Event::lose || line.event == Event::miss; }

Sendings sendings_of(const TracedRun& run) {
  Sendings sendings(run.trace.lines.size());
  for (std::size_t i = 0; i < sendings.size(); ++i) sendings[i].resize(run.trace.lines[i].parts.size());
  for (std::size_t m = 0; m < run.parts.messages.size(); ++m) {
    const auto& message = run.parts.messages[m];
    if (!message.copy_of) sendings[message.sent.line][static_cast<std::size_t>(message.sent.effect)].push_back(m);
  }
  return sendings;
}

std::vector<std::vector<std::size_t>> vanishing_of(const TracedRun& run) {
  using Fate = SpaceTime::Fate;
  std::vector<std::vector<std::size_t>> vanishing(run.trace.lines.size() + 1);
  for (std::size_t m = 0; m < run.parts.messages.size(); ++m) {
    const auto& message = run.parts.messages[m];
    const bool has_line = message.fate == Fate::delivered || message.fate == Fate::missed || message.fate == Fate::lost;
    if (!has_line) vanishing[message.ended.line].push_back(m);
  }
  return vanishing;
}

}  // namespace commitlab
