#include "reports/trace_json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "reports/run_words.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;

std::string text_of(const ordered_json& json, int indent = -1) { return json.dump(indent, ' ', true, ordered_json::error_handler_t::replace); }

std::string hexadecimal(std::uint64_t number) {
  std::string digits;
  do digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
  while ((number /= 16) > 0);
  return "0x" + digits;
}

ordered_json json_of(const NodeView& view) { return {{"up", view.up}, {"in_doubt", view.in_doubt}, {"state", view.state}, {"log", view.log}, {"decided", view.decided}}; }

/// What is otherwise than it was.
ordered_json changes(const NodeView& before, const NodeView& after) {
  const ordered_json old = json_of(before);
  ordered_json changed = json_of(after);
  for (auto member = changed.begin(); member != changed.end();) {
    if (old[member.key()] == member.value()) member = changed.erase(member);
    else ++member;
  }
  return changed;
}

/// The parts of a trace as JSON.
class Writing {
 public:
  explicit Writing(const TracedRun& run) : run_(run), trace_(run.trace), transactions_(static_cast<std::size_t>(std::max(trace_.transactions, 1))), now_(trace_.names.size() * transactions_) {
    if (trace_.begin.size() == now_.size()) now_ = trace_.begin;
  }

  ordered_json events() {
    ordered_json list = ordered_json::array();
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) list.push_back(event(i));
    return list;
  }

  /// [node * transactions + transaction]
  ordered_json views(const std::vector<NodeView>& views) const {
    ordered_json list = ordered_json::array();
    for (std::size_t place = 0; place < views.size(); ++place) {
      ordered_json item = {{"node", trace_.names[place / transactions_]}};
      if (transactions_ > 1) item["transaction"] = place % transactions_ + 1;
      item.update(json_of(views[place]));
      list.push_back(std::move(item));
    }
    return list;
  }

 private:
  const std::string& name(int node) const { return trace_.names[static_cast<std::size_t>(node)]; }

  ordered_json event(std::size_t i) {
    const auto& line = trace_.lines[i];
    ordered_json event = {{"i", i}};
    if (run_.timed) event["t"] = line.at_ns;
    event["kind"] = name_of(line.event);
    if (!line.network) event["node"] = name(line.node);
    if (transactions_ > 1 && !line.network) event["transaction"] = line.transaction + 1;
    if (line.peer >= 0) event["peer"] = name(line.peer);
    const bool of_message = line.event == Event::deliver || is_end_of_message(line);
    if (of_message) event["msg"] = line.word;
    event["label"] = told(line);
    if (run_.timed) add_times(event, line);
    if (!line.network) {
      NodeView& now = now_[static_cast<std::size_t>(line.node) * transactions_ + static_cast<std::size_t>(line.transaction)];
      if (ordered_json changed = changes(now, line.after); !changed.empty()) event["after"] = std::move(changed);
      now = line.after;
    }
    if (run_.parts.cause[i]) event["cause"] = *run_.parts.cause[i];
    return event;
  }

  /// When the effects take place, and when the node has stopped, if that is not at once.
  static void add_times(ordered_json& event, const Trace::Line& line) {
    const bool later = std::any_of(line.parts.begin(), line.parts.end(), [&](const auto& part) { return part.at_ns != line.at_ns; });
    for (const auto& part : line.parts)
      if (later) event["effects_t"].push_back(part.at_ns);
    if (line.stopped_ns != line.at_ns) event["stopped_t"] = line.stopped_ns;
  }

  const TracedRun& run_;
  const Trace& trace_;
  const std::size_t transactions_;
  std::vector<NodeView> now_;  // [node * transactions + transaction]
};

ordered_json votes_of(const Trace& trace) {
  ordered_json list = ordered_json::array();
  for (const auto& words : trace.votes) {
    ordered_json row = ordered_json::array();
    for (std::size_t begin = 0; begin < words.size();) {
      const std::size_t end = std::min(words.find(' ', begin), words.size());
      row.push_back(words.substr(begin, end - begin));
      begin = end + 1;
    }
    list.push_back(std::move(row));
  }
  return list;
}

ordered_json verdict_of(const std::vector<Finding>& findings) {
  ordered_json list = ordered_json::array();
  for (const auto& finding : findings) {
    list.push_back({{"property", finding.name}, {"status", name_of(finding.status)}});
    if (!finding.why.empty()) list.back()["why"] = finding.why;
  }
  return list;
}

/// A value that is no list of objects in one line, such a list with a line for each.
std::string member(const std::string& key, const ordered_json& value) {
  if (key == "scenario") {
    std::string text = text_of(value, 2);
    for (std::size_t at = 0; (at = text.find('\n', at)) != text.npos; at += 3) text.insert(at + 1, "  ");
    return text;
  }
  const bool of_objects = value.is_array() && !value.empty() && value.front().is_object();
  if (!of_objects) return text_of(value);
  std::string text;
  for (const auto& item : value) text += (text.empty() ? "[\n    " : ",\n    ") + text_of(item);
  return text + "\n  ]";
}

}  // namespace

std::string trace_json(const TracedRun& run, const TraceQuestion& question) {
  Writing writing(run);
  ordered_json json = {{"schema", kTraceSchema}, {"tool", {{"name", "commitlab"}, {"version", COMMITLAB_VERSION}}}};
  if (!question.scenario_name.empty()) json["scenario_name"] = question.scenario_name;
  json["scenario"] = ordered_json::parse(question.scenario);
  json["scenario_digest"] = question.digest;
  json["seed"] = hexadecimal(question.seed);
  json["protocol"] = run.trace.protocol;
  if (!question.weaken.empty()) json["weaken"] = question.weaken;
  json["clock"] = run.timed ? "time" : "steps";
  if (!run.timed && run.trace.faults.copies) json["copies"] = true;
  json["nodes"] = run.trace.names;
  json["votes"] = votes_of(run.trace);
  json["verdict"] = verdict_of(run.findings);
  if (!run.trace.begin.empty()) json["begin"] = writing.views(run.trace.begin);
  json["events"] = writing.events();
  json["end"] = writing.views(run.trace.end);
  std::string text;
  for (const auto& [key, value] : json.items()) text += (text.empty() ? "{\n  " : ",\n  ") + text_of(key) + ": " + member(key, value);
  return text + "\n}\n";
}

}  // namespace commitlab
