// JUnit XML as those who read it see it: what counts as what, sums that add up, and nothing that XML forbids.
#include "reports/junit.hpp"

#include <algorithm>
#include <map>

#include "reports/checks_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using Attributes = std::map<std::string, std::string>;

// The attributes of every element of that name, in order. Attributes have neither < nor > nor quotes in them, or this fails.
std::vector<Attributes> elements(const std::string& xml, const std::string& name) {
  std::vector<Attributes> all;
  for (std::size_t at = xml.find("<" + name); at != xml.npos; at = xml.find("<" + name, at + 1)) {
    std::size_t i = at + name.size() + 1;
    if (xml[i] != ' ' && xml[i] != '>' && xml[i] != '/') continue;
    Attributes attributes;
    while (xml[i] == ' ') {
      const std::size_t equals = xml.find("=\"", i), end = xml.find('"', equals + 2);
      REQUIRE(end != xml.npos);
      const std::string value = xml.substr(equals + 2, end - equals - 2);
      CHECK(value.find_first_of("<>\n") == value.npos);
      CHECK(attributes.emplace(xml.substr(i + 1, equals - i - 1), value).second);
      i = end + 1;
    }
    REQUIRE((xml[i] == '>' || xml[i] == '/'));
    all.push_back(std::move(attributes));
  }
  return all;
}

std::string inside(const std::string& xml, const std::string& name) {
  const std::size_t begin = xml.find('>', xml.find("<" + name)) + 1;
  return xml.substr(begin, xml.find("</" + name + ">") - begin);
}

// "0.250001" in microseconds.
long long microseconds(const std::string& text) {
  const std::size_t point = text.find('.');
  REQUIRE(text.size() - point == 7);
  return std::stoll(text.substr(0, point)) * 1'000'000 + std::stoll(text.substr(point + 1));
}

}  // namespace

TEST_CASE("a suite for each that was checked, a case for each thing that was asked") {
  const std::string xml = junit_xml(all_kinds_of_checks());
  CHECK(xml.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"commitlab\" tests=\"9\" failures=\"4\" errors=\"1\" skipped=\"2\" time=\"0.250002\">\n"));
  CHECK(xml.ends_with("</testsuites>\n"));
  const auto suites = elements(xml, "testsuite");
  REQUIRE(suites.size() == 5);
  CHECK(suites[0] == Attributes{{"name", "scenarios/bank-transfer.json"}, {"tests", "3"}, {"failures", "0"}, {"errors", "0"}, {"skipped", "1"}, {"time", "0.250000"}, {"file", "scenarios/bank-transfer.json"}});
  CHECK(suites[4] == Attributes{{"name", "mine"}, {"tests", "3"}, {"failures", "3"}, {"errors", "0"}, {"skipped", "0"}, {"time", "0.000002"}});
  const auto cases = elements(xml, "testcase");
  REQUIRE(cases.size() == 9);
  CHECK(cases[0].at("name") == "AC1 agreement");
  CHECK(cases[0].at("classname") == "scenarios/bank-transfer.json");
  CHECK(cases[0].at("line") == "12");
  CHECK(cases[3].at("name") == "play happens as it is written");
  CHECK(cases[5].at("name") == "script");
  CHECK(cases[6].count("line") == 0);
  CHECK(elements(xml, "failure").size() == 4);
  CHECK(elements(xml, "error").size() == 1);
  CHECK(elements(xml, "skipped").size() == 2);
  CHECK(elements(xml, "system-out").size() == 1);
}

