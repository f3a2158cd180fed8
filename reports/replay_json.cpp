#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/named.hpp"
#include "reports/replay_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

ordered_json replay_object(const About& about, const std::string& path, const Replayed& replayed, int exit_code) {
  ordered_json json = json_of(about, "commitlab-replay/1");
  json["play"] = path;
  json["outcome"] = name_of(replayed.outcome);
  const bool same = replayed.outcome == Replayed::Outcome::same;
  json["line"] = same ? ordered_json() : ordered_json(replayed.line);
  json["written"] = replayed.written;
  json["happens"] = replayed.happens;
  json["possible"] = replayed.possible;
  json["findings"] = json_of(replayed.findings, &replayed.trace);
  json["run"] = json_of(replayed.trace, WithTimes::no);
  json["exit_code"] = exit_code;
  return json;
}

std::string replay_json(const About& about, const std::string& path, const Replayed& replayed, int exit_code) {
  return document(replay_object(about, path, replayed, exit_code));
}

}  // namespace commitlab
