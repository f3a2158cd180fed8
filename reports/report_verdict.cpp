// What can happen, in a report: the properties, what is behind each answer, and the bounds without which it says nothing.
#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/report_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::string how_sure(const Report& report) {
  const Verdict& verdict = *report.verdict.is;
  std::string html;
  bool holds = false, violated = false;
  for (const auto& finding : verdict.findings) {
    holds = holds || finding.status == Status::holds;
    violated = violated || finding.status == Status::violated;
  }
  const std::string visited = visited_text(verdict, report.about.method);
  if (holds)
    html += paragraph("", "Holds: every world reachable within the bounds below was visited, " + visited + " by " +
                              counted(verdict.steps, "step", "steps") + ", and each was kept whole: no two can have been mistaken for one. The verdict covers these bounds only.");
  if (violated) html += paragraph("", "Violated: a run shows it, a shortest of its kind, replayed before it was reported.");
  if (!verdict.stopped.empty()) html += paragraph("", "Inconclusive: " + verdict.stopped + ", after " + visited + ". A breach may still exist beyond.");
  const std::string unseen = unseen_text(verdict);
  if (!unseen.empty()) html += paragraph("warning", "Warning: " + unseen + ". A property may hold because nothing happens.");
  if (verdict.doubted_decision) html += paragraph("warning", "Warning: " + doubted_decision_text(*verdict.doubted_decision) + ".");
  return html;
}

static std::string expectation_html(const Expectation& expectation) {
  if (!expectation.asked) return "";
  std::string expected, differences;
  for (const auto& part : expectation.expected) expected += (expected.empty() ? "" : ", ") + part;
  for (const auto& part : expectation.differences) differences += (differences.empty() ? "" : "; ") + part;
  if (differences.empty()) return paragraph("", "As the scenario expects: " + expected + ".");
  return paragraph("violated", "Not as the scenario expects: " + differences + ".");
}

std::string verdict_part(const Report& report, const std::vector<ShownRun>& runs) {
  if (!report.verdict) return section("verdict", "What can happen", left_out_html(report.verdict.left_out));
  const Verdict& verdict = *report.verdict.is;
  const bool any_why = std::any_of(verdict.findings.begin(), verdict.findings.end(), [](const Finding& finding) { return !finding.why.empty(); });
  Grid grid{.heads = {"property", "meaning", "answer"}, .classes = {"", "", "", "", "whole"}};
  if (any_why) grid.heads.insert(grid.heads.end(), {"why", "run"});
  for (const auto& finding : verdict.findings) {
    const ShownRun* run = witness_of(runs, finding);
    const std::string name = finding.property == Property::custom ? "" : std::string(plain_name(finding.property));
    const std::string steps = run == nullptr ? "" : link_to(run->id, counted(run->trace->lines.size(), "step", "steps"));
    std::vector<std::string> row{text_element("b", "", finding.name), html_text(name), status_html(finding.status)};
    if (any_why) row.insert(row.end(), {html_text(finding.why), steps});
    grid.add(std::move(row));
  }
  std::string html = html_of(grid) + expectation_html(report.expectation) + how_sure(report);
  return section("verdict", "What can happen", html + command_html("As text:", report.verdict.command));
}

}  // namespace commitlab