TEST_CASE("what suites and cases say adds up, microseconds included") {
  Checks checks = all_kinds_of_checks();
  checks.all[0].verdict->seconds = 12.3456789;
  checks.all[4].verdict->seconds = 3601.1;
  const std::string xml = junit_xml(checks);
  const auto suites = elements(xml, "testsuite"), whole = elements(xml, "testsuites"), cases = elements(xml, "testcase");
  REQUIRE(whole.size() == 1);
  for (const std::string count : {"tests", "failures", "errors", "skipped"}) {
    INFO(count);
    long long sum = 0;
    for (const auto& suite : suites) sum += std::stoll(suite.at(count));
    CHECK(std::to_string(sum) == whole[0].at(count));
  }
  long long of_suites = 0, of_cases = 0;
  for (const auto& suite : suites) of_suites += microseconds(suite.at("time"));
  for (const auto& one : cases) of_cases += microseconds(one.at("time"));
  CHECK(of_suites == 12'345'679 + 3'601'100'000);
  CHECK(of_cases == of_suites);
  CHECK(microseconds(whole[0].at("time")) == of_suites);
  CHECK(cases[0].at("time") == "4.115227");
  CHECK(cases[1].at("time") == "4.115226");
}

TEST_CASE("a failure says why, shows the run, and how to make it again") {
  const std::string xml = junit_xml(all_kinds_of_checks());
  const auto failures = elements(xml, "failure");
  REQUIRE(failures.size() == 4);
  CHECK(failures[0] == Attributes{{"message", "line 5 says so"}, {"type", "differs"}});
  CHECK(failures[1] == Attributes{{"message", "alice aborted, bob committed"}, {"type", "violated"}});
  CHECK(failures[2] == Attributes{{"message", "AC2 is kept, expected violated"}, {"type", "unexpected"}});
  const std::string broken = inside(xml.substr(xml.find("name=\"mine\"")), "failure");
  CHECK(broken.starts_with("violated: alice aborted, bob committed\n  votes  alice votes yes, bob no\n    1  coordinator  start; send prepare to alice bob; arm 2\n"));
  CHECK(broken.find("    4  coordinator  timeout; force abort; crash losing 1 record\n") != broken.npos);
  CHECK(broken.ends_with("repeat: ./lab check bank-transfer --crashes 1\nreplay: ./lab replay p.play\n"));
}

TEST_CASE("an expected violation passes with its run, what is inconclusive is skipped with the reason, a bad file is an error") {
  const std::string xml = junit_xml(all_kinds_of_checks());
  CHECK(inside(xml, "system-out").starts_with("violated: alice is in doubt\n  votes  "));
  CHECK(xml.find("<skipped message=\"the limit of 20 worlds was reached\"/>") != xml.npos);
  CHECK(xml.find("<skipped message=\"it has a script\"/>") != xml.npos);
  CHECK(elements(xml, "error").front() == Attributes{{"message", "unknown key"}, {"type", "E1101"}});
  CHECK(inside(xml, "error") == "error[E1101]: unknown key\n  hint: known: a &amp; b\n");
}

TEST_CASE("the properties of a suite are those of its question and its search") {
  const auto properties = elements(junit_xml(all_kinds_of_checks()), "property");
  const auto value = [&](const std::string& name) {
    const auto found = std::find_if(properties.begin(), properties.end(), [&](const Attributes& one) { return one.at("name") == name; });
    REQUIRE(found != properties.end());
    return found->at("value");
  };
  CHECK(value("seed") == "42");
  CHECK(value("worlds") == "3774");
  CHECK(value("steps") == "9001");
  CHECK(value("faults") == "1 crash anywhere in a step (effects cut, broadcasts torn); no recovery");
}

TEST_CASE("hostile names are harmless in XML, whatever bytes they have") {
  const std::string xml = junit_xml(all_kinds_of_checks());
  CHECK(xml.find("name=\"scenarios/b&amp;d &quot;1&quot;&lt;2&gt;&#39;3&#39;?[31m??.json\"") != xml.npos);
  rc::prop("of any bytes, those that XML 1.0 has no place for are left out", [](const std::string& words) {
    Checks checks = all_kinds_of_checks();
    checks.all[4].path = words, checks.all[4].judged[0].message = words, checks.all[2].errors[0].text = words, checks.all[0].about.warnings = {words};
    const std::string text = junit_xml(checks);
    for (const char c : text) RC_ASSERT(c == '\n' || static_cast<unsigned char>(c) >= 0x20);
    RC_ASSERT(text.find("\xef\xbf\xbe") == text.npos);
    RC_ASSERT(text.find("\xef\xbf\xbf") == text.npos);
    RC_ASSERT(elements(text, "testcase").size() == 9u);
    RC_ASSERT(elements(text, "failure").size() == 4u);
  });
}

}  // namespace commitlab
