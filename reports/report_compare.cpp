// The same question put to several protocols, in a report: a table of answers, each breach with the run that shows it.
#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/report_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::string worlds_text(const Verdict& verdict) { return grouped(verdict.worlds) + (verdict.stopped.empty() ? "" : "+"); }

std::string numbered_run(const std::string& whose, const ShownRun& run) {
  const Trace& trace = *run.trace;
  std::string html = "<section class=\"told\" id=\"" + run.id + "\">\n" + text_element("h3", "", whose + ": " + run.title) + "\n";
  for (const Finding* finding : run.findings) html += paragraph("", finding->name + ": " + finding->why + ".");
  for (const auto& votes : trace.votes) html += paragraph("faint", "Votes: " + votes_by_name(votes, trace.names) + ".");
  html += "<ol class=\"words\">\n";
  std::size_t number = 0;
  for (const auto& line : trace.lines) {
    const std::string words = text_element("b", "", subject(line, trace.names)) + " " + html_text(told_by_name(line, trace.names));
    html += "<li id=\"" + run.id + "-" + std::to_string(++number) + "\">" + words + "</li>\n";
  }
  return html + "</ol>\n</section>\n";
}

std::string compare_part(const Report& report, const std::vector<ShownRun>& runs) {
  if (!report.compared) return section("protocols", "Other protocols", left_out_html(report.compared.left_out));
  const auto& compared = *report.compared.is;
  const auto names = properties_of(compared);
  Grid grid{.heads = {"protocol"}};
  grid.heads.insert(grid.heads.end(), names.begin(), names.end());
  grid.heads.emplace_back("worlds");
  grid.classes.resize(grid.heads.size());
  grid.classes.back() = "number";
  std::string told;
  bool stopped = false;
  for (const auto& [protocol, verdict, outside] : compared) {
    const bool ours = report.verdict && protocol == report.about.protocol;
    const auto theirs = ours ? std::vector<ShownRun>() : witnesses_of(verdict, id_of(protocol) + "_");
    std::vector<std::string> row{text_element("b", "", protocol)};
    for (const auto& name : names) {
      const Finding* finding = finding_of(ours ? *report.verdict.is : verdict, name);
      if (finding == nullptr) {
        row.emplace_back("-");
        continue;
      }
      const ShownRun* run = witness_of(ours ? runs : theirs, *finding);
      const std::string status = status_html(finding->status);
      row.push_back(run == nullptr ? status : "<a href=\"#" + run->id + "\">" + status + "</a>");
    }
    row.push_back(worlds_text(verdict));
    grid.add(std::move(row), ours ? " class=\"ours\"" : "");
    for (const auto& run : theirs) told += numbered_run(protocol, run);
    stopped = stopped || (!ours && !verdict.stopped.empty());
  }
  std::string html = html_of(grid);
  const std::string enough = stopped ? ": where that was too few, the answer is inconclusive, and compare with a greater --max-states finds it." : ", and that was enough.";
  const std::string most = counted(report.compared_worlds, "world was", "worlds were");
  html += paragraph("faint", "The same faults, timing and votes. Of each other protocol at most " + most + " visited here" + enough);
  html += command_html("As text:", report.compared.command);
  if (!told.empty()) html += "<details open class=\"others\"><summary>The runs that break the others</summary>\n" + told + "</details>\n";
  return section("protocols", "Other protocols", html + one_fault_html(report));
}

}  // namespace commitlab
