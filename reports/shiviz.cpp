#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"

namespace commitlab {
namespace {

/// Event by event, with the clocks of all hosts.
class Log {
 public:
  explicit Log(const TracedRun& run) : run_(run), trace_(run.trace), sendings_(sendings_of(run)), sent_at_(run.parts.messages.size()) {
    for (std::size_t node = 0; node < trace_.names.size(); ++node) hosts_.push_back(host_name(node_words(trace_, static_cast<int>(node))));
    clocks_.resize(hosts_.size());
  }

  std::string text() {
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) {
      const auto& line = trace_.lines[i];
      if (line.network || is_end_of_message(line)) continue;
      if (line.event == Event::deliver && run_.parts.message_of[i]) merge(line.node, *run_.parts.message_of[i]);
      event(line.node, event_words(trace_, line));
      for (std::size_t k = 0; k < line.parts.size(); ++k) effect(i, k);
    }
    return "(?<host>\\S*) (?<clock>{.*})\\n(?<event>.*)\n\n" + text_;
  }

 private:
  using Clock = std::map<std::size_t, std::uint64_t>;  // by host, those that are not 0

  /// One word that no other host has.
  std::string host_name(std::string name) const {
    for (char& c : name)
      if (c == ' ' || c == '{' || c == '}') c = '_';
    if (name.empty()) name = "_";
    while (std::find(hosts_.begin(), hosts_.end(), name) != hosts_.end()) name += "_";
    return name;
  }

  void effect(std::size_t i, std::size_t k) {
    const auto& line = trace_.lines[i];
    if (line.parts[k].what != Trace::Effect::What::send) return event(line.node, effect_words(trace_, line, k));
    for (const std::size_t m : sendings_[i][k]) {
      const auto& message = run_.parts.messages[m];
      const std::string fate = fate_words(trace_, message);
      event(line.node, "send " + message_words(trace_, message) + " to " + node_words(trace_, message.to) + (fate.empty() ? "" : " (" + fate + ")"));
      sent_at_[m] = clocks_[static_cast<std::size_t>(line.node)];
    }
  }

  void merge(int node, std::size_t message) {
    const std::size_t original = run_.parts.messages[message].copy_of.value_or(message);
    Clock& clock = clocks_[static_cast<std::size_t>(node)];
    for (const auto& [host, time] : sent_at_[original]) clock[host] = std::max(clock[host], time);
  }

  void event(int node, const std::string& words) {
    const auto host = static_cast<std::size_t>(node);
    ++clocks_[host][host];
    nlohmann::ordered_json clock = nlohmann::ordered_json::object();
    for (const auto& [other, time] : clocks_[host]) clock[hosts_[other]] = time;
    text_ += hosts_[host] + " " + json_text(clock) + "\n" + words + "\n";
  }

  const TracedRun& run_;
  const Trace& trace_;
  const Sendings sendings_;
  std::vector<Clock> sent_at_;  // [message]: its sender's clock then
  std::vector<std::string> hosts_{};
  std::vector<Clock> clocks_{};
  std::string text_{};
};

}  // namespace

std::string shiviz_text(const TracedRun& run) { return Log(run).text(); }

}  // namespace commitlab
