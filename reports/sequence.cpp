#include "reports/sequence.hpp"

#include "reports/numbers.hpp"
#include "reports/run_words.hpp"

namespace commitlab {
namespace {

using What = Trace::Effect::What;

std::string with_time(const TracedRun& run, const std::string& text, std::int64_t at_ns) { return run.timed ? text + ", " + milliseconds(at_ns) + " ms" : text; }

SequenceItem arrow(const TracedRun& run, std::size_t m) {
  const auto& message = run.parts.messages[m];
  const std::string fate = fate_words(run.trace, message);
  SequenceItem item{.what = SequenceItem::What::arrow, .from = message.from, .to = message.to};
  item.arrives = message.fate == SpaceTime::Fate::delivered;
  item.under_way = message.fate == SpaceTime::Fate::under_way;
  const std::string copy = message.copy_of ? "copy of " : "";
  item.text = with_time(run, copy + message_words(run.trace, message) + (fate.empty() ? "" : " (" + fate + ")"), message.ended.at_ns);
  return item;
}

/// What a node does in a line, but for what has an arrow or is only about its timer.
std::string deeds(const Trace& trace, const Trace::Line& line) {
  std::string words;
  for (std::size_t k = 0; k < line.parts.size(); ++k) {
    const What what = line.parts[k].what;
    if (what == What::send || what == What::arm || what == What::disarm) continue;
    words += (words.empty() ? "" : ", ") + effect_words(trace, line, k);
  }
  return words;
}

}  // namespace

std::vector<SequenceItem> sequence_of(const TracedRun& run) {
  const Trace& trace = run.trace;
  const auto vanishing = vanishing_of(run);
  std::vector<SequenceItem> items;
  for (std::size_t i = 0; i < trace.lines.size(); ++i) {
    const auto& line = trace.lines[i];
    const auto& arrival = run.parts.message_of[i];
    std::string note = deeds(trace, line);
    if (arrival) items.push_back(arrow(run, *arrival));
    else note = event_words(trace, line) + (note.empty() ? "" : ", ") + note;
    if (!note.empty()) items.push_back({.from = line.network ? SequenceItem::kAll : line.node, .text = with_time(run, note, line.at_ns)});
    for (const std::size_t m : vanishing[i]) items.push_back(arrow(run, m));
  }
  for (const std::size_t m : vanishing.back()) items.push_back(arrow(run, m));
  return items;
}

}  // namespace commitlab
