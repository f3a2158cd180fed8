#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/verdict_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

std::string verdict_json(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, int exit_code) {
  ordered_json json = json_of(about, "commitlab-verdict/1");
  json["status"] = name_of(verdict.status());
  json["findings"] = json_of(verdict.findings);
  json["stopped"] = verdict.stopped;
  json["expected"] = ordered_json();
  if (expectation.asked) {
    json["expected"] = {{"expected", expectation.expected}, {"met", expectation.differences.empty()}, {"differences", expectation.differences}};
  }
  json["worlds"] = verdict.worlds;
  json["steps"] = verdict.steps;
  json["depth"] = verdict.depth;
  json["starts"] = verdict.starts;
  ordered_json goals = ordered_json::array();
  for (const auto& goal : verdict.sometimes) goals.push_back({{"goal", goal.name}, {"seen", goal.seen}});
  json["sometimes"] = std::move(goals);
  ordered_json saved = ordered_json::array();
  for (const auto& play : plays) saved.push_back({{"path", play.path}, {"replay", play.replay}});
  json["plays"] = std::move(saved);
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", verdict.seconds}, {"bytes", verdict.bytes}};
  return document(json);
}

}  // namespace commitlab
