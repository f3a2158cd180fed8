// The frontier as a page: the table or the words, the runs, then the verdict with its bounds.
#include "reports/frontier_report.hpp"
#include "reports/frontier_words.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/told_run.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

static constexpr std::size_t kMostOpenTold = 4;  // of one property

static std::string breach_text(const Breach& breach) {
  std::string text = budgets_text(breach.budgets);
  if (breach.finding.witness) text += " (" + counted(breach.finding.witness->lines.size(), "step", "steps") + ")";
  return breach.least ? text : text + ", perhaps by fewer";
}

std::string frontier_lines(const Frontier& frontier, const Style& style) {
  Table table;
  for (const PropertyFrontier& property : frontier.properties) {
    bool first = true;
    const auto add = [&](Cell what, std::string budgets, const std::string& why) {
      const bool custom = property.property == Property::custom;
      table.add({{first ? property.name : "", Ink::strong}, {first && !custom ? std::string(plain_name(property.property)) : ""}, std::move(what), {std::move(budgets)}, {why}});
      first = false;
    };
    for (const Budgets& budgets : property.safe) add({"safe with", Ink::good}, budgets_text(budgets), "");
    for (const Breach& breach : property.breaches) add({breach.budgets == Budgets{} ? "broken with" : "broken by", Ink::bad}, breach_text(breach), breach.finding.why);
    std::size_t told = 0;
    for (const Open& open : property.open) {
      if (open.why.empty() || told == kMostOpenTold) continue;
      add({"inconclusive with", Ink::unsure}, budgets_text(open.budgets), open.why);
      ++told;
    }
    const std::size_t more = property.open.size() - told;
    if (more > 0) add({"inconclusive with", Ink::unsure}, counted(more, told > 0 ? "more vector" : "vector", told > 0 ? "more vectors" : "vectors"), "");
  }
  return text_of(table, style);
}

static std::string witnesses(const Frontier& frontier, const Style& style) {
  std::string text;
  for (const PropertyFrontier& property : frontier.properties) {
    for (const Breach& breach : property.breaches) {
      if (!breach.finding.witness) continue;
      const Trace& run = *breach.finding.witness;
      text += "\n" + painted(witness_title(breach.finding) + " with " + budgets_text(breach.budgets), Ink::strong, style) + "\n" + votes_lines(run, style);
      text += style.detail == Detail::verbose ? run_table(run, Clock::step_number, style) + end_table(run, style) : numbered_lines(run, style);
      text += why_lines(breach.finding, style);
    }
  }
  return text;
}

static std::string verdict_line(const Frontier& frontier) {
  std::string text;
  for (const Status status : {Status::violated, Status::inconclusive, Status::holds}) {
    std::vector<std::string> names;
    for (const auto& property : frontier.properties)
      if (property.status == status) names.push_back(property.name);
    if (!names.empty()) text += (text.empty() ? "" : "; ") + std::string(name_of(status)) + ": " + enumerated(names);
  }
  return text;
}

// What no run did is a warning only where something was searched to its end.
static std::vector<std::string> unseen(const Frontier& frontier) {
  std::vector<std::string> names;
  for (const Goal& goal : frontier.sometimes)
    if (goal.allowed && !goal.seen) names.push_back(goal.name);
  return names;
}

std::string frontier_text(const About& about, const Frontier& frontier, FrontierView view, const Expectation& expectation,
                          const std::vector<SavedPlay>& plays, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) text += heading(about, style) + "\n";
  if (view == FrontierView::table) text += frontier_table(frontier, style) + "\n";
  text += frontier_lines(frontier, style);
  if (view == FrontierView::runs && !quiet) text += witnesses(frontier, style);

  Table table{.indent = 0};
  table.add({{"verdict", Ink::faint}, {verdict_line(frontier), ink_of(frontier.status())}});
  if (!quiet) add_claims(table, about);
  add_expectation(table, expectation);
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  const auto names = unseen(frontier);
  if (!quiet && !names.empty()) table.add({{"warning", Ink::unsure}, {"in no search that came to its end: " + enumerated(names)}});
  if (!quiet) {
    add_bounds(table, about, total(frontier.corner) > 0 ? "up to" : "faults", frontier.starts);
    table.add({{"searched", Ink::faint}, {searched_text(frontier, about.method)}});
    table.add({{"time", Ink::faint}, {duration(frontier.seconds) + ", " + size_text(frontier.bytes)}});
    table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  }
  for (const auto& play : plays) table.add({{"replay", Ink::faint}, {command_text(about.program, play.replay), Ink::plain, true}});
  return text + (quiet ? "" : "\n") + text_of(table, style);
}

}  // namespace commitlab
