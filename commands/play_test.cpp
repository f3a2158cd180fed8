// Plays on the command line: asked, made again, saved.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

static Called replay_fake(const TemporaryFolder& folder, Replayed::Outcome outcome) {
  fakes() = {};
  fakes().replayed = {.outcome = outcome, .line = 3, .written = "1 timeout; force commit", .happens = "1 timeout; force abort", .possible = {"2 timeout", "1 deliver yes from 2"}};
  fakes().replayed.trace = one_step();
  return call({"replay", folder.write("p.play", "# commitlab-play/1 fake --crashes 1\nvotes yes no\np1 timeout; force commit\nend\n")});
}

TEST_CASE("a play asks its question, with its votes and its names as numbers") {
  const TemporaryFolder folder;
  CHECK(replay_fake(folder, Replayed::Outcome::same).exit_code == 0);
  CHECK(fakes().question.faults.left.crashes == 1);
  CHECK(fakes().question.votes == std::vector<std::vector<NodeSet>>{{NodeSet::from_bits(0b011)}});
  REQUIRE(fakes().lines.size() == 2);
  CHECK(fakes().lines[0].text == "1 timeout; force commit");
  CHECK(fakes().lines[0].number == 3);
}

TEST_CASE("a play that happens otherwise is 3, and both are shown") {
  const TemporaryFolder folder;
  const Called called = replay_fake(folder, Replayed::Outcome::differs);
  CHECK(called.exit_code == 3);
  CHECK(called.out.find("  written  p1 timeout; force commit\n  happens  p1 timeout; force abort\n") != std::string::npos);
}

TEST_CASE("a play that cannot happen is 65, with what can") {
  const TemporaryFolder folder;
  const Called called = replay_fake(folder, Replayed::Outcome::impossible);
  CHECK(called.exit_code == 65);
  CHECK(called.err.find("p.play:3:1: \"p1 timeout; force commit\" cannot happen here\n  hint: this can:\n    p2 timeout\n    p1 deliver yes from p2\n") != std::string::npos);
  CHECK(replay_fake(folder, Replayed::Outcome::ambiguous).err.find("fits several things") != std::string::npos);
}

TEST_CASE("what is wrong in a play has its place there") {
  const TemporaryFolder folder;
  const auto refused = [&](const std::string& text, int exit_code, const std::string& words) {
    const Called called = call({"replay", folder.write("p.play", text)});
    CAPTURE(text, called.err);
    CHECK(called.exit_code == exit_code);
    CHECK(called.err.find(words) != std::string::npos);
  };
  refused("# commitlab-play/1 fake --crashs 1\n", 65, "p.play:1:1: unknown option \"--crashs\"; did you mean \"--crashes\"?");
  refused("# commitlab-play/1 fake --crashes x\n", 65, "p.play:1:1 --crashes: expected an integer");
  refused("# commitlab-play/1 fake --json\n", 65, "p.play:1:1 --json: has no meaning here");
  refused("# commitlab-play/1 fkae\n", 66, "did you mean \"fake\"?");
  refused("# commitlab-play/1\n", 65, "p.play:1:1: no protocol and no scenario");
  refused("# commitlab-play/1 fake --suspicions 1\n", 65, "p.play:1:1 --suspicions: ");
  refused("# commitlab-play/1 fake\nvotes yes\n", 65, "expected 2 votes for each transaction, got 1");
  refused("# commitlab-play/1 fake\nvotes yes maybe\n", 65, "p.play:2:1");
  refused("# commitlab-play/1 p.play\n", 65, "asks its question of another play");
  CHECK(call({"replay", folder.write("s.json", kFakeScenario)}).exit_code == 65);
}

TEST_CASE("a play may name a scenario that lies beside it") {
  const TemporaryFolder folder;
  folder.write("s.json", kFakeScenario);
  fakes() = {};
  fakes().replayed.trace = one_step();
  CHECK(call({"replay", folder.write("p.play", "# commitlab-play/1 s.json --crashes 2\nvotes yes no\nalice timeout\n")}).exit_code == 0);
  CHECK(fakes().question.names[1] == "alice");
  CHECK(fakes().question.faults.left.crashes == 2);
  CHECK(fakes().lines[0].text == "1 timeout");
}

TEST_CASE("a play is a question for other verbs too, which options override") {
  const TemporaryFolder folder;
  const std::string play = folder.write("p.play", "# commitlab-play/1 fake -n 3 --crashes 1\n");
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  CHECK(call({"check", play, "--crashes", "2", "--votes", "yes"}).exit_code == 0);
  CHECK(fakes().question.names.size() == 4);
  CHECK(fakes().question.faults.left.crashes == 2);
}

