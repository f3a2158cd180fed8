#include <nlohmann/json.hpp>

#include "reports/concurrency_report.hpp"
#include "reports/json_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

// A state as others name it: {"who": "participant", "state": "prepared", "decided": null}.
static ordered_json name_json(const LocalState& state) {
  ordered_json json = {{"who", name_of(state.who)}, {"state", state.name}};
  json["decided"] = state.decided ? ordered_json(name_of(*state.decided)) : ordered_json();
  return json;
}

std::string concurrency_json(const About& about, const Concurrency& concurrency, int exit_code) {
  ordered_json json = json_of(about, "commitlab-concurrency/1");
  ordered_json states = ordered_json::array();
  for (const auto& state : concurrency.states) {
    ordered_json item = name_json(state), beside = ordered_json::array(), fails = ordered_json::array();
    for (const std::size_t place : state.beside) beside.push_back(name_json(concurrency.states[place]));
    if (state.sees_both) fails.push_back(1);
    if (state.sees_commit_too_early) fails.push_back(2);
    item["committable"] = state.committable;
    item["concurrency_set"] = std::move(beside);
    item["fails"] = std::move(fails);
    states.push_back(std::move(item));
  }
  json["states"] = std::move(states);
  json["non_blocking"] = name_of(concurrency.non_blocking());
  json["stopped"] = concurrency.stopped;
  json["worlds"] = concurrency.worlds;
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", concurrency.seconds}};
  return document(json);
}

}  // namespace commitlab
