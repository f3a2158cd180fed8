#include "reports/sarif.hpp"

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "checker/property.hpp"
#include "reports/json_parts.hpp"
#include "reports/named.hpp"
#include "reports/printable.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static constexpr std::string_view kSchema = "https://json.schemastore.org/sarif-2.1.0.json";

struct SarifRule {
  std::string id, title, statement;
};

static std::string statement_of(Property property) {
  switch (property) {
    case Property::AC1: return "No two nodes decide differently.";
    case Property::AC2: return "No node decides twice, differently.";
    case Property::AC3: return "A commit only if every participant votes yes.";
    case Property::AC4: return "If all vote yes and nothing fails, nobody aborts, and all can commit.";
    case Property::AC5: return "From everywhere, once faults stop and all recover, all can decide.";
    case Property::NB: return "From everywhere, without any recovery, all that are up can decide.";
    case Property::conserve: return "Whenever all is settled, the totals are what they were.";
    case Property::custom: return "";
  }
  return "";
}

// The properties, what else is judged, then properties of a protocol's own, as they come.
static std::vector<SarifRule> rules_of(const Checks& checks) {
  std::vector<SarifRule> rules;
  for (std::size_t i = 0; i < count_of<Property>(); ++i) {
    const auto property = static_cast<Property>(i);
    if (property != Property::custom) rules.push_back({std::string(name_of(property)), std::string(plain_name(property)), statement_of(property)});
  }
  rules.push_back({"worlds", "number of worlds", "A search visits as many worlds as its scenario expects."});
  rules.push_back({"play", "play", "A run that was written down happens as it is written, and ends so."});
  for (const auto& checked : checks.all) {
    for (const auto& judged : checked.judged) {
      const bool known = std::any_of(rules.begin(), rules.end(), [&](const SarifRule& rule) { return rule.id == judged.rule; });
      if (!known && checked.verdict) rules.push_back({judged.rule, judged.rule, "A property of the protocol " + checked.about.protocol + "."});
    }
  }
  return rules;
}

static ordered_json text(std::string_view words) {
  ordered_json json;
  json["text"] = printable(words);
  return json;
}

static ordered_json json_of(const std::vector<SarifRule>& rules) {
  ordered_json list = ordered_json::array();
  for (const auto& rule : rules) {
    ordered_json one = {{"id", rule.id}, {"name", rule.id}};
    one["shortDescription"] = text(rule.title);
    one["fullDescription"] = one["help"] = text(rule.statement);
    list.push_back(std::move(one));
  }
  return list;
}

// A path as a relative reference: RFC 3986, 4.2.
static std::string uri_of(std::string_view path) {
  constexpr std::string_view kPlain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (kPlain.find(c) != kPlain.npos) uri += c;
    else (((uri += '%') += kHex[byte >> 4]) += kHex[byte & 15u]);
  }
  return uri;
}

// FNV-1a (Fowler, Noll, Vo), 64 bits: the same on every machine.
static std::string fingerprint(const std::string& words) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : words) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  std::string digits;
  for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[hash >> shift & 15u];
  return digits;
}

// Where something is: in a file, or, where there is none, in a protocol.
static ordered_json location(const std::string& file, int line, const std::string& otherwise) {
  ordered_json json;
  if (file.empty()) {
    const ordered_json protocol = {{"name", printable(otherwise)}, {"kind", "module"}};
    json["logicalLocations"] = ordered_json::array({protocol});
  } else {
    json["physicalLocation"]["artifactLocation"] = {{"uri", uri_of(file)}, {"uriBaseId", "%SRCROOT%"}};
    json["physicalLocation"]["region"]["startLine"] = std::max(line, 1);
  }
  return json;
}

static ordered_json code_flow(const Checked& checked, const Trace& run) {
  ordered_json locations = ordered_json::array();
  for (const auto& line : run.lines) {
    ordered_json where = location(checked.file, checked.line, checked.about.protocol);
    const std::string who = line.network ? "" : subject(line, run.names) + ": ";
    where["message"] = text(std::to_string(locations.size() + 1) + " " + who + told_by_name(line, run.names));
    locations.push_back({{"location", std::move(where)}, {"executionOrder", locations.size() + 1}});
  }
  ordered_json thread;
  thread["locations"] = std::move(locations);
  ordered_json flow;
  flow["threadFlows"] = ordered_json::array({std::move(thread)});
  return flow;
}

static ordered_json result_of(const Checked& checked, const Judged& judged, std::size_t rule_index) {
  const std::string why = judged.message.empty() ? judged.status : judged.message;
  ordered_json result = {{"ruleId", judged.rule}, {"ruleIndex", rule_index}, {"level", failed(judged.result) ? "error" : "warning"}};
  const std::string title = judged.title.empty() ? "" : " (" + judged.title + ")";
  result["message"] = text(judged.rule + title + " is " + judged.status + ": " + why + ". Ask again: " + command_text(checked.about));
  result["locations"] = ordered_json::array({location(checked.file, checked.line, checked.about.protocol)});
  const std::string where = checked.file.empty() ? checked.path : checked.file;
  result["partialFingerprints"]["commitlab/v1"] = fingerprint(where + "\n" + judged.rule + "\n" + checked.about.protocol);
  if (const Trace* run = run_of(checked, judged); run != nullptr && !run->lines.empty()) result["codeFlows"] = ordered_json::array({code_flow(checked, *run)});
  return result;
}

static ordered_json notification_of(const Checked& checked, const InputError& error) {
  ordered_json json = {{"level", "error"}, {"message", text(error.message + (error.hint.empty() ? "" : "; " + error.hint))}};
  json["descriptor"]["id"] = error.code;
  json["locations"] = ordered_json::array({location(checked.file, error.line, checked.path)});
  return json;
}

std::string sarif_json(const Checks& checks) {
  const auto rules = rules_of(checks);
  const auto index_of = [&](const std::string& id) {
    return static_cast<std::size_t>(std::find_if(rules.begin(), rules.end(), [&](const SarifRule& rule) { return rule.id == id; }) - rules.begin());
  };
  ordered_json results = ordered_json::array(), notifications = ordered_json::array();
  for (const auto& checked : checks.all) {
    for (const auto& judged : checked.judged)
      if (failed(judged.result) || judged.result == Judged::Result::inconclusive) results.push_back(result_of(checked, judged, index_of(judged.rule)));
    for (const auto& error : checked.errors) notifications.push_back(notification_of(checked, error));
  }
  ordered_json run;
  run["tool"]["driver"] = {{"name", "commitlab"}, {"semanticVersion", COMMITLAB_VERSION}, {"rules", json_of(rules)}};
  run["columnKind"] = "unicodeCodePoints";
  ordered_json invocation = {{"executionSuccessful", notifications.empty()}, {"exitCode", checks.exit_code}};
  invocation["toolConfigurationNotifications"] = std::move(notifications);
  run["invocations"] = ordered_json::array({std::move(invocation)});
  run["results"] = std::move(results);
  ordered_json json = {{"$schema", kSchema}, {"version", "2.1.0"}};
  json["runs"] = ordered_json::array({std::move(run)});
  return document(json);
}

}  // namespace commitlab
