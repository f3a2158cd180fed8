#include "reports/sweep_report.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "reports/csv.hpp"
#include "reports/delays_text.hpp"
#include "reports/json_parts.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json number(double value) { return std::isfinite(value) ? ordered_json(value) : ordered_json(); }

static ordered_json beginning(const SweepPoint& point) {
  ordered_json row = ordered_json::object();
  for (const auto& [name, text] : point.values) row[name] = cell_of(text);
  row["runs"] = point.runs;
  row["seed"] = point.seed;
  return row;
}

/// To the microsecond: of a mean of thousands of runs more is noise.
static ordered_json in_ms(double nanoseconds) { return number(std::round(nanoseconds / 1e3) / 1e3); }

/// How long, in ms: until the last decision, and in doubt. What is not known is null.
static void add_times(ordered_json& row, const Estimate& estimate, const std::optional<Doubt>& doubt) {
  const auto latency = estimate.exact ? estimate.exact->latency_ns : std::nullopt;
  row["latency_ms"] = latency ? number(*latency / 1e6) : ordered_json();
  const bool decided = estimate.outcomes.commits + estimate.outcomes.aborts > 0;
  row["counted_latency_ms"] = decided ? in_ms(estimate.latency_ns) : ordered_json();
  const auto mean = [](const Durations& all) { return all.count == 0 ? ordered_json() : in_ms(static_cast<double>(all.mean.time)); };
  const auto add = [&](const char* name, const ordered_json& value) { row[name] = doubt ? value : ordered_json(); };
  const Doubt found = doubt.value_or(Doubt{});
  add("yes_votes", found.in_doubt.count);
  add("doubt_ms", mean(found.in_doubt));
  add("doubt_cut_off", found.in_doubt.cut);
  add("locks_ms", mean(found.locks));
  add("runs_left_in_doubt", found.blocked.runs_with);
  add("number_left_in_doubt", found.runs == 0 ? ordered_json() : number(static_cast<double>(found.blocked.sum) / static_cast<double>(found.runs)));
}

static ordered_json whole(const SweepPoint& point, const Estimate& estimate, const std::optional<Doubt>& doubt) {
  ordered_json row = beginning(point);
  row["product"] = cell_of(estimate.product_decimal);
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
  add_times(row, estimate, doubt);
  row["delays"] = point.delays;
  return row;
}

std::string head_of_rows(const SweepPoint& any, RowFormat format) {
  if (format == RowFormat::ndjson) return "";
  return csv_head(whole(any, {}, std::nullopt)) + "\r\n";
}

std::string beginning_of_row(const SweepPoint& point, RowFormat format) {
  if (format == RowFormat::csv) return csv_row(beginning(point)) + ",";
  std::string text = json_text(beginning(point));
  text.back() = ',';  // instead of the brace
  return text;
}

std::string row_of(const SweepPoint& point, const Estimate& estimate, const std::optional<Doubt>& doubt, RowFormat format) {
  const ordered_json row = whole(point, estimate, doubt);
  return format == RowFormat::csv ? csv_row(row) + "\r\n" : json_text(row) + "\n";
}

std::string sweep_text(const About& about, const Swept& swept, const Style& style) {
  Table table{.indent = 0};
  std::string rows = swept.file + ": " + grouped(swept.rows) + " of " + counted(swept.all, "row", "rows");
  if (swept.found > 0) rows += ", " + grouped(swept.found) + " of them from before";
  table.add({{"written", Ink::faint}, {rows, Ink::strong}});
  if (about.delays && style.detail != Detail::quiet) table.add({{"delays", Ink::faint}, {delays_text(*about.delays, about.faults.recovery, swept.varied)}});
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
