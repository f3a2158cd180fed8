#include "reports/told_run.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/table.hpp"

namespace commitlab {

static bool goes_wrong(const std::string& words) {
  return words.starts_with("crash") || words.starts_with("lose") || words.starts_with("miss") || words.starts_with("partition") ||
         words.starts_with("early") || words.starts_with("falsely") || words.find("without log") != words.npos;
}

Ink ink_of(const Trace::Line& line) {
  const bool wrong = goes_wrong(line.happened) || (!line.effects.empty() && goes_wrong(line.effects.back()));
  if (wrong) return Ink::unsure;
  for (const auto& effect : line.effects)
    if (effect.starts_with("decide ")) return Ink::strong;
  return Ink::plain;
}

std::string witness_title(const Finding& finding) {
  const bool waits = finding.property == Property::NB || finding.property == Property::AC5;
  const auto in_doubt = [](const NodeView& node) { return node.in_doubt; };
  const bool doubt = finding.witness && std::any_of(finding.witness->end.begin(), finding.witness->end.end(), in_doubt);
  const std::string shows = finding.never && finding.never->shown_by > 0 ? ", then who never decides" : "";
  return (waits && doubt ? "A shortest run to somebody in doubt that breaks " : "A shortest run that breaks ") + finding.name + shows;
}

std::string votes_lines(const Trace& trace, const Style& style) {
  Table table;
  for (std::size_t t = 0; t < trace.votes.size(); ++t) {
    const std::string which = trace.votes.size() > 1 ? "votes #" + std::to_string(t + 1) : "votes";
    table.add({{which, Ink::faint}, {votes_by_name(trace.votes[t], trace.names)}});
  }
  return text_of(table, style);
}

std::string numbered_lines(const Trace& trace, const Style& style) { return numbered_lines(trace, style, 0, trace.lines.size()); }

std::string numbered_lines(const Trace& trace, const Style& style, std::size_t first, std::size_t last) {
  Table table{.sides = {Table::Side::right}, .indent = 4, .keeps_effects = true};
  for (std::size_t i = first; i < std::min(last, trace.lines.size()); ++i) {
    const Trace::Line& line = trace.lines[i];
    table.add({{std::to_string(i + 1), Ink::faint}, {subject(line, trace.names)}, {told_by_name(line, trace.names), ink_of(line)}});
  }
  return text_of(table, style);
}

std::string is_text(const NodeView& view, const std::vector<std::string>& names) {
  if (!view.up) return "down";
  const std::string state = view.state.empty() ? "up" : with_names(view.state, names);
  return state + (view.in_doubt ? ", in doubt" : "");
}

std::string log_text(const NodeView& view, const std::vector<std::string>& names) {
  std::string log;
  for (const auto& record : view.log) log += (log.empty() ? "" : " ") + with_names(record, names);
  return log.empty() ? "-" : log;
}

static std::string decided_text(const NodeView& view) { return view.decided.empty() ? "-" : view.decided; }

std::string run_table(const Trace& trace, Clock clock, const Style& style) {
  const bool verbose = style.detail == Detail::verbose;
  Table table{.sides = {Table::Side::right}, .keeps_effects = true};
  std::vector<Cell> headings = {{clock == Clock::virtual_time ? "time, ms" : "step"}, {"node"}, {"what happens"}};
  headings.push_back({verbose ? "what it does, and what it is now" : "what it does"});
  for (auto& cell : headings) cell.ink = Ink::faint;
  table.add(std::move(headings));
  std::size_t number = 0;
  for (const auto& line : trace.lines) {
    ++number;
    const std::string when = clock == Clock::virtual_time ? milliseconds(line.at_ns) : std::to_string(number);
    std::vector<Cell> row = {{when, Ink::faint}, {subject(line, trace.names)}, {with_names(line.happened, trace.names), ink_of(line)}};
    std::string effects = effects_by_name(line, trace.names);
    if (verbose && !line.network) effects += (effects.empty() ? "now " : "; now ") + is_text(line.after, trace.names);
    row.push_back({std::move(effects), ink_of(line)});
    table.add(std::move(row));
  }
  return text_of(table, style);
}

std::string end_table(const Trace& trace, const Style& style) {
  Table table;
  table.add({{"in the end", Ink::faint}, {"is", Ink::faint}, {"decided", Ink::faint}, {"log (? = not yet on disk)", Ink::faint}});
  const auto transactions = static_cast<std::size_t>(trace.transactions);
  bool unforced = false;
  for (std::size_t i = 0; i < trace.end.size() && transactions > 0; ++i) {
    const std::size_t node = i / transactions;
    std::string name = node < trace.names.size() ? trace.names[node] : std::to_string(node);
    if (transactions > 1) name += " #" + std::to_string(i % transactions + 1);
    const NodeView& view = trace.end[i];
    const Ink ink = !view.up || view.in_doubt ? Ink::unsure : Ink::plain;
    for (const auto& record : view.log) unforced = unforced || record.ends_with('?');
    table.add({{name}, {is_text(view, trace.names), ink}, {decided_text(view)}, {log_text(view, trace.names)}});
  }
  if (!unforced) table.rows.front().back().text = "log";
  return text_of(table, style);
}

}  // namespace commitlab
