// SARIF held to what version 2.1.0 requires of a log: keys, indices and references, not only its look.
#include "reports/sarif.hpp"

#include <nlohmann/json.hpp>
#include <set>

#include "reports/checks_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

namespace {

json sarif_of(const Checks& checks) { return json::parse(sarif_json(checks)); }

// A message is text, and not empty (3.11).
void check_message(const json& message) {
  REQUIRE(message.contains("text"));
  CHECK_FALSE(message["text"].get<std::string>().empty());
}

// A location is in a file, by a relative reference without backslashes, and in a line from 1; or it has a name (3.28).
void check_location(const json& location) {
  if (!location.contains("physicalLocation")) {
    REQUIRE(location.contains("logicalLocations"));
    REQUIRE(location["logicalLocations"].is_array());
    CHECK_FALSE(location["logicalLocations"][0]["name"].get<std::string>().empty());
    return;
  }
  const json& physical = location["physicalLocation"];
  const std::string uri = physical["artifactLocation"]["uri"];
  CHECK_FALSE(uri.empty());
  CHECK(uri.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%") == uri.npos);
  CHECK(uri.front() != '/');
  CHECK(physical["artifactLocation"]["uriBaseId"] == "%SRCROOT%");
  CHECK(physical["region"]["startLine"].get<int>() >= 1);
}

void check_code_flow(const json& flow) {
  REQUIRE(flow["threadFlows"].size() == 1);
  const json& locations = flow["threadFlows"][0]["locations"];
  REQUIRE(locations.size() >= 1);
  for (std::size_t i = 0; i < locations.size(); ++i) {
    CHECK(locations[i]["executionOrder"] == i + 1);
    check_location(locations[i]["location"]);
    check_message(locations[i]["location"]["message"]);
  }
}

// What every log must have: sections 3.13, 3.14, 3.18, 3.19, 3.27 and 3.49 of the standard.
void check_log(const json& log) {
  CHECK(log["version"] == "2.1.0");
  CHECK(log["$schema"].get<std::string>().ends_with("sarif-2.1.0.json"));
  REQUIRE(log["runs"].size() == 1);
  const json& run = log["runs"][0];
  const json& driver = run["tool"]["driver"];
  CHECK(driver["name"] == "commitlab");
  std::set<std::string> ids;
  for (const json& rule : driver["rules"]) {
    CHECK(ids.insert(rule["id"]).second);
    check_message(rule["shortDescription"]);
    check_message(rule["fullDescription"]);
    check_message(rule["help"]);
  }
  REQUIRE(run["results"].is_array());
  std::set<std::string> fingerprints;
  for (const json& result : run["results"]) {
    const auto index = result["ruleIndex"].get<std::size_t>();
    REQUIRE(index < driver["rules"].size());
    CHECK(driver["rules"][index]["id"] == result["ruleId"]);
    CHECK((result["level"] == "error" || result["level"] == "warning"));
    check_message(result["message"]);
    REQUIRE(result["locations"].size() == 1);
    check_location(result["locations"][0]);
    const std::string fingerprint = result["partialFingerprints"]["commitlab/v1"];
    CHECK(fingerprint.size() == 16);
    CHECK(fingerprints.insert(fingerprint).second);
    for (const json& flow : result.value("codeFlows", json::array())) check_code_flow(flow);
  }
  REQUIRE(run["invocations"].size() == 1);
  const json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"].is_boolean());
  for (const json& notification : invocation["toolConfigurationNotifications"]) {
    CHECK(notification["level"] == "error");
    check_message(notification["message"]);
    check_location(notification["locations"][0]);
  }
}

}  // namespace

TEST_CASE("a log has all that SARIF requires, whatever was found") {
  check_log(sarif_of(all_kinds_of_checks()));
  check_log(sarif_of({}));
}

TEST_CASE("the rules are the properties, what else is judged, and a protocol's own") {
  const json log = sarif_of(all_kinds_of_checks());
  std::vector<std::string> ids;
  for (const json& rule : log["runs"][0]["tool"]["driver"]["rules"]) ids.push_back(rule["id"]);
  CHECK(ids == std::vector<std::string>{"AC1", "AC2", "AC3", "AC4", "AC5", "NB", "conserve", "worlds", "play", "once"});
  CHECK(log["runs"][0]["tool"]["driver"]["rules"][5]["shortDescription"]["text"] == "non-blocking");
}

TEST_CASE("what failed is an error, what is inconclusive a warning, and what passes is no result") {
  const json log = sarif_of(all_kinds_of_checks());
  std::vector<std::string> results;
  for (const json& result : log["runs"][0]["results"]) results.push_back(result["ruleId"].get<std::string>() + " " + result["level"].get<std::string>());
  CHECK(results == std::vector<std::string>{"AC5 warning", "play error", "AC1 error", "AC2 error", "once error"});
  const json& open = log["runs"][0]["results"][0];
  CHECK(open["message"]["text"] == "AC5 (termination) is inconclusive: the limit of 20 worlds was reached. Ask again: ./lab check bank-transfer --crashes 1");
  CHECK(open["locations"][0]["physicalLocation"] == json::parse(R"({"artifactLocation": {"uri": "scenarios/bank-transfer.json", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 12}})"));
  CHECK(log["runs"][0]["results"][2]["locations"][0]["logicalLocations"][0]["name"] == "2pc");
}

TEST_CASE("the steps of a run are a code flow, in order and with names") {
  const json log = sarif_of(all_kinds_of_checks());
  const json& results = log["runs"][0]["results"];
  CHECK_FALSE(results[0].contains("codeFlows"));
  REQUIRE(results[2]["codeFlows"].size() == 1);
  const json& steps = results[2]["codeFlows"][0]["threadFlows"][0]["locations"];
  REQUIRE(steps.size() == 4);
  CHECK(steps[0]["location"]["message"]["text"] == "1 coordinator: start; send prepare to alice bob; arm 2");
  CHECK(steps[2]["location"]["message"]["text"] == "3 partition coordinator | alice bob");
}

TEST_CASE("a file that could not be asked is a notification, at its line and with its code") {
  const json log = sarif_of(all_kinds_of_checks());
  const json& invocation = log["runs"][0]["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  CHECK(invocation["exitCode"] == 1);
  REQUIRE(invocation["toolConfigurationNotifications"].size() == 1);
  const json& told = invocation["toolConfigurationNotifications"][0];
  CHECK(told["descriptor"]["id"] == "E1101");
  CHECK(told["message"]["text"] == "unknown key; known: a & b");
  CHECK(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "scenarios/b%26d%20%221%22.json");
  CHECK(told["locations"][0]["physicalLocation"]["region"]["startLine"] == 2);
  CHECK(sarif_of({})["runs"][0]["invocations"][0]["executionSuccessful"] == true);
}

TEST_CASE("a fingerprint depends on the file, the rule and the protocol alone") {
  const auto fingerprints = [](const Checks& checks) {
    std::vector<std::string> all;
    const json log = sarif_of(checks);
    for (const json& result : log["runs"][0]["results"]) all.push_back(result["partialFingerprints"]["commitlab/v1"]);
    return all;
  };
  const auto before = fingerprints(all_kinds_of_checks());
  CHECK(before[0] == "c7e3c7bda4db937f");  // FNV-1a of "scenarios/bank-transfer.json\nAC5\n2pc"
  Checks later = all_kinds_of_checks();
  for (auto& checked : later.all) {
    checked.line += 3, checked.seed = 7, checked.about.arguments.push_back("--crashes"), checked.about.program = "commitlab";
    for (auto& judged : checked.judged) judged.message += " otherwise";
  }
  CHECK(fingerprints(later) == before);
  for (auto& checked : later.all) checked.about.protocol = "3pc";
  CHECK(fingerprints(later) != before);
}

TEST_CASE("hostile text stays text") {
  Checks checks = all_kinds_of_checks();
  checks.all[4].judged[0].message = "\x1b]0;x\x07</script>\xe2\x80\xae\xff";
  const json log = sarif_of(checks);
  check_log(log);
  CHECK(log["runs"][0]["results"][2]["message"]["text"].get<std::string>().find("?]0;x?</script>??") != std::string::npos);
}

}  // namespace commitlab
