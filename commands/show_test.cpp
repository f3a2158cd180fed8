// `show --svg`: which pictures there are, and which there are not.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

static Called shown(std::vector<std::string> args) {
  args.insert(args.begin(), "show");
  return call(std::move(args), catalogue());
}

static void check_refused(std::vector<std::string> args, const std::string& words) {
  const Called called = shown(std::move(args));
  CAPTURE(called.err);
  CHECK(called.exit_code == 64);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
}

TEST_CASE("a run is a picture in virtual time, or in steps if that is asked") {
  const Called timed = shown({"bank-transfer", "--svg"});
  CHECK(timed.exit_code == 0);
  CHECK(timed.out.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg "));
  CHECK(timed.out.ends_with("</svg>\n"));
  CHECK(timed.out.find("Transfer 100 from Alice&#39;s bank to Bob&#39;s</title>") != std::string::npos);
  CHECK(timed.out.find(">ms</text>") != std::string::npos);
  CHECK(shown({"bank-transfer", "--svg", "--scale", "time"}).out == timed.out);
  const std::string steps = shown({"bank-transfer", "--svg", "--scale", "steps"}).out;
  CHECK(steps.find(">step</text>") != std::string::npos);
  CHECK(steps.find(">ms</text>") == std::string::npos);
}

TEST_CASE("a play is a picture in steps") {
  const Called called = shown({"alice-stops.play", "--svg"});
  CHECK(called.exit_code == 0);
  CHECK(called.out.find(">step</text>") != std::string::npos);
  CHECK(called.out.find("data-step=\"19\"") != std::string::npos);
  CHECK(called.out.find("data-step=\"20\"") == std::string::npos);
}

TEST_CASE("a play that happens otherwise than it is written is a picture of what happens, and 3") {
  const TemporaryFolder folder;
  const Called called = shown({folder.write("p.play", "# commitlab-play/1 2pc -n 1\nvotes yes\n0 start\n1 start\nend; 1 abort\n"), "--svg"});
  CHECK(called.exit_code == 3);
  CHECK(called.out.find("data-step=\"2\"") != std::string::npos);
  CHECK(called.err == "note: line 5 of the play happens otherwise than it is written\n");
}

TEST_CASE("what a picture cannot be is refused with a reason") {
  check_refused({"alice-stops.play", "--svg", "--scale", "time"}, "--scale: a play says in which order things happen, and not when");
  check_refused({"bank-transfer", "--scale", "steps"}, "it needs --svg");
  check_refused({"bank-transfer", "--svg", "--json"}, "contradicts --json");
  check_refused({"bank-transfer", "--svg", "--scale", "stps"}, "did you mean \"steps\"?");
}

TEST_CASE("nothing that is printed commands a terminal, turns the writing round or hides, whatever a title says") {
  const TemporaryFolder folder;
  static const std::vector<std::string> kHarmful = {"\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6", "\xef\xbb\xbf", "\xf3\xa0\x81\x81", "\xe2\x80\xa8"};
  std::string title = "Z\xc3\xbcrich ";
  for (const auto& harmful : kHarmful) title += harmful + "x";
  const std::string file = folder.write("s.json", R"({"schema": "commitlab-scenario/1", "title": ")" + title +
                                                      R"(", "protocol": "2pc", "participants": [{"name": "alice"}], "check": ["AC1"]})");
  const std::vector<std::vector<std::string>> verbs = {{"run"}, {"check"}, {"estimate", "--runs", "20"}, {"show"}, {"concurrency"}, {"necessary"}, {"frontier"},
                                                       {"blocking", "--runs", "20", "--chance", "crash=0.1"}, {"estimate", "--runs", "20", "--shard", "1/2"}, {"explore"}};
  std::vector<std::vector<std::string>> all;
  for (const auto& verb : verbs)
    for (const bool json : {false, true}) {
      all.push_back(verb);
      all.back().insert(all.back().begin() + 1, file);
      if (json) all.back().push_back("--json");
    }
  for (const char* format : {"trace", "itf", "shiviz", "mermaid", "dot", "chrome", "plantuml", "ndjson", "csv"}) all.push_back({"show", file, "--format", format});
  all.push_back({"show", file, "--svg"});
  for (const auto& args : all) {
    CAPTURE(args);
    const Called called = call(args, catalogue());
    const bool refused = args[0] == "estimate" && args.size() == 6;  // a part of the runs is told as JSON alone
    CHECK((refused || called.exit_code < 64));
    for (const auto& harmful : kHarmful) CHECK((called.out + called.err).find(harmful) == std::string::npos);
    if (args.back() == "--json" && args[0] != "explore") CHECK(nlohmann::json::parse(called.out).dump().find("rich ") != std::string::npos);
  }
}

}  // namespace commitlab
