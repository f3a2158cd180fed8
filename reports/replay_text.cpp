#include <algorithm>
#include <utility>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/replay_report.hpp"
#include "reports/told_run.hpp"
#include "reports/verdict_report.hpp"
#include "reports/why.hpp"

namespace commitlab {

static Cell outcome_cell(const Replayed& replayed) {
  const std::string line = "line " + std::to_string(replayed.line);
  switch (replayed.outcome) {
    case Replayed::Outcome::same: return {"the same: all " + counted(replayed.trace.lines.size(), "step", "steps") + " happen as written, and the end is as written", Ink::good};
    case Replayed::Outcome::differs: return {"differs: " + line + " happens otherwise than it is written", Ink::bad};
    case Replayed::Outcome::impossible: return {"impossible: " + line + " cannot happen", Ink::bad};
    case Replayed::Outcome::ambiguous: return {"ambiguous: " + line + " fits several things that can happen", Ink::bad};
  }
  return {};
}

// The written line beside what happens, part by part, marked where they differ.
static std::string difference(const Replayed& replayed, const std::vector<std::string>& names, const Style& style) {
  Table table;
  table.add({{"written", Ink::faint}, {play_line_by_name(replayed.written, names)}});
  table.add({{"happens", Ink::faint}, {play_line_by_name(replayed.happens, names), Ink::strong}});
  return text_of(table, style);
}

// Why each property is broken, once for all that have the same causes.
static std::string causes(const Replayed& replayed, const Style& style) {
  std::vector<std::pair<std::string, std::string>> told;  // of which properties, and why
  for (const auto& finding : replayed.findings) {
    const std::string why = why_text(finding, replayed.trace);
    const auto same = std::find_if(told.begin(), told.end(), [&](const auto& one) { return one.second == why; });
    if (why.empty()) continue;
    if (same == told.end()) told.emplace_back(finding.name, why);
    else same->first += ", " + finding.name;
  }
  Table table;
  for (const auto& [properties, why] : told) table.add({{told.size() > 1 ? "why " + properties : "why", Ink::faint}, {why}});
  return text_of(table, style);
}

std::string replay_text(const About& about, const std::string& path, const Replayed& replayed, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) {
    text += heading(about, style) + "\n" + votes_lines(replayed.trace, style) + numbered_lines(replayed.trace, style);
    text += end_table(replayed.trace, style) + "\n";
    if (replayed.outcome == Replayed::Outcome::same) text += findings_table(replayed.findings, style) + causes(replayed, style) + "\n";
  }
  if (replayed.outcome == Replayed::Outcome::differs) text += difference(replayed, about.names, style) + "\n";
  Table table{.indent = 0};
  table.add({{"replay", Ink::faint}, outcome_cell(replayed)});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    table.add({{"faults", Ink::faint}, {faults_text(about.faults, about.names)}});
    table.add({{"timing", Ink::faint}, {timing_text(about.faults)}});
    table.add({{"play", Ink::faint}, {path, Ink::plain, true}});
    table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  }
  return text + text_of(table, style);
}

std::string shown_text(const About& about, const Replayed& replayed, const Style& style) {
  std::string text;
  if (style.detail != Detail::quiet) text += heading(about, style) + "\n" + votes_lines(replayed.trace, style) + "\n";
  text += run_table(replayed.trace, Clock::step_number, style);
  if (style.detail != Detail::quiet) text += "\n" + end_table(replayed.trace, style) + "\n" + findings_table(replayed.findings, style) + causes(replayed, style);
  if (replayed.outcome == Replayed::Outcome::differs) text += "\n" + text_of(Table{.rows = {{{"note", Ink::unsure}, outcome_cell(replayed)}}, .indent = 0}, style);
  return text;
}

}  // namespace commitlab
