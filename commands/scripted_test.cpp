// Scripts that cannot mean anything, and scripted faults that never happened: what run, show and estimate say of them.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static std::string with_script(const TemporaryFolder& folder, const std::string& script, const std::string& more = "") {
  return folder.write("s.json", R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": 2, "script": [)" + script + "]" + more + "}");
}

// The warnings of that verb, the same in JSON and as a page.
static std::vector<std::string> warnings(std::vector<std::string> args) {
  const Called page = call(args, catalogue());
  args.emplace_back("--json");
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  const auto all = json::parse(called.out)["warnings"].get<std::vector<std::string>>();
  for (const auto& warning : all) CHECK(page.out.find(warning.substr(0, 24)) != std::string::npos);
  return all;
}

TEST_CASE("a script that cannot change anything is warned of") {
  const TemporaryFolder folder;
  const std::vector<std::pair<std::string, std::string>> scripts = {
      {R"({"at": 1, "do": "crash", "node": "p1"}, {"at": 2, "do": "crash", "node": "p1"})", "scripted fault 2, at 2 ms, changes nothing: p1 is down already"},
      {R"({"at": 1, "do": "recover", "node": "coordinator"})", "scripted fault 1, at 1 ms, changes nothing: coordinator is up"},
      {R"({"at": 1, "do": "heal"})", "scripted fault 1, at 1 ms, changes nothing: there is no partition to heal"},
      {R"({"at": 3, "do": "heal"}, {"at": 1, "do": "partition", "groups": [["p1"], ["p2", "coordinator"]]}, {"at": 2, "do": "heal"})",
       "scripted fault 1, at 3 ms, changes nothing: there is no partition to heal"}};
  for (const auto& [script, words] : scripts) {
    CAPTURE(script);
    const std::string file = with_script(folder, script);
    for (const std::string verb : {"run", "show", "estimate"}) {
      CAPTURE(verb);
      std::vector<std::string> args{verb, file};
      if (verb == "estimate") args.insert(args.end(), {"--runs", "20"});
      const auto all = warnings(args);
      REQUIRE(all.size() == 2);
      CHECK(all[0] == words);
      CHECK(all[1].find(" never happened in " + std::string(verb == "estimate" ? "any run: " : "this run: ")) != std::string::npos);
    }
  }
}

TEST_CASE("of a script that may change something, nothing is warned of before it is run") {
  const TemporaryFolder folder;
  CHECK(warnings({"run", with_script(folder, R"({"at": 1, "do": "crash", "node": "p1"}, {"at": 20, "do": "recover", "node": "p1"}, {"at": 30, "do": "crash", "node": "p1"}, {"at": 40, "do": "recover", "node": "p1"})")}).empty());
  // It comes back by itself, or may.
  CHECK(warnings({"run", with_script(folder, R"({"at": 1, "do": "crash", "node": "p1"}, {"at": 300, "do": "crash", "node": "p1"}, {"at": 310, "do": "recover", "node": "p1"})", R"(, "faults": {"recovery": true})")}).empty());
  // What waits for an effect may have come before.
  const auto all = warnings({"run", with_script(folder, R"({"when": {"node": "p1", "has": "force never"}, "do": "crash"}, {"at": 20, "do": "recover", "node": "p1"})")});
  REQUIRE(all.size() == 2);
  CHECK(all[0] == "scripted fault 1 never happened in this run: crash of p1 when p1 does \"force never\"");
  CHECK(all[1] == "scripted fault 2 never happened in this run: recover of p1 at 20.000 ms");
}

TEST_CASE("a crash that an effect sets off, or that falls into a step, has happened, and one after the end has not") {
  const TemporaryFolder folder;
  CHECK(warnings({"run", "alice-stops"}).empty());
  CHECK(warnings({"estimate", with_script(folder, R"({"when": {"node": "p1", "has": "send yes"}, "do": "crash"})"), "--runs", "20"}).empty());
  // While a force of 20 ms lasts, the node is at work.
  CHECK(warnings({"run", with_script(folder, R"({"at": 8, "do": "crash", "node": "p1"})", R"(, "delays": {"force": 20, "timeout": 500})")}).empty());
}

TEST_CASE("of many faults that never happened, the first five are told") {
  const TemporaryFolder folder;
  std::string script;
  for (int i = 0; i < 8; ++i) script += std::string(i == 0 ? "" : ", ") + R"({"when": {"node": "p1", "has": "force never"}, "do": "crash"})";
  const auto all = warnings({"run", with_script(folder, script)});
  REQUIRE(all.size() == 6);
  CHECK(all.back() == "3 more scripted faults never happened in this run");
}

}  // namespace commitlab