TEST_CASE("a witness is saved as a play, and the last line makes it again") {
  const TemporaryFolder folder;
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  fakes().verdict.findings.front().witness = one_step();
  fakes().replayed.findings = {finding(Property::AC1, "AC1", Status::violated)};
  const std::string file = folder / "plays/fake-AC1.play";
  const Called called = call({"check", "--protocol", "fake", "--crashes", "1", "--save", folder / "plays"});
  CHECK(called.exit_code == 1);
  CHECK(called.out.ends_with("replay   commitlab replay " + file + "\n"));
  CHECK(folder.read("plays/fake-AC1.play") ==
        "# commitlab-play/1 fake --crashes 1\nvotes yes no\n1 deliver prepare from 0; force abort; send no to 0 2\nend; AC1 violated; 0 down; 1 abort; 2 in doubt\n");

  SECTION("but not over another") {
    fakes().searches = 0;
    CHECK(call({"check", "fake", "--save", folder / "plays"}).exit_code == 73);
    CHECK(fakes().searches == 0);
    CHECK(call({"check", "fake", "--save", folder / "plays", "--force"}).exit_code == 1);
  }
  SECTION("and the JSON says where it is") {
    const auto json = nlohmann::json::parse(call({"check", "fake", "--crashes", "1", "--save", folder / "plays", "--force", "--json"}).out);
    CHECK(json["plays"][0]["path"] == file);
    CHECK(json["plays"][0]["replay"] == std::vector<std::string>{"replay", file});
  }
}

TEST_CASE("a saved play names its scenario's file from where it lies") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", kFakeScenario);
  fakes() = {};
  fakes().verdict = verdict_with(Status::violated);
  fakes().verdict.findings.front().witness = one_step();
  call({"check", file, "--save", folder / "deep/plays"});
  CHECK(folder.read("deep/plays/s-fake-AC1.play").starts_with("# commitlab-play/1 ../../s.json\n"));
  const Called blank = call({"check", folder.write("with blank.json", kFakeScenario), "--save", folder / "plays"});
  CHECK(blank.exit_code == 64);
  CHECK(blank.err.find("--save: a play cannot name a file with blanks") != std::string::npos);
}

TEST_CASE("a run of more transactions than a play holds is not saved") {
  const TemporaryFolder folder;
  fakes() = {};
  const Called called = call({"run", "fake", "--transactions", "65", "--save", folder / "plays"});
  CHECK(called.exit_code == 64);
  CHECK(called.err.find("a play holds at most 64 transactions, not 65") != std::string::npos);
}

TEST_CASE("of the real protocols, the play of every witness and of every run is made again") {
  const TemporaryFolder folder;
  const std::string file = folder / "3pc-textbook-AC1.play";
  const Called checked = call({"check", "--protocol", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--save", folder / ""}, catalogue());
  CHECK(checked.exit_code == 1);
  CHECK(call({"replay", file}, catalogue()).exit_code == 0);
  CHECK(call({"show", file}, catalogue()).exit_code == 0);

  std::string text = folder.read("3pc-textbook-AC1.play");
  SECTION("another effect is 3") {
    text.replace(text.find("force abort"), 11, "force commit");
    CHECK(call({"replay", folder.write("x.play", text)}, catalogue()).exit_code == 3);
  }
  SECTION("another event is 65") {
    text.replace(text.find("deliver precommit"), 17, "deliver prepare");
    const Called called = call({"replay", folder.write("x.play", text)}, catalogue());
    CHECK(called.exit_code == 65);
    CHECK(called.err.find("this can:") != std::string::npos);
  }
  SECTION("simulated runs, faults and all") {
    for (int seed = 0; seed < 20; ++seed) {
      const std::string number = std::to_string(seed);
      call({"run", "2pc", "--seed", number, "--recovery", "--chance", "loss=0.2,crash=0.1,duplicate=0.2", "--save", folder / "runs"}, catalogue());
      CAPTURE(seed);
      CHECK(call({"replay", folder / ("runs/2pc-run-" + number + ".play")}, catalogue()).exit_code == 0);
    }
  }
}

TEST_CASE("a play without its first line is told what that is, and not what JSON is") {
  const TemporaryFolder folder;
  for (const std::string text : {"votes yes no\ncoordinator start; send prepare to 1\n", "coordinator start; send prepare to 1 2; arm\n", "# kept\n\n0 start\n1 deliver prepare from 0\n"}) {
    const std::string file = folder.write("p.play", text);
    for (const char* verb : {"replay", "check", "show"}) {
      const Called called = call({verb, file});
      CAPTURE(text, verb);
      CHECK(called.exit_code == 65);
      CHECK(called.err.find("a play begins with its question: # commitlab-play/1 QUESTION") != std::string::npos);
      CHECK(called.err.find("JSON") == std::string::npos);
    }
  }
}

TEST_CASE("what is neither play nor trace is replayed by nobody") {
  const TemporaryFolder folder;
  for (const std::string text : {"hello, world\n", "\x7f" "ELF\x02\x01", "[1, 2]", kFakeScenario}) {
    CAPTURE(text);
    const Called called = call({"replay", folder.write("f", text)});
    CHECK(called.exit_code == 65);
    CHECK(called.err.find("is neither a play nor a trace") != std::string::npos);
    CHECK(called.err.find("# commitlab-play/1 QUESTION") != std::string::npos);
  }
  CHECK(call({"replay", folder.write("t", R"({"schema": "commitlab-trace/1", "protocol": 2pc})")}).err.find("JSON") != std::string::npos);
}

}  // namespace commitlab
