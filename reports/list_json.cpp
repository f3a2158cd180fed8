#include <nlohmann/json.hpp>

#include "reports/json_parts.hpp"
#include "reports/list_report.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json names_in(std::string_view list) {
  ordered_json names = ordered_json::array();
  while (!list.empty()) {
    const std::size_t end = list.find(',');
    names.push_back(list.substr(0, end));
    list.remove_prefix(end == list.npos ? list.size() : end + 1);
  }
  return names;
}

ordered_json claims_json(std::span<const Claim> all) {
  ordered_json claims = ordered_json::array();
  for (const auto& claim : all) {
    claims.push_back({{"bears", claim.bears},
                      {"participants", claim.participants},
                      {"faults", json_of(claim.faults, {})},
                      {"holds", names_in(claim.holds)},
                      {"breaks", names_in(claim.breaks)}});
  }
  return claims;
}

std::string list_json(const Listing& listing) {
  ordered_json json = {{"schema", "commitlab-list/1"}};
  ordered_json protocols = ordered_json::array(), scenarios = ordered_json::array();
  for (const auto& protocol : listing.protocols) {
    protocols.push_back({{"name", protocol.name}, {"summary", protocol.summary}, {"ordered", protocol.ordered}, {"specification", protocol.specification}, {"claims", claims_json(protocol.claims)}});
  }
  for (const auto& scenario : listing.scenarios) scenarios.push_back({{"name", scenario.name}, {"title", scenario.title}, {"protocol", scenario.protocol}});
  json["protocols"] = std::move(protocols);
  json["scenarios"] = std::move(scenarios);
  return document(json);
}

}  // namespace commitlab
