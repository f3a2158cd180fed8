#include "commands/expectation.hpp"

#include <array>
#include <optional>

#include "commands/exit_codes.hpp"
#include "commands/values.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::optional<Status> expected_status(const Scenario& scenario, const Finding& finding) {
  const auto expected = scenario.expect.find(finding.property);
  if (finding.property == Property::custom || expected == scenario.expect.end()) return std::nullopt;
  return expected->second;
}

// What an unfinished search leaves open may yet come as expected.
static Judged::Result result_of(Status status, std::optional<Status> expected) {
  if (expected == status) return Judged::Result::passed;
  if (status == Status::inconclusive && expected != Status::inconclusive) return Judged::Result::inconclusive;
  if (expected) return Judged::Result::unexpected;
  return status == Status::violated ? Judged::Result::violated : Judged::Result::passed;
}

static std::string is_text(const Finding& finding) { return finding.name + " is " + (finding.status == Status::holds ? "kept" : std::string(name_of(finding.status))); }

static Judged judged(const Scenario& scenario, const Finding& finding, const std::string& stopped) {
  const auto expected = expected_status(scenario, finding);
  Judged judged{.rule = finding.name, .result = result_of(finding.status, expected), .status = std::string(name_of(finding.status)), .message = finding.why};
  if (finding.property != Property::custom) judged.title = plain_name(finding.property);
  if (judged.result == Judged::Result::inconclusive && judged.message.empty()) judged.message = stopped;
  if (judged.result == Judged::Result::unexpected) {
    judged.message = is_text(finding) + ", expected " + std::string(name_of(*expected)) + (finding.why.empty() ? "" : ": " + finding.why);
  }
  return judged;
}

static std::string worlds_found(const Verdict& verdict) { return verdict.stands_for.empty() ? std::to_string(verdict.worlds) : verdict.stands_for; }
static bool leaves_some_out(const Method& method) { return method.partial_order || method.keep != Keep::exact; }

static Judged judged_worlds(std::uint64_t expected, const Method& method, const Verdict& verdict) {
  const std::string found = worlds_found(verdict);
  Judged judged{.rule = "worlds", .title = "as many as expected", .status = found + " worlds"};
  if (leaves_some_out(method)) judged.result = Judged::Result::skipped, judged.message = "not compared: this search leaves some out";
  else if (!verdict.stopped.empty()) judged.result = Judged::Result::skipped, judged.message = "not compared: " + verdict.stopped;
  else if (found != std::to_string(expected)) judged.result = Judged::Result::unexpected, judged.message = found + " worlds, expected " + std::to_string(expected);
  return judged;
}

std::vector<Judged> judged(const Scenario& scenario, const Method& method, const Verdict& verdict) {
  std::vector<Judged> all;
  for (const auto& finding : verdict.findings) all.push_back(judged(scenario, finding, verdict.stopped));
  if (scenario.expect_worlds) all.push_back(judged_worlds(*scenario.expect_worlds, method, verdict));
  return all;
}

Expectation expectation_of(const Scenario& scenario, const Method& method, const Verdict& verdict) {
  Expectation expectation{.asked = !scenario.expect.empty() || scenario.expect_worlds};
  if (!expectation.asked) return expectation;
  for (const auto& [property, status] : scenario.expect) {
    expectation.expected.push_back(std::string(name_of(property)) + "=" + std::string(name_of(status)));
  }
  for (const auto& finding : verdict.findings) {
    const auto expected = expected_status(scenario, finding);
    switch (result_of(finding.status, expected)) {
      case Judged::Result::unexpected: expectation.differences.push_back(is_text(finding) + ", expected " + std::string(name_of(*expected))); break;
      case Judged::Result::violated: expectation.differences.push_back(is_text(finding) + ", which is not expected"); break;
      default: break;
    }
  }
  if (!scenario.expect_worlds) return expectation;
  const Judged worlds = judged_worlds(*scenario.expect_worlds, method, verdict);
  const std::string expected = std::to_string(*scenario.expect_worlds) + " worlds";
  expectation.expected.push_back(expected + (leaves_some_out(method) ? " (" + worlds.message + ")" : ""));
  if (worlds.result == Judged::Result::unexpected) expectation.differences.push_back(worlds.message);
  return expectation;
}

FailOn fail_on(const Words& words) {
  const std::string* value = words.find("fail-on");
  if (value == nullptr) return {};
  static constexpr std::array<std::string_view, 2> kStatuses = {"violated", "inconclusive"};
  FailOn fail_on{.violated = false, .inconclusive = false};
  for (const auto& status : list({"--fail-on", *value}, "statuses")) (choice({"--fail-on", status}, kStatuses) == 0 ? fail_on.violated : fail_on.inconclusive) = true;
  return fail_on;
}

int exit_code(std::span<const Judged> judged, FailOn fail_on) {
  int code = kAsExpected;
  for (const auto& one : judged) {
    if (one.result == Judged::Result::unexpected || (one.result == Judged::Result::violated && fail_on.violated)) return kViolated;
    if (one.result == Judged::Result::inconclusive && fail_on.inconclusive) code = kInconclusive;
  }
  return code;
}

}  // namespace commitlab
