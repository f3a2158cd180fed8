// The verdict as a page: the properties, the witnesses, then the verdict with its bounds.
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/told_run.hpp"
#include "reports/verdict_report.hpp"
#include "reports/why.hpp"
#include "sim/names.hpp"

namespace commitlab {

Ink ink_of(Status status) {
  switch (status) {
    case Status::holds: return Ink::good;
    case Status::violated: return Ink::bad;
    case Status::inconclusive: return Ink::unsure;
  }
  return Ink::plain;
}

std::string findings_table(const std::vector<Finding>& findings, const Style& style) {
  Table table;
  for (const auto& finding : findings) {
    const bool custom = finding.property == Property::custom;
    table.add({{finding.name, Ink::strong},
               {custom ? "" : std::string(plain_name(finding.property))},
               {std::string(name_of(finding.status)), ink_of(finding.status)},
               {finding.why}});
  }
  return text_of(table, style);
}

std::string stuck_text(const Stuck& stuck) {
  if (stuck.worlds == 1) return "in this world: nothing leads out of it but a new fault or a recovery";
  return "in " + counted(stuck.worlds, "world", "worlds") + ": nothing leads out of them but a new fault or a recovery";
}

static std::string witnesses(const Verdict& verdict, const Style& style) {
  std::string text;
  for (const auto& finding : verdict.findings) {
    if (!finding.witness) continue;
    text += "\n" + painted(witness_title(finding), Ink::strong, style) + "\n";
    text += votes_lines(*finding.witness, style);
    text += style.detail == Detail::verbose ? run_table(*finding.witness, Clock::step_number, style) : numbered_lines(*finding.witness, style);
    text += end_table(*finding.witness, style);
    Table behind;
    if (finding.stuck && finding.stuck->worlds > 0) behind.add({{"stuck", Ink::faint}, {stuck_text(*finding.stuck)}});
    if (std::string why = why_text(finding); !why.empty()) behind.add({{"why", Ink::faint}, {std::move(why)}});
    text += text_of(behind, style);
  }
  return text;
}

std::string unseen_text(const Verdict& verdict) {
  std::vector<std::string> names;
  for (const auto& goal : verdict.sometimes)
    if (goal.allowed && !goal.seen) names.push_back(goal.name);
  return names.empty() || verdict.status() == Status::inconclusive ? "" : "in no run that was visited: " + enumerated(names);
}

static std::string unseen(const Verdict& verdict, const Style& style) {
  const std::string text = unseen_text(verdict);
  if (text.empty()) return "";
  return "\n" + text_of(Table{.rows = {{{"warning", Ink::unsure}, {text}}}, .indent = 0}, style);
}

std::string doubted_decision_text(const Trace& run) {
  std::vector<std::string> who;
  for (std::size_t node = 0; node < run.names.size(); ++node)
    for (std::size_t t = 0; t < static_cast<std::size_t>(run.transactions); ++t) {
      const NodeView& view = run.end[node * static_cast<std::size_t>(run.transactions) + t];
      if (view.up && view.in_doubt && !view.decided.empty() && (who.empty() || who.back() != run.names[node])) who.push_back(run.names[node]);
    }
  return enumerated(who) + (who.size() == 1 ? " is" : " are") + " in doubt after deciding: AC5 and NB count that as decided; blocking and run count it as in doubt";
}

static std::string doubted_decision(const Verdict& verdict, const Style& style) {
  if (!verdict.doubted_decision) return "";
  const Trace& run = *verdict.doubted_decision;
  std::string text = "\n" + text_of(Table{.rows = {{{"warning", Ink::unsure}, {doubted_decision_text(run)}}}, .indent = 0}, style);
  return text + votes_lines(run, style) + numbered_lines(run, style) + end_table(run, style);
}

std::string verdict_line(const Verdict& verdict) {
  std::string text;
  for (const Status status : {Status::violated, Status::inconclusive, Status::holds}) {
    std::vector<std::string> names;
    for (const auto& finding : verdict.findings)
      if (finding.status == status) names.push_back(finding.name);
    if (!names.empty()) text += (text.empty() ? "" : "; ") + std::string(name_of(status)) + ": " + enumerated(names);
  }
  return text;
}

void add_expectation(Table& table, const Expectation& expectation) {
  if (!expectation.asked) return;
  std::string expected, differences;
  for (const auto& part : expectation.expected) expected += (expected.empty() ? "" : ", ") + part;
  for (const auto& part : expectation.differences) differences += (differences.empty() ? "" : "; ") + part;
  const bool met = differences.empty();
  table.add({{"expected", Ink::faint}, {expected + (met ? ": as expected" : ""), met ? Ink::good : Ink::plain}});
  if (!met) table.add({{"but", Ink::faint}, {differences, Ink::bad}});
}

void add_claims(Table& table, const About& about) {
  for (const auto& sentence : claims_sentences(about.outside)) table.add({{"claims", Ink::faint}, {sentence, Ink::unsure}});
}

void add_bounds(Table& table, const About& about, std::string_view faults, std::uint64_t starts) {
  table.add({{std::string(faults), Ink::faint}, {faults_text(about.faults, about.names)}});
  table.add({{"timing", Ink::faint}, {timing_text(about.faults)}});
  table.add({{"votes", Ink::faint}, {votes_text(about) + (starts > 0 ? " (" + counted(starts, "start", "starts") + ")" : "")}});
  if (about.agreement == Agreement::live) table.add({{"agreement", Ink::faint}, {"live: decisions of nodes that are down do not count"}});
  if (const std::string method = method_text(about.method); !method.empty()) table.add({{"method", Ink::faint}, {method}});
}

std::string visited_text(const Verdict& verdict, const Method& method) {
  const std::string whose = method.partial_order && verdict.not_reduced.empty() ? " of the reduced graph" : "";
  if (verdict.stands_for.empty()) return counted(verdict.worlds, "world", "worlds") + whose;
  const bool one = verdict.worlds == 1;
  return counted(verdict.worlds, "representative", "representatives") + whose + (one ? " stands for " : " stand for ") + grouped_digits(verdict.stands_for) +
         (verdict.stands_for == "1" ? " world exactly" : " worlds exactly");
}

std::string verdict_text(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) text += heading(about, style) + "\n";
  text += findings_table(verdict.findings, style);
  if (!quiet) text += witnesses(verdict, style) + unseen(verdict, style) + doubted_decision(verdict, style);

