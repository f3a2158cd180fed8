// What was checked as a page: a row for each scenario, then what is wrong, then how many are as they should be.
#include <algorithm>
#include <functional>
#include <map>

#include "reports/checks_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/told_run.hpp"
#include "sim/names.hpp"

namespace commitlab {

static Ink ink_of(Judged::Result result) {
  switch (result) {
    case Judged::Result::skipped: return Ink::faint;
    case Judged::Result::passed: return Ink::good;
    case Judged::Result::inconclusive: return Ink::unsure;
    case Judged::Result::error:
    case Judged::Result::differs:
    case Judged::Result::violated:
    case Judged::Result::unexpected: return Ink::bad;
  }
  return Ink::plain;
}

// In a word or two: what became of all of it.
static std::string result_text(const Checked& checked) {
  switch (const auto result = result_of(checked)) {
    case Judged::Result::passed: return checked.replayed ? "the same" : checked.expectation.asked ? "as expected" : "holds";
    case Judged::Result::unexpected: return "not as expected";
    case Judged::Result::skipped:
    case Judged::Result::inconclusive:
    case Judged::Result::error:
    case Judged::Result::differs:
    case Judged::Result::violated: return std::string(name_of(result));
  }
  return "";
}

// "scenarios/" of "scenarios/a.json" and "scenarios/b.json": what all paths begin with, up to a slash.
static std::string folder_of_all(const std::vector<Checked>& all) {
  if (all.empty()) return "";
  std::string common = all.front().path;
  for (const auto& one : all) {
    const auto differs = std::mismatch(common.begin(), common.end(), one.path.begin(), one.path.end());
    common.erase(differs.first, common.end());
  }
  return common.substr(0, common.rfind('/') + 1);
}

static std::string heading_text(const Checks& checks, const std::string& folder) {
  const auto plays = static_cast<std::uint64_t>(std::count_if(checks.all.begin(), checks.all.end(), [](const Checked& one) { return one.path.ends_with(".play"); }));
  const std::uint64_t scenarios = checks.all.size() - plays;
  std::string text = scenarios > 0 || plays == 0 ? counted(scenarios, "scenario", "scenarios") : "";
  if (plays > 0) text += (text.empty() ? "" : " and ") + counted(plays, "play", "plays");
  return text + (folder.empty() ? "" : " in " + printable(folder));
}

// What is said of one in the last column; where something is wrong, more is said below.
static std::string properties_text(const Checked& checked) {
  if (checked.verdict) return verdict_line(*checked.verdict);
  const Judged& first = checked.judged.front();
  return first.result <= Judged::Result::passed ? first.message : "see below";
}

static std::string rows(const Checks& checks, const std::string& folder, const Style& style) {
  Table table{.sides = {Table::Side::left, Table::Side::left, Table::Side::right, Table::Side::right}};
  table.add({{"name", Ink::faint}, {"result", Ink::faint}, {"worlds", Ink::faint}, {"time", Ink::faint}, {"what was found", Ink::faint}});
  for (const auto& one : checks.all) {
    std::vector<Cell> row = {{printable(one.path.substr(folder.size())), Ink::strong}, {result_text(one), ink_of(result_of(one))}};
    const bool searched = one.verdict.has_value();
    row.push_back({searched ? grouped(one.verdict->worlds) + (one.verdict->stopped.empty() ? "" : "+") : ""});
    row.push_back({searched ? duration(one.verdict->seconds) : ""});
    row.push_back({printable(properties_text(one))});
    table.add(std::move(row));
  }
  return text_of(table, style);
}

// What of it is not as it should be, and why; its warnings; and how to ask it alone. Nothing if all is well.
static std::string reasons(const Checked& one, const Style& style) {
  Table table{.indent = 4}, further{.indent = 4};
  std::string text;
  for (const auto& error : one.errors) text += "    " + printable(error.text.substr(0, error.text.find('\n'))) + "\n";
  for (const auto& judged : one.judged) {
    const bool well = judged.result <= Judged::Result::passed;
    if (!well && one.errors.empty()) table.add({{judged.rule, Ink::strong}, {judged.status, ink_of(judged.result)}, {printable(judged.message)}});
  }
  for (const auto& warning : one.about.warnings) further.add({{"warning", Ink::unsure}, {printable(warning)}});
  if (!table.rows.empty()) add_claims(further, one.about);
  if (!table.rows.empty()) further.add({{"repeat", Ink::faint}, {command_text(one.about), Ink::plain, true}});
  for (const auto& judged : one.judged)
    if (judged.play) further.add({{"replay", Ink::faint}, {command_text(one.about.program, judged.play->replay), Ink::plain, true}});
  text += text_of(table, style) + text_of(further, style);
  return text.empty() ? "" : "\n  " + painted(printable(one.path), Ink::strong, style) + "\n" + text;
}

static std::string failing_runs(const Checked& one, const Style& style) {
  std::string text;
  for (const auto& judged : one.judged) {
    const Trace* run = run_of(one, judged);
    if (run == nullptr || !failed(judged.result)) continue;
    const std::string title = judged.rule == "play" ? "As far as the play goes" : "A run that breaks " + judged.rule;
    text += "\n  " + painted(title, Ink::strong, style) + "\n" + votes_lines(*run, style) + numbered_lines(*run, style) + end_table(*run, style);
  }
  return text;
}

// "1 violated, 2 inconclusive, 15 passed, 1 skipped", the worst first.
static std::string verdict_of_all(const Checks& checks) {
  std::map<Judged::Result, std::uint64_t, std::greater<>> counts;
  for (const auto& one : checks.all) ++counts[result_of(one)];
  std::string text;
  for (const auto& [result, count] : counts) {
    std::string what(name_of(result));
    if (result == Judged::Result::unexpected) what = "not as expected";
    if (result == Judged::Result::error) what = "could not be asked";
    text += (text.empty() ? "" : ", ") + grouped(count) + " " + what;
  }
  return text;
}

std::string checks_text(const Checks& checks, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  const std::string folder = folder_of_all(checks.all);
  std::string text;
  if (!quiet) text += painted(heading_text(checks, folder), Ink::strong, style) + "\n\n" + rows(checks, folder, style);
  std::string wrong;
  for (const auto& one : checks.all) {
    wrong += reasons(one, style);
    if (style.detail == Detail::verbose) wrong += failing_runs(one, style);
  }
  text += quiet && !wrong.empty() ? wrong.substr(1) : wrong;
  auto worst = Judged::Result::skipped;
  double seconds = 0;
  for (const auto& one : checks.all) {
    worst = std::max(worst, result_of(one));
    if (one.verdict) seconds += one.verdict->seconds;
  }
  Table table{.indent = 0};
  table.add({{"verdict", Ink::faint}, {verdict_of_all(checks), ink_of(worst)}});
  if (!quiet) table.add({{"time", Ink::faint}, {duration(seconds)}});
  if (!quiet) table.add({{"repeat", Ink::faint}, {command_text(checks.program, checks.arguments), Ink::plain, true}});
  return text + (text.empty() ? "" : "\n") + text_of(table, style);
}

}  // namespace commitlab
