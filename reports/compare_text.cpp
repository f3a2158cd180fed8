#include <algorithm>

#include "reports/compare_report.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/verdict_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

std::vector<std::string> properties_of(const std::vector<Compared>& compared) {
  std::vector<std::string> names;
  for (const auto& one : compared)
    for (const auto& finding : one.verdict.findings)
      if (std::find(names.begin(), names.end(), finding.name) == names.end()) names.push_back(finding.name);
  return names;
}

const Finding* finding_of(const Verdict& verdict, const std::string& property) {
  const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(), [&](const Finding& finding) { return finding.name == property; });
  return found == verdict.findings.end() ? nullptr : &*found;
}

std::string compare_table(const std::vector<Compared>& compared, const Style& style) {
  const auto names = properties_of(compared);
  Table table;
  std::vector<Cell> headings = {{"protocol", Ink::faint}};
  for (const auto& name : names) headings.push_back({name, Ink::faint});
  const bool stands = std::any_of(compared.begin(), compared.end(), [](const Compared& one) { return !one.verdict.stands_for.empty(); });
  table.sides.resize(headings.size(), Table::Side::left);
  if (stands) headings.push_back({"representatives", Ink::faint});
  headings.push_back({"worlds", Ink::faint});
  table.sides.resize(headings.size(), Table::Side::right);
  table.add(std::move(headings));
  for (const auto& [protocol, verdict, outside] : compared) {
    std::vector<Cell> row = {{protocol, Ink::strong}};
    for (const auto& name : names) {
      const Finding* finding = finding_of(verdict, name);
      row.push_back(finding == nullptr ? Cell{"-"} : Cell{std::string(name_of(finding->status)), ink_of(finding->status)});
    }
    const std::string more = verdict.stopped.empty() ? "" : "+";
    row.push_back({grouped(verdict.worlds) + more});
    if (stands) row.push_back({grouped_digits(verdict.stands_for) + more});
    table.add(std::move(row));
  }
  return text_of(table, style);
}

static std::string reasons(const std::vector<Compared>& compared, const Style& style) {
  Table table;
  for (const auto& [protocol, verdict, outside] : compared) {
    for (const auto& finding : verdict.findings)
      if (!finding.why.empty()) table.add({{protocol}, {finding.name}, {finding.why}});
    for (const auto& sentence : claims_sentences(outside)) table.add({{protocol}, {"claims"}, {sentence, Ink::unsure}});
    if (!verdict.stopped.empty()) table.add({{protocol}, {"stopped"}, {verdict.stopped, Ink::unsure}});
  }
  return table.rows.empty() ? "" : "\n" + text_of(table, style);
}

std::string compare_text(const About& about, const std::vector<Compared>& compared, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet)
    for (const auto& line : wrapped(printable(about.title), style.width)) text += painted(line, Ink::strong, style) + "\n";
  if (!quiet) text += participants_text(about.names) + "\n\n";
  text += compare_table(compared, style);
  if (quiet) return text;
  double seconds = 0;
  std::uint64_t starts = 0;
  for (const auto& one : compared) seconds += one.verdict.seconds, starts = std::max(starts, one.verdict.starts);
  Table table{.indent = 0};
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  table.add({{"faults", Ink::faint}, {faults_text(about.faults, about.names)}});
  table.add({{"timing", Ink::faint}, {timing_text(about.faults)}});
  table.add({{"votes", Ink::faint}, {votes_text(about) + " (" + counted(starts, "start", "starts") + ")"}});
  if (about.agreement == Agreement::live) table.add({{"agreement", Ink::faint}, {"live: decisions of nodes that are down do not count"}});
  if (const std::string method = method_text(about.method); !method.empty()) table.add({{"method", Ink::faint}, {method}});
  table.add({{"time", Ink::faint}, {duration(seconds)}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return text + reasons(compared, style) + "\n" + text_of(table, style);
}

}  // namespace commitlab
