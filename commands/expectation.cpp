#include "commands/expectation.hpp"

#include <optional>

#include "commands/exit_codes.hpp"
#include "commands/search.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::optional<Status> expected_status(const Scenario& scenario, const Finding& finding) {
  const auto expected = scenario.expect.find(finding.property);
  if (finding.property == Property::custom || expected == scenario.expect.end()) return std::nullopt;
  return expected->second;
}

Expectation expectation_of(const Scenario& scenario, const Method& method, const Verdict& verdict) {
  Expectation expectation{.asked = !scenario.expect.empty() || scenario.expect_worlds};
  if (!expectation.asked) return expectation;
  for (const auto& [property, status] : scenario.expect) {
    expectation.expected.push_back(std::string(name_of(property)) + "=" + std::string(name_of(status)));
  }
  for (const auto& finding : verdict.findings) {
    const auto expected = expected_status(scenario, finding);
    const std::string is = finding.name + " is " + (finding.status == Status::holds ? "kept" : std::string(name_of(finding.status)));
    const bool open = finding.status == Status::inconclusive && expected != Status::holds && expected != Status::violated;
    if (expected && *expected != finding.status && (finding.status != Status::inconclusive || open)) {
      expectation.differences.push_back(is + ", expected " + std::string(name_of(*expected)));
    } else if (!expected && finding.status == Status::violated) {
      expectation.differences.push_back(is + ", which is not expected");
    }
  }
  if (!scenario.expect_worlds) return expectation;
  const std::string expected = std::to_string(*scenario.expect_worlds);
  if (method.partial_order || method.keep != Keep::exact) {
    expectation.expected.push_back(expected + " worlds (not compared: this search leaves some out)");
    return expectation;
  }
  const std::string found = verdict.stands_for.empty() ? std::to_string(verdict.worlds) : verdict.stands_for;
  expectation.expected.push_back(expected + " worlds");
  if (verdict.stopped.empty() && found != expected) expectation.differences.push_back(found + " worlds, expected " + expected);
  return expectation;
}

int exit_code(const Scenario& scenario, const Verdict& verdict, const Expectation& expectation) {
  if (!expectation.asked) return exit_code(verdict.status());
  if (!expectation.differences.empty()) return kViolated;
  for (const auto& finding : verdict.findings) {
    if (finding.status == Status::inconclusive && expected_status(scenario, finding) != Status::inconclusive) return kInconclusive;
  }
  return kAsExpected;
}

}  // namespace commitlab
