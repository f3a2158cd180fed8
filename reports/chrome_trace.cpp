#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;
using What = Trace::Effect::What;
using Point = SpaceTime::Point;

constexpr std::int64_t kUntimedLine = 1'000'000, kUntimedSlice = 900'000, kLeastSlice = 1'000;  // ns

/// Collects events; times are kept in nanoseconds and told in microseconds.
class Events {
 public:
  explicit Events(const TracedRun& run) : run_(run), trace_(run.trace), transactions_(std::max(trace_.transactions, 1)), next_on_node_(trace_.lines.size()) {
    std::vector<std::optional<std::int64_t>> later(trace_.names.size());
    for (std::size_t i = trace_.lines.size(); i-- > 0;) {
      if (trace_.lines[i].network) continue;
      auto& next = later[static_cast<std::size_t>(trace_.lines[i].node)];
      next_on_node_[i] = next;
      next = begin_of(i);
    }
  }

  std::string text() {
    threads();
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) line(i);
    for (const auto& stretch : run_.parts.stretches) state(stretch);
    for (const auto& split : run_.parts.splits) slice(0, at(split.from), at(split.to), event_words(trace_, trace_.lines[split.from.line]), "fault");
    for (std::size_t m = 0; m < run_.parts.messages.size(); ++m) message(m);
    for (const auto& violation : violations(run_)) instant(0, at(run_.parts.end), violation, "property", "g");
    std::string list;
    for (const auto& event : events_) list += (list.empty() ? "\n" : ",\n") + json_text(event);
    return "{\"displayTimeUnit\": \"ms\", \"traceEvents\": [" + list + "\n]}\n";
  }

 private:
  /// 0 is the network; then for each node what it does, and what it is in each transaction.
  int deeds(int node) const { return 1 + node * (1 + transactions_); }
  int looks(int node, int transaction) const { return deeds(node) + 1 + transaction; }

  std::int64_t at(const Point& point) const { return run_.timed ? point.at_ns : static_cast<std::int64_t>(point.line) * kUntimedLine; }
  std::int64_t begin_of(std::size_t i) const { return at({i, Point::kEvent, trace_.lines[i].at_ns}); }
  std::int64_t time_of(std::size_t i, std::size_t k) const { return at({i, static_cast<int>(k), trace_.lines[i].parts[k].at_ns}); }

  /// Too short a slice could not be seen, but none reaches into what its node does next.
  std::int64_t end_of(std::size_t i) const {
    const std::int64_t begin = begin_of(i);
    if (!run_.timed) return begin + kUntimedSlice;
    std::int64_t end = begin;
    for (const auto& part : trace_.lines[i].parts) end = std::max(end, part.at_ns);
    if (next_on_node_[i]) return std::max(end, std::min(begin + kLeastSlice, *next_on_node_[i]));
    return std::max(end, begin + kLeastSlice);
  }

  ordered_json& event(const char* phase, int thread, std::int64_t at_ns, const std::string& name, const char* category) {
    events_.push_back({{"ph", phase}, {"pid", 1}, {"tid", thread}, {"ts", static_cast<double>(at_ns) / 1000.0}, {"name", name}, {"cat", category}});
    return events_.back();
  }
  ordered_json& slice(int thread, std::int64_t from, std::int64_t to, const std::string& name, const char* category) {
    auto& slice = event("X", thread, from, name, category);
    slice["dur"] = static_cast<double>(to - from) / 1000.0;
    return slice;
  }
  ordered_json& instant(int thread, std::int64_t at_ns, const std::string& name, const char* category, const char* scope = "t") {
    auto& instant = event("i", thread, at_ns, name, category);
    instant["s"] = scope;
    return instant;
  }

  void name(const char* what, int thread, const std::string& name) { events_.push_back({{"ph", "M"}, {"pid", 1}, {"tid", thread}, {"name", what}, {"args", {{"name", name}}}}); }
  void thread(int thread, const std::string& words) {
    name("thread_name", thread, words);
    events_.push_back({{"ph", "M"}, {"pid", 1}, {"tid", thread}, {"name", "thread_sort_index"}, {"args", {{"sort_index", thread}}}});
  }
  void threads() {
    name("process_name", 0, run_.title.empty() ? printable(trace_.protocol) : printable(run_.title));
    thread(0, "network");
    for (int node = 0; node < static_cast<int>(trace_.names.size()); ++node) {
      const std::string words = node_words(trace_, node);
      thread(deeds(node), words);
      for (int t = 0; t < transactions_; ++t) thread(looks(node, t), words + (transactions_ > 1 ? " #" + std::to_string(t + 1) : "") + " is");
    }
  }

  void line(std::size_t i) {
    const auto& line = trace_.lines[i];
    if (line.event == Event::partition || line.event == Event::heal || is_end_of_message(line)) return;  // a slice of its own, or of its message
    if (!runs_handler(line.event)) {
      const int where = line.network ? 0 : deeds(line.node);
      instant(where, begin_of(i), event_words(trace_, line), "fault");
      return;
    }
    slice(deeds(line.node), begin_of(i), end_of(i), event_words(trace_, line), "step")["args"] = {{"step", i + 1}, {"play", printable(told_by_name(line, trace_.names))}};
    for (std::size_t k = 0; k < line.parts.size(); ++k) {
      const What what = line.parts[k].what;
      const std::int64_t until = k + 1 < line.parts.size() ? time_of(i, k + 1) : time_of(i, k);  // a forced write lasts until the next effect
      if (what == What::force && until > time_of(i, k)) slice(deeds(line.node), time_of(i, k), until, effect_words(trace_, line, k), "disk");
      if (what == What::decide) instant(deeds(line.node), time_of(i, k), effect_words(trace_, line, k), "decision");
      if (what == What::crash) instant(deeds(line.node), time_of(i, k), effect_words(trace_, line, k), "fault");
    }
  }

  void state(const SpaceTime::Stretch& stretch) {
    if (at(stretch.to) <= at(stretch.from)) return;
    const NodeView& view = stretch.view;
    const std::string state = view.state.empty() ? "up" : printable(with_names(view.state, trace_.names));
    ordered_json log = ordered_json::array();
    for (const auto& record : view.log) log.push_back(printable(with_names(record, trace_.names)));
    slice(looks(stretch.node, stretch.transaction), at(stretch.from), at(stretch.to), view.up ? state : "down", "state")["args"] = {
        {"in_doubt", view.in_doubt}, {"log", std::move(log)}, {"decided", view.decided}};
  }

  /// An arrow from slice to slice, or where there is none to arrive at, an instant.
  void message(std::size_t m) {
    const auto& message = run_.parts.messages[m];
    const std::string words = (message.copy_of ? "copy of " : "") + message_words(trace_, message);
    if (message.fate == SpaceTime::Fate::delivered) {
      event("s", deeds(message.from), at(message.sent), words, "message")["id"] = m + 1;
      auto& end = event("f", deeds(message.to), at(message.ended), words, "message");
      end["id"] = m + 1, end["bp"] = "e";
      return;
    }
    instant(deeds(message.to), at(message.ended), words + " from " + node_words(trace_, message.from) + ": " + fate_words(trace_, message), "message")["args"] = {{"message", m + 1}};
  }

  const TracedRun& run_;
  const Trace& trace_;
  const int transactions_;
  std::vector<std::optional<std::int64_t>> next_on_node_;  // [line]: when its node has its next one
  std::vector<ordered_json> events_{};
};

}  // namespace

std::string chrome_text(const TracedRun& run) { return Events(run).text(); }

}  // namespace commitlab
