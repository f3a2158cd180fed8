#include <nlohmann/json.hpp>

#include "reports/compare_report.hpp"
#include "reports/json_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

std::string compare_json(const About& about, const std::vector<Compared>& compared, int exit_code) {
  ordered_json json = json_of(about, "commitlab-compare/1");
  json.erase("protocol");
  ordered_json protocols = ordered_json::array(), timing = ordered_json::array();
  for (const auto& [protocol, verdict, outside] : compared) {
    ordered_json one = {{"protocol", protocol}, {"status", name_of(verdict.status())}, {"findings", json_of(verdict.findings)}, {"stopped", verdict.stopped}};
    if (!outside.empty()) one["outside_claims"] = json_of(outside);
    add_sizes(one, verdict);
    protocols.push_back(std::move(one));
    timing.push_back({{"protocol", protocol}, {"seconds", verdict.seconds}, {"bytes", verdict.bytes}});
  }
  json["method"] = json_of(about.method);
  json["protocols"] = std::move(protocols);
  json["exit_code"] = exit_code;
  json["timing"] = std::move(timing);
  return document(json);
}

}  // namespace commitlab
