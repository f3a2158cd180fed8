// `check` of several scenarios and plays: each is checked, what is wrong with one is told, and the worst is the exit code.
#include <nlohmann/json.hpp>

#include "commands/check_several.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "scenarios/shipped.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

namespace {

std::string scenario(const std::string& protocol, const std::string& more) {
  return R"({"schema": "commitlab-scenario/1", "protocol": ")" + protocol + R"(", "participants": 2, )" + more + "}\n";
}

const std::string kGood = scenario("2pc", R"("faults": {"crashes": 1}, "check": ["AC1", "AC2", "AC3"])");
const std::string kTorn = R"("faults": {"crashes": 1, "timing": "synchronous"}, "check": ["AC1", "AC3"])";
const std::string kViolating = scenario("3pc-textbook", kTorn);
const std::string kExpected = scenario("3pc-textbook", kTorn + R"(, "expect": {"AC1": "violated", "worlds": 466})");
const std::string kUnexpected = scenario("3pc-textbook", kTorn + R"(, "expect": {"AC1": "holds"})");
const std::string kLarge = scenario("2pc", R"("faults": {"crashes": 2, "losses": 2, "recovery": true}, "check": ["AC1"])");
const std::string kBad = scenario("2pc", R"("crahs": 1)");
const std::string kScripted = scenario("2pc", R"("script": [{"at": 1, "do": "crash", "node": "p1"}])");

std::string shipped_text(const std::string& name) {
  std::ifstream file(shipped_scenario_path(name).value());
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string play_of_torn(const std::string& from = "", const std::string& to = "") {
  std::string text = shipped_text("torn-precommit.play");
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  return text;
}

Called check(std::vector<std::string> args) {
  args.insert(args.begin(), "check");
  return call(std::move(args), catalogue());
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a folder is checked scenario by scenario, sorted by name, with a row for each") {
  const TemporaryFolder folder;
  folder.write("b.json", kGood), folder.write("a.json", kExpected), folder.write("c.play", play_of_torn());
  folder.write("notes.txt", "not asked"), folder.write("x.schema.json", "{}"), folder.write(".hidden.json", "{}");
  const Called called = check({folder / ""});
  CAPTURE(called.out, called.err);
  CHECK(called.exit_code == 0);
  CHECK(called.err.empty());
  CHECK(has(called.out, "2 scenarios and 1 play in "));
  CHECK(has(called.out, "  a.json  as expected     466  "));
  CHECK(has(called.out, "  violated: AC1; holds: AC3\n  b.json  holds        10,394  "));
  CHECK(has(called.out, "  holds: AC1, AC2 and AC3\n  c.play  the same                     10 steps and the end, as written\n\nverdict  3 passed\n"));
  CHECK(called.out.ends_with("\nrepeat   commitlab check " + (folder / "") + "\n"));
}

TEST_CASE("what is wrong is told with how to ask it alone, and -v shows the run") {
  const TemporaryFolder folder;
  folder.write("good.json", kGood);
  const std::string violating = folder.write("violating.json", kViolating);
  const Called called = check({folder / "good.json", violating});
  CAPTURE(called.out);
  CHECK(called.exit_code == 1);
  CHECK(has(called.out, "\n  " + violating + "\n    AC1  violated  p1 aborted, p2 committed\n    claims  AC1: outside what 3pc-textbook claims; try --crash-points handlers\n    repeat  commitlab check " + violating + "\n\nverdict  1 violated, 1 passed\n"));
  CHECK_FALSE(has(called.out, "crash\n"));
  CHECK(has(check({folder / "good.json", violating, "-v"}).out, " 7  coordinator  deliver yes from p2; force precommit; send precommit to p2; crash\n"));
  CHECK(check({folder / "good.json", violating, "-q"}).out == "  " + violating + "\n    AC1  violated  p1 aborted, p2 committed\n    claims  AC1: outside what 3pc-textbook claims; try --crash-points handlers\n    repeat  commitlab check " + violating + "\n\nverdict  1 violated, 1 passed\n");
}

TEST_CASE("a bad file is told, and the others go on") {
  const TemporaryFolder folder;
  folder.write("a.json", kGood), folder.write("b.json", kBad), folder.write("c.json", kViolating);
  const Called called = check({folder / ""});
  CAPTURE(called.out, called.err);
  CHECK(called.exit_code == 1);
  CHECK(has(called.out, "verdict  1 violated, 1 could not be asked, 1 passed\n"));
  CHECK(has(called.err, "error[E1101] " + (folder / "b.json") + ":1:74 /crahs: unknown key \"crahs\"\n  hint: "));
  CHECK(check({folder / "a.json", folder / "b.json"}).exit_code == 65);
  CHECK(check({folder / "a.json", folder / "none.json"}).exit_code == 66);
  CHECK(check({folder / "a.json", "fkae"}).exit_code == 66);
}

TEST_CASE("of several, the worst exit code: 1, then 3, then what could not be asked, then 2") {
  const auto worst = [](const std::vector<int>& codes) {
    std::vector<Checked> all;
    for (const int code : codes) all.push_back({.exit_code = code});
    return exit_code_of(all);
  };
  CHECK(worst({0, 0}) == 0);
  CHECK(worst({0, 2, 0}) == 2);
  CHECK(worst({2, 65, 66}) == 65);
  CHECK(worst({66, 2, 65}) == 66);
  CHECK(worst({65, 3, 2}) == 3);
  CHECK(worst({65, 3, 1, 2}) == 1);
  const TemporaryFolder folder;
  const std::string large = folder.write("large.json", kLarge), good = folder.write("good.json", kGood), bad = folder.write("bad.json", kBad);
  const std::string other = folder.write("other.play", play_of_torn("force yes", "force no"));
  CHECK(check({large, good, "--max-states", "20000"}).exit_code == 2);
  CHECK(check({large, good, bad, "--max-states", "20000"}).exit_code == 65);
  CHECK(check({large, good, bad, other, "--max-states", "20000"}).exit_code == 3);
  CHECK(check({large, good, bad, other, folder.write("violating.json", kViolating), "--max-states", "20000"}).exit_code == 1);
}

TEST_CASE("a play is made again as it is written, whatever is asked of the scenarios") {
  const TemporaryFolder folder;
  const std::string good = folder.write("good.json", kGood);
  const auto with = [&](const std::string& text) { return check({good, folder.write("p.play", text), "--check", "AC3", "--crashes", "0"}); };
  CHECK(with(play_of_torn()).exit_code == 0);
  const Called differs = with(play_of_torn("force yes", "force no"));
  CHECK(differs.exit_code == 3);
  CHECK(has(differs.out, "    play  differs  line 5 says \"alice deliver can_commit from coordinator; force no;"));
  CHECK(has(differs.out, "    repeat  commitlab replay " + (folder / "p.play") + "\n"));
  CHECK(with(play_of_torn("1 abort; 2 commit\n", "1 commit; 2 commit\n")).exit_code == 3);
  CHECK(with(play_of_torn("AC1 violated; ", "")).exit_code == 3);
  const Called impossible = with(play_of_torn("0 deliver yes from 1", "0 deliver no from 1"));
  CHECK(impossible.exit_code == 65);
  CHECK(has(impossible.out, "play  impossible  line 6 cannot happen: \"coordinator deliver no from alice\"\n"));
}

TEST_CASE("a folder without anything to check is 66, and one with scripts only 64") {
  const TemporaryFolder folder;
  const Called empty = check({folder / ""});
  CHECK(empty.exit_code == 66);
  CHECK(empty.out.empty());
  CHECK(empty.err == "error[E1011] " + (folder / "") + ": is a directory without a scenario (*.json) or a play (*.play)\n");
  folder.write("scripted.json", kScripted);
  const Called scripted = check({folder / ""});
  CHECK(scripted.exit_code == 64);
  CHECK(has(scripted.err, "error[E1304]: nothing to check"));
  folder.write("good.json", kGood);
  const Called both = check({folder / ""});
  CHECK(both.exit_code == 0);
  CHECK(has(both.out, "verdict  1 passed, 1 skipped\n"));
  CHECK(check({folder / "good.json", folder / "scripted.json"}).exit_code == 64);  // named, and not found
}

TEST_CASE("options that change the question are for all scenarios, and what is wrong with all is told once") {
  const TemporaryFolder folder;
  folder.write("a.json", kViolating), folder.write("b.json", kViolating);
  CHECK(check({folder / ""}).exit_code == 1);
  const Called handlers = check({folder / "", "--crash-points", "handlers"});
  CHECK(handlers.exit_code == 0);
  CHECK(handlers.out.ends_with("repeat   commitlab check " + (folder / "") + " --crash-points handlers\n"));
  const Called wrong = check({folder / "", "--crashes", "x"});
  CHECK(wrong.exit_code == 64);
  CHECK(wrong.out.empty());
  CHECK(wrong.err.find("--crashes: expected an integer") == wrong.err.rfind("--crashes: expected an integer"));
  folder.write("c.json", scenario("2pc", R"("check": ["AC1", "NB"])"));
  const Called some = check({folder / "", "--store", "fingerprint64"});
  CHECK(has(some.out, "2 violated, 1 could not be asked"));
  CHECK(has(some.err, "--store: not with NB"));
}

TEST_CASE("what is said of one scenario only is refused for several, with the reason") {
  const TemporaryFolder folder;
  folder.write("a.json", kGood);
  const auto refused = [&](std::vector<std::string> args, const std::string& words) {
    args.insert(args.begin(), folder / "");
    const Called called = check(args);
    CAPTURE(called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.out.empty());
    CHECK(has(called.err, words));
  };
  refused({"--expect", "AC1=holds"}, "--expect: of one scenario only: several need not come out alike\n  hint: a scenario says what is expected of it by its key \"expect\"");
  refused({"--checkpoint", folder / "c"}, "--checkpoint: of one scenario only");
  refused({"--resume", folder / "c"}, "--resume: of one scenario only");
  refused({"--min-faults"}, "--min-faults: of one scenario only");
  refused({"--fail-on", "violatd"}, "--fail-on: expected one of violated, inconclusive, got \"violatd\"; did you mean \"violated\"?");
  CHECK(has(check({folder / "a.json", "--min-faults", "--junit", folder / "o.xml"}).err, "--junit: not with --min-faults"));
}

TEST_CASE("of statuses those count that --fail-on names, and an expectation always does") {
  const TemporaryFolder folder;
  const std::string violating = folder.write("violating.json", kViolating), large = folder.write("large.json", kLarge);
  const std::string expected = folder.write("expected.json", kExpected), unexpected = folder.write("unexpected.json", kUnexpected);
  const auto code = [&](std::vector<std::string> args) { return args.insert(args.end(), {"--max-states", "20000"}), check(args).exit_code; };
  CHECK(code({violating}) == 1);
  CHECK(code({violating, "--fail-on", "violated"}) == 1);
  CHECK(code({violating, "--fail-on", "inconclusive"}) == 0);
  CHECK(code({large}) == 2);
  CHECK(code({large, "--fail-on", "inconclusive"}) == 2);
  CHECK(code({large, "--fail-on", "violated"}) == 0);
  CHECK(code({large, violating, "--fail-on", "inconclusive"}) == 2);
  CHECK(code({large, violating, "--fail-on", "violated,inconclusive"}) == 1);
  CHECK(code({expected, "--fail-on", "violated"}) == 0);
  CHECK(code({unexpected, "--fail-on", "inconclusive"}) == 1);
}

TEST_CASE("the JSON of several is one document, with all that each alone would say") {
  const TemporaryFolder folder;
  folder.write("a.json", kExpected), folder.write("b.json", kBad), folder.write("c.json", kViolating), folder.write("d.play", play_of_torn()), folder.write("e.json", kScripted);
  const Called called = check({folder / "", "--json"});
  CHECK(called.exit_code == 1);
  CHECK(called.err.empty());
  const json document = json::parse(called.out);
  CHECK(document["schema"] == "commitlab-checks/1");
  CHECK(document["exit_code"] == 1);
  CHECK(document["arguments"] == json({"check", folder / ""}));
  const json& all = document["checked"];
  REQUIRE(all.size() == 5);
  const std::vector<std::string> results = {"passed", "error", "violated", "passed", "skipped"};
  for (std::size_t i = 0; i < results.size(); ++i) CHECK(all[i]["result"] == results[i]);
  REQUIRE(all[0]["judged"].size() == 3);
  CHECK(all[0]["judged"][0] == json({{"rule", "AC1"}, {"title", "agreement"}, {"result", "passed"}, {"status", "violated"}, {"message", "p1 aborted, p2 committed"}, {"play", nullptr}}));
  CHECK(all[0]["judged"][2]["rule"] == "worlds");
  CHECK(all[0]["answer"]["schema"] == "commitlab-verdict/1");
  CHECK(all[0]["answer"]["worlds"] == 466);
  CHECK(all[1]["answer"] == nullptr);
  CHECK(all[1]["errors"][0]["code"] == "E1101");
  CHECK(all[1]["exit_code"] == 65);
  CHECK(all[2]["answer"]["findings"][0]["witness"]["lines"].size() == 10);
  CHECK(all[3]["answer"]["schema"] == "commitlab-replay/1");
  CHECK(all[4]["answer"] == nullptr);
}

TEST_CASE("runs of several are kept in one folder, unless two would have the same name") {
  const TemporaryFolder folder;
  const std::string one = folder.write("one.json", kViolating), two = folder.write("two.json", kExpected);
  const Called kept = check({one, two, "--save", folder / "plays"});
  CHECK(kept.exit_code == 1);
  CHECK(has(kept.out, "    replay  commitlab replay " + (folder / "plays/one-3pc-textbook-AC1.play") + "\n"));
  CHECK(call({"replay", folder / "plays/two-3pc-textbook-AC1.play"}, catalogue()).exit_code == 0);
  CHECK(check({folder / "plays"}).exit_code == 0);
  std::filesystem::create_directory(folder / "deep");
  const std::string same = folder.write("deep/one.json", kViolating);
  const Called refused = check({one, same, "--save", folder / "more"});
  CHECK(refused.exit_code == 64);
  CHECK(has(refused.err, "would keep their runs under the same names"));
}

TEST_CASE("each is checked once, however often it is named") {
  const TemporaryFolder folder;
  const std::string good = folder.write("good.json", kGood);
  CHECK(has(check({good, folder / "", folder / "./good.json"}).out, "verdict  1 passed\n"));
  CHECK(has(check({"2pc", "3pc", "--check", "AC3"}).out, "verdict  2 passed\n"));
}

TEST_CASE("files for CI services are written like -o: never over another, nor over what is read, nor without an answer") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "in");
  const std::string good = folder.write("in/good.json", kGood);
  for (const std::string option : {"--junit", "--sarif"}) {
    INFO(option);
    const std::string out = folder / ("out" + option);
    CHECK(check({good, option, out}).exit_code == 0);
    const std::string first = folder.read("out" + option);
    CHECK(has(first, option == "--junit" ? "<testsuites " : "\"2.1.0\""));
    CHECK(check({good, option, out}).exit_code == 73);
    CHECK(check({folder / "in", option, out}).exit_code == 73);
    CHECK(check({folder / "in", option, out, "--force"}).exit_code == 0);
    CHECK(check({folder / "in", option, good, "--force"}).exit_code == 64);
    CHECK(check({folder / "in", option, folder / "none/out"}).exit_code == 73);
    CHECK(check({folder / "in", option, folder / "both", "-o", folder / "both"}).exit_code == 64);
    CHECK_FALSE(std::filesystem::exists(folder / "both"));
    CHECK(check({folder / "none.json", option, folder / "unasked"}).exit_code == 66);
    CHECK_FALSE(std::filesystem::exists(folder / "unasked"));
  }
  CHECK(check({folder / "in", "-o", good, "--force"}).exit_code == 64);
  CHECK(folder.read("in/good.json") == kGood);
  CHECK(check({good, "--junit", folder / "same", "--sarif", folder / "same"}).exit_code == 64);
}

