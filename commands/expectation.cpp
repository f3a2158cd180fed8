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

Expectation expectation_of(const Scenario& scenario, const Verdict& verdict) {
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
  expectation.expected.push_back(std::to_string(*scenario.expect_worlds) + " worlds");
  if (verdict.stopped.empty() && verdict.worlds != *scenario.expect_worlds) {
    expectation.differences.push_back(std::to_string(verdict.worlds) + " worlds, expected " + std::to_string(*scenario.expect_worlds));
  }
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

std::vector<Finding> end_of(const Entry& entry, const Question& question, const Trace& run) {
  Question same = question;
  same.votes = {{}};
  for (const auto& votes : run.votes) {
    NodeSet yes(kCoordinator);
    std::size_t node = 1;
    for (std::size_t at = 0; at < votes.size(); ++node) {
      const std::size_t end = std::min(votes.find(' ', at), votes.size());
      if (votes.compare(at, end - at, "yes") == 0) yes.add(node_id(node));
      at = end + 1;
    }
    same.votes.front().push_back(yes);
  }
  std::vector<PlayLine> lines;
  for (const auto& line : run.lines) lines.push_back({.number = static_cast<int>(lines.size()) + 1, .text = told(line)});
  return entry.replay(same, lines).findings;
}

}  // namespace commitlab
