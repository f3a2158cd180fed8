#include "reports/sweep_report.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/csv.hpp"
#include "reports/json_parts.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"

namespace commitlab {

using nlohmann::ordered_json;

/// "0.01" is a number, "1/3" and "2pc" are texts.
static ordered_json value_of(const std::string& text) {
  const ordered_json number = ordered_json::parse(text, nullptr, false);
  return number.is_number() ? number : ordered_json(text);
}

static ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

static ordered_json beginning(const SweepPoint& point) {
  ordered_json row = ordered_json::object();
  for (const auto& [name, text] : point.values) row[name] = value_of(text);
  row["runs"] = point.runs;
  row["seed"] = point.seed;
  return row;
}

static ordered_json whole(const SweepPoint& point, const Estimate& estimate) {
  ordered_json row = beginning(point);
  row["product"] = value_of(estimate.product_decimal);
  const ExactOdds odds = estimate.exact.value_or(ExactOdds{});
  row["conclusive"] = estimate.exact && odds.conclusive;
  const auto exact = [&](const std::string& name, const Interval& chance) { row[name + "_low"] = number(chance.low), row[name + "_high"] = number(chance.high); };
  exact("commits", odds.commits), exact("aborts", odds.aborts), exact("blocked", odds.blocked), exact("breaks", odds.breaks);
  row["messages"] = number(odds.messages), row["forced_writes"] = number(odds.forced_writes);
  const Outcomes& outcomes = estimate.outcomes;
  const auto counted = [&](const std::string& name, std::uint64_t count, const Interval& interval) {
    row["counted_" + name] = count;
    row["share_" + name] = outcomes.runs() == 0 ? ordered_json() : number(static_cast<double>(count) / static_cast<double>(outcomes.runs()));
    row["share_" + name + "_low"] = number(interval.low), row["share_" + name + "_high"] = number(interval.high);
  };
  counted("commits", outcomes.commits, estimate.commits), counted("aborts", outcomes.aborts, estimate.aborts);
  counted("blocked", outcomes.blocked, estimate.blocked), counted("breaks", outcomes.breaks, estimate.breaks);
  return row;
}

std::string head_of_rows(const SweepPoint& any, RowFormat format) {
  if (format == RowFormat::ndjson) return "";
  return csv_head(whole(any, {})) + "\r\n";
}

std::string beginning_of_row(const SweepPoint& point, RowFormat format) {
  if (format == RowFormat::csv) return csv_row(beginning(point)) + ",";
  std::string text = json_text(beginning(point));
  text.back() = ',';  // instead of the brace
  return text;
}

std::string row_of(const SweepPoint& point, const Estimate& estimate, RowFormat format) {
  const ordered_json row = whole(point, estimate);
  return format == RowFormat::csv ? csv_row(row) + "\r\n" : json_text(row) + "\n";
}

std::string sweep_text(const About& about, const Swept& swept, const Style& style) {
  Table table{.indent = 0};
  std::string rows = swept.file + ": " + grouped(swept.rows) + " of " + counted(swept.all, "row", "rows");
  if (swept.found > 0) rows += ", " + grouped(swept.found) + " of them from before";
  table.add({{"written", Ink::faint}, {rows, Ink::strong}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (swept.rows < swept.all) table.add({{"go on", Ink::unsure}, {command_text(about), Ink::plain, true}});
  else if (style.detail != Detail::quiet) table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return text_of(table, style);
}

std::string sweep_json(const About& about, const Swept& swept, const std::string& rows, int exit_code) {
  ordered_json json{{"schema", "commitlab-sweep/1"}, {"arguments", about.arguments}, {"warnings", about.warnings}};
  json["points"] = swept.all;
  if (!swept.file.empty()) {
    json["file"] = swept.file, json["rows"] = swept.rows, json["rows_from_before"] = swept.found;
  } else {
    ordered_json list = ordered_json::array();
    std::istringstream lines(rows);
    for (std::string line; std::getline(lines, line);) list.push_back(ordered_json::parse(line));
    json["rows"] = std::move(list);
  }
  json["exit_code"] = exit_code;
  return document(json);
}

}  // namespace commitlab
