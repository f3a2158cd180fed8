#include <nlohmann/json.hpp>

#include "reports/blocking_report.hpp"
#include "reports/json_parts.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const Lasted& lasted) { return {{"ns", lasted.time}, {"at_least", lasted.at_least}}; }

static ordered_json json_of(const Durations& all) {
  ordered_json json = {{"yes_votes", all.count}, {"cut_off", all.cut}};
  if (all.count == 0) return json;
  json["median"] = json_of(all.median), json["p90"] = json_of(all.p90), json["p99"] = json_of(all.p99);
  json["longest"] = json_of(all.longest), json["mean"] = json_of(all.mean);
  return json;
}

static ordered_json json_of(const HowMany& how_many) {
  const Interval& any = how_many.any;
  return {{"somebody", {{"kind", "interval"}, {"level", "0.95"}, {"count", how_many.runs_with}, {"low", any.low}, {"high", any.high}}},
          {"number", {{"kind", "interval"}, {"level", "0.95"}, {"sum", how_many.sum}, {"low", how_many.low}, {"high", how_many.high}}}};
}

std::string blocking_json(const About& about, const std::vector<DoubtUnder>& doubts, int exit_code) {
  ordered_json json = json_of(about, "commitlab-blocking/1");
  json.erase("protocol");
  const Doubt& first = doubts.front().doubt;
  json["seed"] = first.seed;
  json["runs"] = first.runs;
  json["horizon_ns"] = first.horizon;
  ordered_json protocols = ordered_json::array(), timing = ordered_json::array();
  for (const auto& [protocol, doubt] : doubts) {
    ordered_json curve = ordered_json::array();
    for (const auto& at : doubt.curve) {
      ordered_json point = {{"at_ns", at.time}};
      point.update(json_of(at.in_doubt));
      curve.push_back(std::move(point));
    }
    protocols.push_back({{"protocol", protocol},
                         {"in_doubt", json_of(doubt.in_doubt)},
                         {"locks_held", json_of(doubt.locks)},
                         {"blocked", json_of(doubt.blocked)},
                         {"breaks", doubt.breaks},
                         {"curve", std::move(curve)},
                         {"unheard", doubt.unheard}});
    timing.push_back({{"protocol", protocol}, {"seconds", doubt.seconds}});
  }
  json["protocols"] = std::move(protocols);
  json["exit_code"] = exit_code;
  json["timing"] = std::move(timing);
  return document(json);
}

}  // namespace commitlab
