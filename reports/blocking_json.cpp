#include <nlohmann/json.hpp>

#include "checker/interval.hpp"
#include "reports/blocking_along_report.hpp"
#include "reports/blocking_report.hpp"
#include "reports/csv.hpp"
#include "reports/delays_text.hpp"
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

static ordered_json json_of(const std::string& protocol, const Doubt& doubt) {
  return {{"protocol", protocol},
          {"in_doubt", json_of(doubt.in_doubt)},
          {"locks_held", json_of(doubt.locks)},
          {"blocked", json_of(doubt.blocked)},
          {"breaks", doubt.breaks}};
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
    ordered_json one = json_of(protocol, doubt);
    one["curve"] = std::move(curve);
    one["unheard"] = doubt.unheard;
    protocols.push_back(std::move(one));
    timing.push_back({{"protocol", protocol}, {"seconds", doubt.seconds}});
  }
  json["protocols"] = std::move(protocols);
  json["exit_code"] = exit_code;
  json["timing"] = std::move(timing);
  return document(json);
}

std::string blocking_along_json(const About& about, const BlockingAlong& along, int exit_code) {
  ordered_json json = json_of(about, "commitlab-blocking/1");
  json.erase("protocol"), json.erase("delays");
  json["seed"] = along.seed;
  json["runs"] = along.runs;
  json["axes"] = along.axes;
  ordered_json points = ordered_json::array();
  for (const auto& point : along.points) {
    ordered_json values = ordered_json::object(), protocols = ordered_json::array();
    for (std::size_t i = 0; i < along.axes.size(); ++i) values[along.axes[i]] = cell_of(point.values[i]);
    for (const auto& under : point.under) {
      ordered_json one = json_of(under.protocol, under.doubt);
      const Outcomes& outcomes = under.sums.outcomes;
      const Interval commits = clopper_pearson({outcomes.commits, under.doubt.runs});
      one["commits"] = {{"kind", "interval"}, {"level", "0.95"}, {"count", outcomes.commits}, {"low", commits.low}, {"high", commits.high}};
      const std::uint64_t settled = outcomes.commits + outcomes.aborts;
      one["mean_latency_ns"] = settled == 0 ? ordered_json() : ordered_json(static_cast<std::uint64_t>((under.sums.latency_ns + settled / 2) / settled));
      protocols.push_back(std::move(one));
    }
    points.push_back({{"values", std::move(values)}, {"delays", delays_json(point.delays)}, {"horizon_ns", point.delays.horizon}, {"protocols", std::move(protocols)}});
  }
  json["points"] = std::move(points);
  json["points_in_all"] = along.all;
  json["exit_code"] = exit_code;
  return document(json);
}

}  // namespace commitlab
