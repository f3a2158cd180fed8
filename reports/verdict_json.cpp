#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/verdict_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

ordered_json verdict_object(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, int exit_code) {
  ordered_json json = json_of(about, "commitlab-verdict/1");
  json["status"] = name_of(verdict.status());
  json["findings"] = json_of(verdict.findings);
  json["stopped"] = verdict.stopped;
  if (!about.outside.empty()) json["outside_claims"] = json_of(about.outside);
  json["expected"] = json_of(expectation);
  json["checkpoint"] = verdict.checkpoint.empty() ? ordered_json() : ordered_json(verdict.checkpoint);
  json["checkpoint_failed"] = verdict.checkpoint_failed.empty() ? ordered_json() : ordered_json(verdict.checkpoint_failed);
  json["method"] = json_of(about.method);
  if (!verdict.not_reduced.empty()) json["not_reduced"] = verdict.not_reduced;
  add_sizes(json, verdict);
  json["sometimes"] = json_of(verdict.sometimes);
  if (verdict.doubted_decision) json["doubted_decision"] = {{"warning", doubted_decision_text(*verdict.doubted_decision)}, {"run", json_of(*verdict.doubted_decision, WithTimes::no)}};
  json["plays"] = json_of(plays);
  json["exit_code"] = exit_code;
  json["timing"] = {{"seconds", verdict.seconds}, {"bytes", verdict.bytes}};
  return json;
}

std::string verdict_json(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, int exit_code) {
  return document(verdict_object(about, verdict, expectation, plays, exit_code));
}

}  // namespace commitlab
