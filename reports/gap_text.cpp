#include <cmath>

#include "reports/gap_report.hpp"
#include "reports/numbers.hpp"
#include "reports/table.hpp"

namespace commitlab {

static constexpr double kNothing = 5e-11;  // of what is told to ten decimals

static std::string signed_text(double change) { return std::abs(change) < kNothing ? "0" : (change > 0 ? "+" : "-") + fixed(std::abs(change), 10); }

static std::string part_text(double part, double of) { return std::abs(of) < kNothing ? "" : fixed(100 * part / of, 1) + " %"; }

std::vector<GapRow> gap_rows(const Gap& gap) {
  std::vector<GapRow> rows;
  if (gap.causes.empty()) return rows;
  const double whole = gap.product - gap.exact;
  const auto add = [&](const Gap::Cause& cause, bool all) {
    const double commits = (cause.commits.low + cause.commits.high) / 2;
    rows.push_back({cause.name, fixed(commits, 10), signed_text(cause.explains), part_text(cause.explains, whole), all});
  };
  for (const auto& cause : gap.causes) add(cause, false);
  if (gap.causes.size() > 1) add(gap.all, true);
  const double left = whole - gap.all.explains;
  if (std::abs(left) >= kNothing) rows.push_back({"timeouts come too early", fixed(gap.product, 10), signed_text(left), part_text(left, whole)});
  return rows;
}

std::string gap_table(const Gap& gap, const Style& style) {
  if (gap.causes.empty()) return "";
  Table table;
  table.sides = {Table::Side::left, Table::Side::left, Table::Side::right, Table::Side::right};
  std::vector<Cell> heads;
  for (const char* head : kGapHeads) heads.push_back({head, Ink::faint});
  table.add(std::move(heads));
  for (const auto& row : gap_rows(gap)) table.add({{row.cause, row.all ? Ink::strong : Ink::plain}, {row.commits}, {row.explains}, {row.part}});
  return text_of(table, style);
}

nlohmann::ordered_json json_of(const Gap& gap) {
  const auto json_of_cause = [](const Gap::Cause& cause) {
    return nlohmann::ordered_json{{"without", cause.name}, {"commits", {{"low", cause.commits.low}, {"high", cause.commits.high}}}, {"explains", cause.explains}};
  };
  nlohmann::ordered_json json = {{"product", gap.product}, {"exact", gap.exact}, {"causes", nlohmann::ordered_json::array()}};
  for (const auto& cause : gap.causes) json["causes"].push_back(json_of_cause(cause));
  if (!gap.causes.empty()) json["all"] = json_of_cause(gap.all);
  return json;
}

}  // namespace commitlab
