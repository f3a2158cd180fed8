#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/named.hpp"
#include "reports/replay_report.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

ordered_json replay_object(const About& about, const Written& written, const Replayed& replayed, int exit_code) {
  ordered_json json = json_of(about, "commitlab-replay/1");
  const bool play = written.as == Written::As::play;
  json[play ? "play" : "trace"] = written.path;
  json["outcome"] = name_of(replayed.outcome);
  const bool same = replayed.outcome == Replayed::Outcome::same;
  const bool at_end = replayed.line == 0;
  json[play ? "line" : "step"] = same || at_end ? ordered_json() : ordered_json(replayed.line);
  json["written"] = replayed.written;
  json["happens"] = replayed.happens;
  json["possible"] = replayed.possible;
  json["findings"] = json_of(replayed.findings, &replayed.trace);
  json["run"] = json_of(replayed.trace, written.as == Written::As::timed_trace ? WithTimes::yes : WithTimes::no);
  json["exit_code"] = exit_code;
  return json;
}

std::string replay_json(const About& about, const Written& written, const Replayed& replayed, int exit_code) {
  return document(replay_object(about, written, replayed, exit_code));
}

}  // namespace commitlab
