#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/necessary_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const Verdict& verdict) {
  return {{"findings", json_of(verdict.findings)}, {"stopped", verdict.stopped}, {"worlds", verdict.worlds}, {"steps", verdict.steps}};
}

static ordered_json needed(Status need) {
  switch (need) {
    case Status::violated: return true;
    case Status::holds: return false;
    case Status::inconclusive: return nullptr;
  }
  return nullptr;
}

std::string necessary_json(const About& about, const Necessities& necessities, const std::vector<SavedPlay>& plays, int exit_code) {
  ordered_json json = json_of(about, "commitlab-necessary/1");
  json["whole"] = json_of(necessities.whole);
  json["asked"] = necessities.asked;
  ordered_json without = ordered_json::array();
  for (const auto& one : necessities.without) {
    ordered_json item = {{"who", name_of(one.without.who)}, {"how", name_of(one.without.how)}, {"what", one.without.what}, {"told", told(one.without)}, {"needed", needed(need(one))}};
    item.update(json_of(one.verdict));
    without.push_back(std::move(item));
  }
  json["without"] = std::move(without);
  ordered_json saved = ordered_json::array();
  for (const auto& play : plays) saved.push_back({{"path", play.path}, {"replay", play.replay}});
  json["plays"] = std::move(saved);
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", necessities.seconds}};
  return document(json);
}

}  // namespace commitlab