TEST_CASE("the answer about one scenario does not depend on the files beside it") {
  const TemporaryFolder folder;
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  const Called plain = call({"check", "fake"});
  const Called more = call({"check", "fake", "--junit", folder / "o.xml", "--sarif", folder / "o.sarif"});
  CHECK(more.out == plain.out);
  CHECK(more.exit_code == plain.exit_code);
}

TEST_CASE("the shipped scenarios pass out of the box") {
  const std::string torn = shipped_scenario_path("torn-precommit").value();
  const Called called = check({torn.substr(0, torn.rfind('/'))});
  CAPTURE(called.out, called.err);
  CHECK(called.exit_code == 0);
  CHECK(has(called.out, " passed, 1 skipped\n"));
}

TEST_CASE("a symbolic link out of a folder is not followed, and nothing of what it leads to is told") {
  const TemporaryFolder folder;
  std::filesystem::create_directory(folder / "in");
  std::filesystem::create_directory(folder / "in/deep");
  folder.write("in/good.json", kGood), folder.write("in/deep/kept.json", kGood), folder.write("secret", "hunter2 is the password");
  std::filesystem::create_symlink(folder / "secret", folder / "in/leak.json");
  std::filesystem::create_symlink("deep/kept.json", folder / "in/within.json");
  const Called called = check({folder / "in"});
  CHECK(called.exit_code == 66);
  CHECK(has(called.err, "leak.json: is a symbolic link out of the folder, which is not followed"));
  for (const std::string& text : {called.out, called.err, check({folder / "in", "--json"}).out}) CHECK_FALSE(has(text, "hunter2"));
  CHECK(has(called.out, "2 passed"));
  std::filesystem::remove(folder / "in/leak.json");
  CHECK(check({folder / "in"}).exit_code == 0);
}

}  // namespace commitlab
