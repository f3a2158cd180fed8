#include <nlohmann/json.hpp>

#include "reports/estimate_report.hpp"
#include "reports/gap_report.hpp"
#include "reports/json_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const RareOdds& odds) {
  ordered_json json = {{"event", name_of(odds.event)}, {"kind", odds.interval ? "interval" : "inconclusive"}, {"level", "0.95"}, {"mean", odds.mean}};
  json["low"] = odds.interval ? ordered_json(odds.interval->low) : ordered_json();
  json["high"] = odds.interval ? ordered_json(odds.interval->high) : ordered_json();
  json["method"] = "importance splitting";
  if (!odds.stopped.empty()) json["stopped"] = odds.stopped;
  json["replications"] = odds.replications, json["saw"] = odds.saw, json["parts_of_runs"] = odds.parts_of_runs;
  return json;
}

static ordered_json json_of(const OddsRange& range) {
  if (!range.refused.empty()) return {{"kind", "refused"}, {"why", range.refused}};
  const auto bounds = [](const Interval& interval) { return ordered_json{{"low", interval.low}, {"high", interval.high}}; };
  const auto extremes = [&](const OddsRange::Extremes& its) { return ordered_json{{"least", bounds(its.least)}, {"greatest", bounds(its.greatest)}}; };
  return {{"kind", range.conclusive ? "range" : "inconclusive"}, {"timing", range.timing == Timing::synchronous ? "synchronous" : "asynchronous"},
          {"commits", extremes(range.commits)}, {"aborts", extremes(range.aborts)}, {"blocked", extremes(range.blocked)}, {"breaks", extremes(range.breaks)},
          {"states", range.states}, {"choices", range.choices}};
}

/// With the reason why there is not all of it, if there is one.
static ordered_json with_reason(ordered_json json, const std::string& why) {
  if (!why.empty()) json["why"] = why;
  return json;
}

std::string estimate_json(const About& about, const Estimate& estimate, int exit_code, const std::optional<Retries>& retries) {
  ordered_json json = json_of(about, "commitlab-estimate/1");
  ordered_json factors = ordered_json::array();
  for (const auto& factor : estimate.factors) factors.push_back({{"name", factor.name}, {"success", factor.success}});
  json["factors"] = std::move(factors);
  json["product"] = {{"kind", "exact"}, {"value", estimate.product}, {"decimal", estimate.product_decimal}};
  json["seed"] = estimate.seed;
  json["runs"] = estimate.outcomes.runs();
  const auto exact = [&](const Interval ExactOdds::*which, std::size_t place) {
    const Interval& chance = (*estimate.exact).*which;
    ordered_json told{{"kind", "exact"}, {"low", chance.low}, {"high", chance.high}};
    if (!estimate.exact->fractions[place].empty()) told["value"] = estimate.exact->fractions[place];
    return told;
  };
  if (estimate.exact) {
    const ExactOdds& odds = *estimate.exact;
    json["exact"] = {{"kind", odds.conclusive ? "exact" : "inconclusive"}, {"commits", exact(&ExactOdds::commits, 0)}, {"aborts", exact(&ExactOdds::aborts, 1)},
                     {"blocked", exact(&ExactOdds::blocked, 2)}, {"breaks", exact(&ExactOdds::breaks, 3)}, {"messages", odds.messages}, {"forced_writes", odds.forced_writes},
                     {"moments", odds.moments}, {"delays_at_means", odds.means}};
    if (odds.latency_ns) json["exact"]["latency_ns"] = *odds.latency_ns;
    if (odds.counts > 0) json["exact"]["runs_by_yes_votes"] = odds.counts;
    json["exact"] = with_reason(std::move(json["exact"]), odds.stopped);
  }
  if (estimate.gap) json["gap"] = with_reason(json_of(*estimate.gap), estimate.gap->stopped);
  if (estimate.range) json["range"] = estimate.range->refused.empty() ? with_reason(json_of(*estimate.range), estimate.range->stopped) : json_of(*estimate.range);
  if (!estimate.stopped.empty()) json["stopped"] = estimate.stopped;
  const auto outcome = [](std::uint64_t count, const Interval& interval) {
    return ordered_json{{"kind", "interval"}, {"level", "0.95"}, {"count", count}, {"low", interval.low}, {"high", interval.high}};
  };
  json["commits"] = outcome(estimate.outcomes.commits, estimate.commits);
  json["aborts"] = outcome(estimate.outcomes.aborts, estimate.aborts);
  json["blocked"] = outcome(estimate.outcomes.blocked, estimate.blocked);
  json["breaks"] = outcome(estimate.outcomes.breaks, estimate.breaks);
  if (estimate.width)
    json["stopping"] = {{"width", *estimate.width}, {"why", estimate.narrow ? "width" : "runs"}, {"look", estimate.look + 1}, {"looks", estimate.looks.at}, {"level_of_each_look", estimate.looks.level}};
  if (estimate.rare) json["rare"] = json_of(*estimate.rare);
  json["product_inside"] = estimate.product_inside;
  json["broken_assumptions"] = estimate.broken_assumptions;
  if (retries)
    json["retries"] = {{"tries", retries->tries},
                       {"whole", {{"kind", "exact"}, {"value", retries->whole_exact}, {"decimal", retries->whole}, {"calls", retries->whole_calls}}},
                       {"selective", {{"kind", "exact"}, {"value", retries->selective_exact}, {"decimal", retries->selective}, {"calls", retries->selective_calls}}}};
  json["average"] = {{"messages", estimate.messages}, {"forced_writes", estimate.forced_writes}, {"latency_ns", estimate.latency_ns}};
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", estimate.seconds}};
  if (estimate.rare) json["timing"]["rare_seconds"] = estimate.rare->seconds;
  return document(json);
}

}  // namespace commitlab