  Table table{.indent = 0};
  table.add({{"verdict", Ink::faint}, {verdict_line(verdict), ink_of(verdict.status())}});
  if (!verdict.stopped.empty()) table.add({{"stopped", Ink::faint}, {verdict.stopped, Ink::unsure}});
  if (!quiet) add_claims(table, about);
  add_expectation(table, expectation);
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (!quiet) {
    add_bounds(table, about, "faults", verdict.starts);
    if (!verdict.not_reduced.empty()) table.add({{"not reduced", Ink::faint}, {"by partial order: " + verdict.not_reduced}});
    const std::string visited = visited_text(verdict, about.method) + ", " + counted(verdict.steps, "step", "steps") + ", depth " + grouped(verdict.depth);
    table.add({{verdict.stopped.empty() ? "visited" : "so far", Ink::faint}, {visited}});
    table.add({{"time", Ink::faint}, {duration(verdict.seconds) + ", " + size_text(verdict.bytes)}});
  }
  if (!verdict.checkpoint_failed.empty()) table.add({{"warning", Ink::unsure}, {"the search could not be saved: " + printable(verdict.checkpoint_failed)}});
  if (!verdict.checkpoint.empty()) {
    std::vector<std::string> arguments = about.arguments;
    arguments.insert(arguments.end(), {"--resume", verdict.checkpoint});
    table.add({{"go on", Ink::faint}, {command_text(about.program, arguments), Ink::plain, true}});
  }
  if (!quiet) table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  for (const auto& play : plays) table.add({{"replay", Ink::faint}, {command_text(about.program, play.replay), Ink::plain, true}});
  return text + (quiet ? "" : "\n") + text_of(table, style);
}

}  // namespace commitlab
