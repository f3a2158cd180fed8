// `explore` and `export --format dot` as their caller sees them.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static json explored(std::vector<std::string> args, int exit_code = 0) {
  args.insert(args.begin(), "explore");
  args.emplace_back("--json");
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  REQUIRE(called.exit_code == exit_code);
  return json::parse(called.out);
}

static void check_refused(const std::vector<std::string>& args, int exit_code, const std::string& words) {
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  CHECK(called.exit_code == exit_code);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
}

TEST_CASE("a page holds as many worlds and steps as the search finds, and asks nothing of any network") {
  const TemporaryFolder folder;
  const std::vector<std::string> question = {"3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--check", "AC1,AC2,AC3,AC4,AC5,NB"};
  const json data = explored(question);
  std::vector<std::string> check = question;
  check.insert(check.begin(), "check"), check.emplace_back("--json");
  const json verdict = json::parse(call(check, catalogue()).out);
  CHECK(data["schema"] == "commitlab-explorer/1");
  const json& meta = data["meta"];
  CHECK(meta["question"] == "# commitlab-play/1 3pc-textbook -n 2 --crashes 1 --timing synchronous --check AC1,AC2,AC3,AC4,AC5,NB");
  CHECK(meta["names"] == json({"coordinator", "p1", "p2"}));
  CHECK(meta["truncated"] == false);
  CHECK(meta["starts"].size() == 4);
  CHECK(meta["starts"][3] == json({{"world", 3}, {"votes", {"yes yes"}}}));
  CHECK(meta["opens"].is_null());
  CHECK(meta["lesson"].is_null());
  for (const json& finding : verdict["findings"]) {
    INFO(finding["property"]);
    const auto same = [&](const json& property) { return property["name"] == finding["property"] && property["status"] == finding["status"] && property["plain"] == finding["plain_name"]; };
    CHECK(std::count_if(meta["properties"].begin(), meta["properties"].end(), same) == 1);
  }
  std::vector<std::string> page = question;
  page.insert(page.begin(), "explore"), page.insert(page.end(), {"-o", folder / "page.html"});
  CHECK(call(page, catalogue()).exit_code == 0);
  std::string html = folder.read("page.html");
  const std::string svg = "http://www.w3.org/2000/svg";  // a name, of which nobody asks
  for (std::size_t at = html.find(svg); at != html.npos; at = html.find(svg, at)) html.erase(at, svg.size());
  CHECK(html.starts_with("<!DOCTYPE html>"));
  CHECK(html.find("default-src 'none'") != std::string::npos);
  CHECK(html.find("<main id=\"explorer\">") != std::string::npos);
  CHECK(html.find("<noscript>") != std::string::npos);
  CHECK(html.find(data["graph"].get<std::string>()) != std::string::npos);
  CHECK(html.find("://") == std::string::npos);
}

TEST_CASE("without AC5, a graph has the worlds and steps of check") {
  const json data = explored({"2pc", "-n", "2", "--crashes", "1"});
  const json verdict = json::parse(call({"check", "2pc", "-n", "2", "--crashes", "1", "--json"}, catalogue()).out);
  CHECK(data["meta"]["worlds"] == verdict["worlds"]);
  CHECK(data["meta"]["steps"] == verdict["steps"]);
}

TEST_CASE("a page is small: a hundred thousand worlds in half a megabyte at most, and a limit is told") {
  const TemporaryFolder folder;
  CHECK(call({"explore", "2pc", "-n", "3", "--crashes", "1", "-o", folder / "page.html"}, catalogue()).exit_code == 0);
  CHECK(folder.read("page.html").size() < 500'000);
  const json meta = explored({"2pc", "-n", "3", "--crashes", "1", "--max-states", "1000"})["meta"];
  CHECK(meta["truncated"] == true);
  CHECK(meta["worlds"] == 1000);
  CHECK(meta["beyond"] > 0);
  CHECK(meta["stopped"] == "the limit of 1000 worlds was reached");
  CHECK(meta["properties"][0]["status"] == "inconclusive");
}

TEST_CASE("a page of a play opens at its end, with its votes only") {
  const TemporaryFolder folder;
  REQUIRE(call({"check", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--save", folder / "plays"}, catalogue()).exit_code == 1);
  const std::string play = folder / "plays/3pc-textbook-AC1.play";
  const json meta = explored({play})["meta"];
  CHECK(meta["starts"] == json::parse(R"([{"world": 0, "votes": ["yes yes"]}])"));
  CHECK(meta["opens"]["start"] == 0);
  CHECK(meta["opens"]["path"].size() == 10);
  CHECK(meta["question"].get<std::string>().starts_with("# commitlab-play/1 3pc-textbook -n 2 "));
  check_refused({"explore", play, "--max-states", "20"}, 64, "--max-states: step ");
  check_refused({"explore", folder.write("no.play", "# commitlab-play/1 2pc -n 1\nvotes yes\n1 crash\n")}, 65, "\"1 crash\" cannot happen here");
}

TEST_CASE("a weakened protocol and a specification are explored too") {
  const json weak = explored({"2pc", "-n", "2", "--crashes", "1", "--recovery", "--timing", "synchronous", "--votes", "yes", "--weaken", "participant:unforced:prepared"})["meta"];
  CHECK(weak["properties"][0] == json({{"name", "AC1"}, {"plain", "agreement"}, {"status", "violated"}}));
  CHECK(weak["warnings"].size() == 1);
  const json specification = explored({"tcommit", "-n", "3"})["meta"];
  CHECK(specification["worlds"] == 34);
}

TEST_CASE("what cannot be explored is refused with its reason") {
  check_refused({"explore", "2pc", "--max-states", "5000000"}, 64, "--max-states: at most 2000000 worlds are shown, got 5000000");
  check_refused({"explore", "2pc", "--runs", "10"}, 64, "--runs");
  check_refused({"explore", "2cp"}, 66, "did you mean \"2pc\"?");
  const TemporaryFolder folder;
  const std::string script = R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": 1, "script": [{"at": 1, "do": "crash", "node": "p1"}]})";
  check_refused({"explore", folder.write("script.json", script)}, 64, "a search asks for all that can happen: it takes no scenario with a \"script\"");
}

TEST_CASE("worlds are exported for Graphviz, and the answer says what was merged") {
  const TemporaryFolder folder;
  const std::vector<std::string> asking = {"export", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--format", "dot", "--to"};
  const auto exported = [&](const std::string& file, const std::vector<std::string>& more) {
    std::vector<std::string> args = asking;
    args.push_back(file), args.insert(args.end(), more.begin(), more.end());
    return call(args, catalogue());
  };
  const Called called = exported(folder / "a.dot", {"--json"});
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  const json told = json::parse(called.out);
  CHECK(told["worlds"] == 466);
  CHECK(told["boxes"] <= 250);
  CHECK(folder.read("a.dot").find(told["merged"].get<std::string>()) != std::string::npos);
  CHECK(exported(folder / "b.dot", {}).out.find("merged   90 boxes, 241 arrows: worlds in which") != std::string::npos);
  CHECK(exported(folder / "a.dot", {}).exit_code == 73);
  CHECK(exported(folder / "c.dot", {"--exact"}).err.find("--exact: not with --format dot") != std::string::npos);
  check_refused({"export", "2pc", "--max-states", "10", "--to", folder / "m"}, 64, "--max-states: only with --format dot");
}

}  // namespace commitlab
