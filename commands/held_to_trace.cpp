#include "commands/held_to_trace.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

/// What was recorded and what happens now, in words, where they differ.
struct Difference {
  std::string written{}, happens{};

  bool any() const { return written != happens; }
  void add(const std::string& what, const std::string& recorded, const std::string& now) {
    if (recorded == now) return;
    written += (written.empty() ? "" : ", ") + what + " " + recorded;
    happens += (happens.empty() ? "" : ", ") + what + " " + now;
  }
};

std::string shown(const std::string& words) { return words.empty() ? "-" : words; }

std::string log_words(const NodeView& view) {
  std::string words;
  for (const auto& record : view.log) words += (words.empty() ? "" : " ") + record;
  return shown(words);
}

Difference difference(const NodeView& recorded, const NodeView& now) {
  const auto yes_or_no = [](bool is) { return is ? "yes" : "no"; };
  Difference found;
  found.add("up", yes_or_no(recorded.up), yes_or_no(now.up));
  found.add("in doubt", yes_or_no(recorded.in_doubt), yes_or_no(now.in_doubt));
  found.add("state", shown(recorded.state), shown(now.state));
  found.add("log", log_words(recorded), log_words(now));
  found.add("decided", shown(recorded.decided), shown(now.decided));
  return found;
}

Difference difference(const Trace::Line& recorded, const Trace::Line& now) {
  Difference found;
  found.add("kind", std::string(name_of(recorded.event)), std::string(name_of(now.event)));
  if (!now.network) found.add("node", std::to_string(recorded.node), std::to_string(now.node));
  if (!now.network) found.add("transaction", std::to_string(recorded.transaction + 1), std::to_string(now.transaction + 1));
  found.add("peer", std::to_string(recorded.peer), std::to_string(now.peer));
  const bool of_message = now.event == Event::deliver || now.event == Event::miss || now.event == Event::lose;
  found.add("message", shown(recorded.word), shown(of_message ? now.word : ""));
  return found;
}

Difference of_whom(Difference found, const std::string& whom) {
  if (!found.any()) return found;
  return {whom + ": " + found.written, whom + ": " + found.happens};
}

Difference difference_at(const TraceFile& recorded, const Trace& now, std::size_t i) {
  if (const std::string words = told(now.lines[i]); words != recorded.labels[i]) return {recorded.labels[i], words};
  if (const Difference found = difference(recorded.trace.lines[i], now.lines[i]); found.any()) return found;
  if (now.lines[i].network) return {};
  return of_whom(difference(recorded.trace.lines[i].after, now.lines[i].after), subject(now.lines[i], now.names) + " afterwards");
}

Difference difference_at_end(const TraceFile& recorded, const Replayed& again) {
  const auto& [written, now] = std::pair<const std::vector<NodeView>&, const std::vector<NodeView>&>(recorded.trace.end, again.trace.end);
  const std::size_t transactions = std::max<std::size_t>(recorded.trace.votes.size(), 1);
  for (std::size_t i = 0; i < std::min(written.size(), now.size()); ++i) {
    std::string whom = again.trace.names[i / transactions];
    if (transactions > 1) whom += " #" + std::to_string(i % transactions + 1);
    if (const Difference found = of_whom(difference(written[i], now[i]), whom + " in the end"); found.any()) return found;
  }
  Difference verdict;
  for (const auto& judged : recorded.verdict) {
    const auto found = std::find_if(again.findings.begin(), again.findings.end(), [&](const Finding& finding) { return finding.name == judged.first; });
    verdict.add(judged.first, std::string(name_of(judged.second)), found == again.findings.end() ? "not asked" : std::string(name_of(found->status)));
  }
  return verdict;
}

void differ(Replayed& again, std::size_t step, Difference found) {
  again.outcome = Replayed::Outcome::differs;
  again.line = static_cast<int>(step);
  again.written = std::move(found.written);
  again.happens = std::move(found.happens);
  again.possible.clear();
}

void keep_times(const TraceFile& recorded, Trace& now) {
  for (std::size_t i = 0; i < std::min(recorded.trace.lines.size(), now.lines.size()); ++i) {
    auto& line = now.lines[i];
    line.at_ns = recorded.trace.lines[i].at_ns;
    line.stopped_ns = recorded.trace.lines[i].stopped_ns;
    const auto& times = recorded.effect_times[i];
    for (std::size_t k = 0; k < line.parts.size(); ++k) line.parts[k].at_ns = times.size() == line.parts.size() ? times[k] : line.at_ns;
  }
}

}  // namespace

void hold_to(const TraceFile& recorded, Replayed& again) {
  if (recorded.timed) {
    keep_times(recorded, again.trace);
    again.trace.begin = recorded.trace.begin;
  }
  for (std::size_t i = 0; i < std::min(again.trace.lines.size(), recorded.labels.size()); ++i)
    if (Difference found = difference_at(recorded, again.trace, i); found.any()) return differ(again, i + 1, std::move(found));
  if (again.outcome != Replayed::Outcome::same) return;
  if (Difference found = difference_at_end(recorded, again); found.any()) differ(again, 0, std::move(found));
}

}  // namespace commitlab
