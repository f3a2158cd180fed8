#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "reports/json_parts.hpp"
#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;

ordered_json whole(std::size_t number) { return {{"#bigint", std::to_string(number)}}; }

/// The states one after another.
class States {
 public:
  explicit States(const TracedRun& run) : run_(run), trace_(run.trace), transactions_(static_cast<std::size_t>(std::max(trace_.transactions, 1))) {
    now_.resize(trace_.names.size() * transactions_);
    if (trace_.begin.size() == now_.size()) now_ = trace_.begin;
    changes_.resize(trace_.lines.size() + 1);
    for (const auto& stretch : run.parts.stretches) changes_[stretch.from.line].push_back(&stretch);
    sent_.resize(trace_.lines.size() + 1), gone_.resize(trace_.lines.size() + 1);
    for (const auto& message : run.parts.messages)
      if (message.sent.line < message.gone) sent_[message.sent.line].push_back(&message), gone_[message.gone].push_back(&message);
  }

  ordered_json list() {
    ordered_json states = ordered_json::array({state(0, {}, "init", "init")});
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) {
      const auto& line = trace_.lines[i];
      for (const auto* stretch : changes_[i]) now_[static_cast<std::size_t>(stretch->node) * transactions_ + static_cast<std::size_t>(stretch->transaction)] = stretch->view;
      for (const auto* message : sent_[i]) ++net_[key(*message)];
      for (const auto* message : gone_[i])
        if (const auto found = net_.find(key(*message)); --found->second == 0) net_.erase(found);
      std::string words = line.network ? "" : node_words(trace_, line.node) + " ";
      words += event_words(trace_, line);
      for (std::size_t k = 0; k < line.effects.size(); ++k) words += "; " + effect_words(trace_, line, k);
      states.push_back(state(i + 1, run_.timed ? ordered_json(line.at_ns) : ordered_json(), words, std::string(name_of(line.event))));
    }
    return states;
  }

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  Key key(const SpaceTime::Message& message) const { return {node_words(trace_, message.from), node_words(trace_, message.to), message_words(trace_, message)}; }

  ordered_json whose(std::size_t place) const {
    const std::string name = node_words(trace_, static_cast<int>(place / transactions_));
    if (transactions_ == 1) return name;
    return {{"#tup", {name, whole(place % transactions_ + 1)}}};
  }

  ordered_json map(auto&& value_of) const {
    ordered_json pairs = ordered_json::array();
    for (std::size_t place = 0; place < now_.size(); ++place) pairs.push_back(ordered_json::array({whose(place), value_of(now_[place])}));
    return {{"#map", std::move(pairs)}};
  }

  ordered_json log_of(const NodeView& view) const {
    ordered_json log = ordered_json::array();
    for (const auto& record : view.log) log.push_back(printable(with_names(record, trace_.names)));
    return log;
  }

  ordered_json net() const {
    ordered_json pairs = ordered_json::array();
    for (const auto& [key, count] : net_) {
      const auto& [from, to, word] = key;
      pairs.push_back(ordered_json::array({ordered_json{{"#tup", {from, to, word}}}, whole(count)}));
    }
    return {{"#map", std::move(pairs)}};
  }

  ordered_json state(std::size_t index, ordered_json at_ns, const std::string& words, const std::string& action) const {
    ordered_json state = {{"#meta", {{"index", index}, {"action", words}}}};
    if (!at_ns.is_null()) state["#meta"]["at_ns"] = std::move(at_ns);
    state["up"] = map([](const NodeView& view) { return ordered_json(view.up); });
    state["in_doubt"] = map([](const NodeView& view) { return ordered_json(view.in_doubt); });
    state["state"] = map([&](const NodeView& view) { return ordered_json(printable(with_names(view.state, trace_.names))); });
    state["log"] = map([&](const NodeView& view) { return log_of(view); });
    state["decided"] = map([](const NodeView& view) { return ordered_json(view.decided); });
    state["net"] = net();
    state["mbt::actionTaken"] = action;
    return state;
  }

  const TracedRun& run_;
  const Trace& trace_;
  const std::size_t transactions_;
  std::vector<NodeView> now_{};                                   // [node * transactions + transaction]
  std::vector<std::vector<const SpaceTime::Stretch*>> changes_{};  // [line]
  std::vector<std::vector<const SpaceTime::Message*>> sent_{}, gone_{};
  std::map<Key, std::size_t> net_{};
};

}  // namespace

std::string itf_text(const TracedRun& run) {
  const auto broken = violations(run);
  std::string description;
  for (const auto& violation : broken) description += (description.empty() ? "" : "; ") + violation;
  ordered_json meta = {{"format", "ITF"}, {"format-description", "https://apalache-mc.org/docs/adr/015adr-trace.html"}, {"source", printable(run.title)}, {"status", broken.empty() ? "ok" : "violation"}};
  if (!description.empty()) meta["description"] = description;
  return document({{"#meta", std::move(meta)},
                   {"vars", {"up", "in_doubt", "state", "log", "decided", "net", "mbt::actionTaken"}},
                   {"states", States(run).list()}});
}

}  // namespace commitlab
