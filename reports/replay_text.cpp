#include <algorithm>
#include <utility>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/replay_report.hpp"
#include "reports/told_run.hpp"
#include "reports/verdict_report.hpp"
#include "reports/why.hpp"

namespace commitlab {

// "line 3" of a play, "step 3" of a trace, or its end.
static std::string place_of(const Written& written, const Replayed& replayed) {
  if (written.as == Written::As::play) return "line " + std::to_string(replayed.line);
  return replayed.line == 0 ? "the end" : "step " + std::to_string(replayed.line);
}

static Cell outcome_cell(const Written& written, const Replayed& replayed) {
  const std::string place = place_of(written, replayed), as_written = written.as == Written::As::play ? "written" : "recorded";
  switch (replayed.outcome) {
    case Replayed::Outcome::same: return {"the same: all " + counted(replayed.trace.lines.size(), "step", "steps") + " happen as " + as_written + ", and the end is as " + as_written, Ink::good};
    case Replayed::Outcome::differs: return {"differs: " + place + " happens otherwise than it is " + as_written, Ink::bad};
    case Replayed::Outcome::impossible: return {"impossible: " + place + " cannot happen", Ink::bad};
    case Replayed::Outcome::ambiguous: return {"ambiguous: " + place + " fits several things that can happen", Ink::bad};
  }
  return {};
}

// The written line beside what happens, part by part, marked where they differ.
static std::string difference(const Written& written, const Replayed& replayed, const std::vector<std::string>& names, const Style& style) {
  Table table;
  table.add({{written.as == Written::As::play ? "written" : "recorded", Ink::faint}, {play_line_by_name(replayed.written, names)}});
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

std::string replay_text(const About& about, const Written& written, const Replayed& replayed, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) {
    text += heading(about, style) + "\n" + votes_lines(replayed.trace, style) + numbered_lines(replayed.trace, style);
    text += end_table(replayed.trace, style) + "\n";
    if (replayed.outcome == Replayed::Outcome::same) text += findings_table(replayed.findings, style) + causes(replayed, style) + "\n";
  }
  if (replayed.outcome == Replayed::Outcome::differs) text += difference(written, replayed, about.names, style) + "\n";
  Table table{.indent = 0};
  table.add({{"replay", Ink::faint}, outcome_cell(written, replayed)});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    table.add({{"faults", Ink::faint}, {faults_text(about.faults, about.names)}});
    table.add({{"timing", Ink::faint}, {timing_text(about.faults)}});
    table.add({{written.as == Written::As::play ? "play" : "trace", Ink::faint}, {written.path, Ink::plain, true}});
    table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  }
  return text + text_of(table, style);
}

std::string shown_text(const About& about, const Written& written, const Replayed& replayed, const Style& style) {
  std::string text;
  if (style.detail != Detail::quiet) text += heading(about, style) + "\n" + votes_lines(replayed.trace, style) + "\n";
  text += run_table(replayed.trace, written.as == Written::As::timed_trace ? Clock::virtual_time : Clock::step_number, style);
  if (style.detail != Detail::quiet) text += "\n" + end_table(replayed.trace, style) + "\n" + findings_table(replayed.findings, style) + causes(replayed, style);
  if (replayed.outcome == Replayed::Outcome::differs) text += "\n" + text_of(Table{.rows = {{{"note", Ink::unsure}, outcome_cell(written, replayed)}}, .indent = 0}, style);
  return text;
}

}  // namespace commitlab
