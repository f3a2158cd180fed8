// Protocols by faults, in a report: what one fault of each kind breaks, each breach with the run that shows it.
#include "reports/frontier_words.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/report_parts.hpp"

namespace commitlab {

/// The properties that are broken, each with a link to its run; else the one answer to all.
static std::string cell(const Verdict& verdict, const std::vector<ShownRun>& runs) {
  std::string html;
  for (const Finding& finding : verdict.findings) {
    if (finding.status != Status::violated) continue;
    const ShownRun* run = witness_of(runs, finding);
    const std::string name = "<span class=\"violated\">" + html_text("✗ " + finding.name) + "</span>";
    html += (html.empty() ? "" : ", ") + (run == nullptr ? name : "<a href=\"#" + run->id + "\">" + name + "</a>");
  }
  return html.empty() ? status_html(verdict.status()) : html;
}

std::string one_fault_html(const Report& report) {
  if (report.one_fault.empty()) return "";
  Grid grid{.heads = {"protocol"}};
  for (const auto& under : report.one_fault) grid.heads.push_back(budgets_text(under.budgets));
  grid.classes.resize(grid.heads.size());
  std::string told;
  bool stopped = false;
  for (std::size_t i = 0; i < report.one_fault.front().compared.size(); ++i) {
    const std::string& protocol = report.one_fault.front().compared[i].protocol;
    std::vector<std::string> row{text_element("b", "", protocol)};
    for (std::size_t fault = 0; fault < report.one_fault.size(); ++fault) {
      const Verdict& verdict = report.one_fault[fault].compared[i].verdict;
      const auto runs = witnesses_of(verdict, id_of(protocol) + "_fault" + std::to_string(fault) + "_");
      row.push_back(cell(verdict, runs));
      for (const auto& run : runs) told += numbered_run(protocol + ", " + grid.heads[fault + 1], run);
      stopped = stopped || !verdict.stopped.empty();
    }
    grid.add(std::move(row), protocol == report.about.protocol ? " class=\"ours\"" : "");
  }
  std::string html = text_element("h3", "", "What one fault breaks") + "\n" + html_of(grid);
  const std::string most = counted(report.one_fault_worlds, "world was", "worlds were");
  html += paragraph("faint", "The same question with at most one fault, of one kind. In each cell at most " + most + " visited" +
                                 (stopped ? ": where that was too few, the answer is inconclusive." : ", and that was enough.") + " The verb frontier tells which combinations of faults break which property.");
  if (!told.empty()) html += "<details class=\"others\"><summary>The runs that one fault breaks</summary>\n" + told + "</details>\n";
  return html;
}

}  // namespace commitlab
