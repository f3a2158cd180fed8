#include <nlohmann/json.hpp>

#include "reports/checks_report.hpp"
#include "reports/json_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const Judged& judged) {
  ordered_json json = {{"rule", judged.rule}, {"title", judged.title}, {"result", name_of(judged.result)}, {"status", judged.status}, {"message", judged.message}};
  json["play"] = judged.play ? ordered_json(judged.play->path) : ordered_json();
  return json;
}

static ordered_json json_of(const InputError& error) {
  return {{"code", error.code}, {"file", error.file}, {"line", error.line}, {"column", error.column}, {"pointer", error.place}, {"message", error.message}, {"hint", error.hint}};
}

// What `check` or `replay` of this alone would say; null if it was not asked.
static ordered_json answer_of(const Checked& checked) {
  if (checked.replayed) return replay_object(checked.about, {.path = checked.path}, *checked.replayed, checked.exit_code);
  if (!checked.verdict) return {};
  std::vector<SavedPlay> plays;
  for (const auto& judged : checked.judged)
    if (judged.play) plays.push_back(*judged.play);
  return verdict_object(checked.about, *checked.verdict, checked.expectation, plays, checked.exit_code);
}

static ordered_json json_of(const Checked& checked) {
  ordered_json json = {{"path", checked.path}, {"result", name_of(result_of(checked))}};
  json["judged"] = ordered_json::array();
  for (const auto& judged : checked.judged) json["judged"].push_back(json_of(judged));
  json["errors"] = ordered_json::array();
  for (const auto& error : checked.errors) json["errors"].push_back(json_of(error));
  json["exit_code"] = checked.exit_code;
  json["answer"] = answer_of(checked);
  return json;
}

std::string checks_json(const Checks& checks) {
  ordered_json json = {{"schema", "commitlab-checks/1"}, {"arguments", checks.arguments}};
  json["checked"] = ordered_json::array();
  for (const auto& checked : checks.all) json["checked"].push_back(json_of(checked));
  json["exit_code"] = checks.exit_code;
  return document(json);
}

}  // namespace commitlab
