#include <nlohmann/json.hpp>

#include "reports/csv.hpp"
#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;
using What = Trace::Effect::What;

/// A row in which only what stands in every row is filled in.
ordered_json row_of(const TracedRun& run, std::size_t i, std::string_view what, std::int64_t at_ns) {
  const auto& line = run.trace.lines[i];
  ordered_json row = {{"step", i + 1}, {"t_ns", run.timed ? ordered_json(at_ns) : ordered_json()}};
  row["node"] = line.network ? ordered_json() : ordered_json(node_words(run.trace, line.node));
  row["transaction"] = line.network ? ordered_json() : ordered_json(line.transaction + 1);
  row["what"] = what;
  for (const char* key : {"word", "peer", "message", "fate", "count", "cause", "up", "in_doubt", "state", "log", "decided"}) row[key] = nullptr;
  return row;
}

void fill_view(ordered_json& row, const NodeView& view, const Trace& trace) {
  row["up"] = view.up;
  row["in_doubt"] = view.in_doubt;
  row["state"] = printable(with_names(view.state, trace.names));
  row["log"] = ordered_json::array();
  for (const auto& record : view.log) row["log"].push_back(printable(with_names(record, trace.names)));
  row["decided"] = view.decided;
}

ordered_json row_of_event(const TracedRun& run, std::size_t i) {
  const auto& line = run.trace.lines[i];
  ordered_json row = row_of(run, i, name_of(line.event), line.at_ns);
  if (!line.word.empty()) row["word"] = printable(with_names(line.word, run.trace.names));
  if (line.event == Event::partition) row["word"] = event_words(run.trace, line);
  if (line.peer >= 0) row["peer"] = node_words(run.trace, line.peer);
  if (run.parts.message_of[i]) row["message"] = *run.parts.message_of[i] + 1;
  if (line.event == Event::crash) row["count"] = line.lost_records;
  if (run.parts.cause[i]) row["cause"] = *run.parts.cause[i] + 1;
  if (!line.network) fill_view(row, line.after, run.trace);
  return row;
}

/// Calls take(row) for each effect of a line, and for each addressee of what it sends.
void each_effect(const TracedRun& run, const Sendings& sendings, std::size_t i, auto&& take) {
  const auto& line = run.trace.lines[i];
  for (std::size_t k = 0; k < line.parts.size(); ++k) {
    const auto& part = line.parts[k];
    ordered_json row = row_of(run, i, name_of(part.what), part.at_ns);
    if (!part.word.empty()) row["word"] = printable(with_names(part.word, run.trace.names));
    if (part.what == What::arm || part.what == What::crash) row["count"] = part.count;
    if (part.what != What::send) take(std::move(row));
    for (const std::size_t m : sendings[i][k]) {
      const auto& message = run.parts.messages[m];
      row["peer"] = node_words(run.trace, message.to);
      row["message"] = m + 1;
      row["fate"] = name_of(message.fate);
      take(row);
    }
  }
}

void each_row(const TracedRun& run, auto&& take) {
  const Sendings sendings = sendings_of(run);
  for (std::size_t i = 0; i < run.trace.lines.size(); ++i) {
    take(row_of_event(run, i));
    each_effect(run, sendings, i, take);
  }
}

/// A log as one text, and nothing that a spreadsheet takes for a formula.
ordered_json for_csv(ordered_json row) {
  for (auto& value : row) {
    if (value.is_array()) {
      std::string words;
      for (const auto& item : value) words += (words.empty() ? "" : " ") + item.get<std::string>();
      value = words;
    }
    if (value.is_string() && !value.get_ref<const std::string&>().empty() && std::string_view("=+-@").find(value.get_ref<const std::string&>().front()) != std::string_view::npos)
      value = "'" + value.get<std::string>();
  }
  return row;
}

}  // namespace

std::string ndjson_text(const TracedRun& run) {
  std::string text;
  each_row(run, [&](const ordered_json& row) { text += json_text(row) + "\n"; });
  return text;
}

std::string csv_text(const TracedRun& run) {
  TracedRun any{.trace = {.lines = {{}}}};
  any.parts.message_of.resize(1), any.parts.cause.resize(1);
  std::string text = csv_head(row_of_event(any, 0)) + "\r\n";
  each_row(run, [&](const ordered_json& row) { text += csv_row(for_csv(row)) + "\r\n"; });
  return text;
}

}  // namespace commitlab
