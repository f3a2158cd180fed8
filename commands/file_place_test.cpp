// Paths and lines as those who show a file in its place need them.
#include "commands/file_place.hpp"

#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("a path is seen from where the program was called") {
  const std::string here = std::filesystem::current_path().string();
  CHECK(path_from_here("scenarios/a.json") == "scenarios/a.json");
  CHECK(path_from_here("./scenarios//deep/../a.json") == "scenarios/a.json");
  CHECK(path_from_here(here + "/scenarios/a.json") == "scenarios/a.json");
  CHECK(path_from_here("../a.json") == "../a.json");
}

TEST_CASE("the line of a key is that of the first of them which is there, else the first") {
  const TemporaryFolder folder;
  const std::string both = folder.write("both.json", "{\n\"protocol\": \"2pc\",\n\n\"check\": [\"AC1\"]}"), one = folder.write("one.json", "{\n\"protocol\": {\"check\":\n1}}");
  CHECK(line_of_key(both, {"check", "protocol"}) == 4);
  CHECK(line_of_key(one, {"check", "protocol"}) == 2);
  CHECK(line_of_key(one, {"check"}) == 1);
  CHECK(line_of_key(folder.write("bad.json", "{\n"), {"check"}) == 1);
  CHECK(line_of_key(folder.write("list.json", "[\n1]"), {"check"}) == 1);
  CHECK(line_of_key(folder / "none.json", {"check"}) == 1);
}

TEST_CASE("a violation is marked where its scenario asks for it, and a play at the line that differs") {
  const TemporaryFolder folder;
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  fakes().replayed = {.outcome = Replayed::Outcome::differs, .line = 3};
  const std::string file = folder.write("s.json", "{\"schema\": \"commitlab-scenario/1\", \"protocol\": \"fake\",\n\"participants\": 2,\n\n\"check\": [\"AC1\"]}");
  const std::string play = folder.write("p.play", "# commitlab-play/1 fake\nvotes yes no\np1 timeout\n");
  CHECK(call({"check", file, play, "--sarif", folder / "o.sarif"}).exit_code == 1);
  const auto results = nlohmann::json::parse(folder.read("o.sarif"))["runs"][0]["results"];
  REQUIRE(results.size() == 2);
  const std::string in_file = results[0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], in_play = results[1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
  CHECK(in_file == path_from_here(file));
  CHECK(in_play == path_from_here(play));
  CHECK(results[0]["locations"][0]["physicalLocation"]["region"]["startLine"] == 4);
  CHECK(results[1]["locations"][0]["physicalLocation"]["region"]["startLine"] == 3);
  CHECK(results[1]["ruleId"] == "play");
}

}  // namespace commitlab
