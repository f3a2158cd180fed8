#include "reports/junit.hpp"

#include <cstdint>

#include "reports/page.hpp"
#include "sim/names.hpp"

namespace commitlab {

// ` name="value"`. What HTML takes for text XML does too, as long as no control character is in it, and printable() leaves none.
static std::string attribute(std::string_view name, std::string_view value) { return " " + std::string(name) + "=\"" + html_text(value) + '"'; }
static std::string attribute(std::string_view name, std::size_t value) { return attribute(name, std::to_string(value)); }

static std::string lines_as_text(std::string_view text) {
  std::string xml;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    xml += html_text(text.substr(0, end));
    if (end == text.npos) break;
    xml += '\n';
    text.remove_prefix(end + 1);
  }
  return xml;
}

// "0.250000". Whole microseconds are added up, so that the times of cases are exactly those of their suite.
static std::string seconds_text(std::uint64_t microseconds) {
  const std::string digits = std::to_string(1'000'000 + microseconds % 1'000'000);
  return std::to_string(microseconds / 1'000'000) + "." + digits.substr(1);
}

static std::uint64_t microseconds_of(const Checked& checked) {
  return checked.verdict && checked.verdict->seconds > 0 ? static_cast<std::uint64_t>(checked.verdict->seconds * 1e6 + 0.5) : 0;
}

struct JunitTotals {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::uint64_t microseconds = 0;
};

static JunitTotals totals_of(const Checked& checked) {
  JunitTotals totals{.tests = checked.judged.size(), .microseconds = microseconds_of(checked)};
  for (const auto& judged : checked.judged) {
    if (failed(judged.result)) ++totals.failures;
    if (judged.result == Judged::Result::error) ++totals.errors;
    if (judged.result == Judged::Result::inconclusive || judged.result == Judged::Result::skipped) ++totals.skipped;
  }
  return totals;
}

static std::string attributes_of(const JunitTotals& totals) {
  return attribute("tests", totals.tests) + attribute("failures", totals.failures) + attribute("errors", totals.errors) + attribute("skipped", totals.skipped) +
         attribute("time", seconds_text(totals.microseconds));
}

static std::string properties_of(const Checked& checked) {
  std::string xml;
  const auto property = [&](std::string_view name, std::string_view value) { xml += "      <property" + attribute("name", name) + attribute("value", value) + "/>\n"; };
  if (!checked.about.protocol.empty()) {
    property("protocol", checked.about.protocol);
    property("seed", std::to_string(checked.seed));
    property("faults", faults_text(checked.about.faults, checked.about.names));
    property("timing", timing_text(checked.about.faults));
  }
  if (checked.verdict) {
    property("votes", votes_text(checked.about));
    property("worlds", std::to_string(checked.verdict->worlds));
    property("steps", std::to_string(checked.verdict->steps));
  }
  for (const auto& warning : checked.about.warnings) property("warning", warning);
  return xml.empty() ? "" : "    <properties>\n" + xml + "    </properties>\n";
}

// What is inside of a test case; nothing for one that simply passes.
static std::string outcome_of(const Checked& checked, const Judged& judged) {
  const auto element = [&](const std::string& name, const std::string& attributes, const std::string& text) {
    return "      <" + name + attributes + ">" + lines_as_text(text) + "</" + name + ">\n";
  };
  const std::string message = attribute("message", judged.message.empty() ? judged.status : judged.message);
  const std::string type = attribute("type", name_of(judged.result));
  switch (judged.result) {
    case Judged::Result::skipped:
    case Judged::Result::inconclusive: return "      <skipped" + message + "/>\n";
    case Judged::Result::error: {
      std::string text;
      for (const auto& error : checked.errors) text += error.text;
      return element("error", message + attribute("type", checked.errors.empty() ? "error" : checked.errors.front().code), text);
    }
    case Judged::Result::differs:
    case Judged::Result::violated:
    case Judged::Result::unexpected: return element("failure", message + type, run_and_command(checked, judged));
    case Judged::Result::passed: break;
  }
  // A violation that was expected passes, and still has its run.
  const bool shown = judged.rule != "play" && run_of(checked, judged) != nullptr;
  return shown ? element("system-out", "", run_and_command(checked, judged)) : "";
}

// One search answers all that is asked, so that each test case has an equal share of its time; the first has what is left over.
static std::string suite(const Checked& checked) {
  const JunitTotals totals = totals_of(checked);
  std::string xml = "  <testsuite" + attribute("name", checked.path) + attributes_of(totals);
  if (!checked.file.empty()) xml += attribute("file", checked.file);
  xml += ">\n" + properties_of(checked);
  const std::uint64_t share = totals.tests == 0 ? 0 : totals.microseconds / totals.tests;
  std::uint64_t left_over = totals.microseconds - share * totals.tests;
  for (const auto& judged : checked.judged) {
    const std::string name = judged.rule + (judged.title.empty() ? "" : " " + judged.title);
    xml += "    <testcase" + attribute("classname", checked.path) + attribute("name", name) + attribute("time", seconds_text(share + left_over));
    if (!checked.file.empty()) xml += attribute("file", checked.file) + attribute("line", static_cast<std::size_t>(checked.line));
    const std::string inside = outcome_of(checked, judged);
    xml += inside.empty() ? "/>\n" : ">\n" + inside + "    </testcase>\n";
    left_over = 0;
  }
  return xml + "  </testsuite>\n";
}

std::string junit_xml(const Checks& checks) {
  JunitTotals all;
  std::string suites;
  for (const auto& checked : checks.all) {
    const JunitTotals one = totals_of(checked);
    all.tests += one.tests, all.failures += one.failures, all.errors += one.errors, all.skipped += one.skipped, all.microseconds += one.microseconds;
    suites += suite(checked);
  }
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", "commitlab") + attributes_of(all) + ">\n" + suites + "</testsuites>\n";
}

}  // namespace commitlab
