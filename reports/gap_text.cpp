#include <cmath>

#include "reports/gap_report.hpp"
#include "reports/numbers.hpp"
#include "reports/table.hpp"

namespace commitlab {

static constexpr double kNothing = 5e-11;  // of what is told to ten decimals

static std::string signed_text(double change) { return std::abs(change) < kNothing ? "0" : (change > 0 ? "+" : "-") + fixed(std::abs(change), 10); }

static std::string part_text(double part, double of) { return std::abs(of) < kNothing ? "" : fixed(100 * part / of, 1) + " %"; }

std::string gap_table(const Gap& gap, const Style& style) {
  if (gap.causes.empty()) return "";
  Table table;
  table.sides = {Table::Side::left, Table::Side::left, Table::Side::right, Table::Side::right};
  table.add({{"the product rule assumes that not", Ink::faint}, {"switched off, commits with", Ink::faint}, {"explains", Ink::faint}, {"of the gap", Ink::faint}});
  const double whole = gap.product - gap.exact;
  const auto add = [&](const Gap::Cause& cause, Ink ink) {
    const double commits = (cause.commits.low + cause.commits.high) / 2;
    table.add({{cause.name, ink}, {fixed(commits, 10)}, {signed_text(cause.explains)}, {part_text(cause.explains, whole)}});
  };
  for (const auto& cause : gap.causes) add(cause, Ink::plain);
  if (gap.causes.size() > 1) add(gap.all, Ink::strong);
  const double left = whole - gap.all.explains;
  if (std::abs(left) >= kNothing) table.add({{"timeouts come too early"}, {fixed(gap.product, 10)}, {signed_text(left)}, {part_text(left, whole)}});
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
