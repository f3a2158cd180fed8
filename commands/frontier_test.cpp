// `frontier` and `check --min-faults` as their caller sees them, with the protocols themselves: the frontiers are exact.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

// The words of each property: "AC1: safe with 2 crashes; broken by 1 suspicion".
static std::vector<std::string> frontier_of(std::vector<std::string> args) {
  args.push_back("--json");
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  CHECK(called.err.empty());
  const json document = json::parse(called.out);
  CHECK(document["exit_code"] == called.exit_code);
  std::vector<std::string> words;
  for (const auto& property : document["properties"]) {
    words.push_back(property["property"].get<std::string>() + ": " + property["words"].get<std::string>());
    for (const auto& breach : property["breaches"]) words.back() += ", " + std::to_string(breach["steps"].get<int>());
  }
  return words;
}

TEST_CASE("3pc bears crashes, but neither a suspicion nor a partition, nor a loss with a crash") {
  CHECK(frontier_of({"frontier", "3pc", "-n", "2", "--crashes", "2", "--losses", "1", "--partitions", "1", "--suspicions", "1", "--timing", "synchronous", "--check",
                     "AC1,AC3,NB"}) ==
        std::vector<std::string>{"AC1: safe with 1 loss; safe with 2 crashes; broken by 1 partition; broken by 1 suspicion; broken by 1 crash + 1 loss, 12, 14, 11",
                                 "AC3: safe with 2 crashes + 1 loss + 1 partition + 1 suspicion", "NB: safe with 2 crashes + 1 loss + 1 partition + 1 suspicion"});
}

TEST_CASE("3pc as slides show it is broken by one crash, but not by one between steps") {
  const std::vector<std::string> question = {"check", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--check", "AC1,NB", "--min-faults"};
  CHECK(frontier_of(question) == std::vector<std::string>{"AC1: safe with no fault; broken by 1 crash, 10", "NB: safe with 1 crash"});
  auto between = question;
  between.insert(between.end(), {"--crash-points", "handlers"});
  CHECK(frontier_of(between) == std::vector<std::string>{"AC1: safe with 1 crash", "NB: safe with 1 crash"});
}

TEST_CASE("2pc blocks after one crash, and decides twice after one with a lost disk") {
  CHECK(frontier_of({"frontier", "2pc", "-n", "2", "--crashes", "1", "--disk-losses", "1", "--recovery", "--check", "AC1,AC2,AC3,AC4,AC5,NB"}) ==
        std::vector<std::string>{"AC1: safe with 1 crash; safe with 1 lost disk; broken by 1 crash + 1 lost disk, 8",
                                 "AC2: safe with 1 crash; safe with 1 lost disk; broken by 1 crash + 1 lost disk, 8", "AC3: safe with 1 crash + 1 lost disk",
                                 "AC4: safe with 1 crash + 1 lost disk", "AC5: safe with 1 crash + 1 lost disk", "NB: safe with 1 lost disk; broken by 1 crash, 5"});
}

TEST_CASE("the table and the words are two tellings of the same") {
  const std::vector<std::string> faults = {"3pc", "-n", "2", "--crashes", "2", "--suspicions", "1", "--timing", "synchronous"};
  auto table = faults, words = faults;
  table.insert(table.begin(), "frontier");
  words.insert(words.begin(), "check");
  words.push_back("--min-faults");
  const Called drawn = call(table, catalogue()), told = call(words, catalogue());
  CHECK(drawn.exit_code == 1);
  CHECK(told.exit_code == 1);
  CHECK(drawn.out.find("  AC1        0 suspicions  1 suspicion\n"
                       "  0 crashes  holds         broken, 14 steps\n"
                       "  1 crash    holds         by 1 suspicion\n"
                       "  2 crashes  holds         by 1 suspicion\n"
                       "\n"
                       "  AC2 and AC3 hold in every field\n") != std::string::npos);
  CHECK(drawn.out.find("searched  5 of 6 vectors of faults") != std::string::npos);
  CHECK(told.out.find("A shortest run that breaks AC1 with 1 suspicion\n") != std::string::npos);
  CHECK(told.out.find("repeat    commitlab check 3pc -n 2 --crashes 2 --suspicions 1 --timing synchronous --min-faults\n") != std::string::npos);
}

TEST_CASE("each breach is saved as a play of its own least faults, which can be made again") {
  const TemporaryFolder folder;
  const Called called = call({"check", "3pc", "-n", "2", "--crashes", "1", "--losses", "1", "--suspicions", "1", "--timing", "synchronous", "--min-faults", "--save", folder / "plays"}, catalogue());
  CHECK(called.exit_code == 1);
  const std::string early = folder.read("plays/3pc-AC1-1-suspicion.play"), loss = folder.read("plays/3pc-AC1-1-crash-1-loss.play");
  CHECK(early.starts_with("# commitlab-play/1 3pc -n 2 --suspicions 1 --timing synchronous\n"));
  CHECK(loss.starts_with("# commitlab-play/1 3pc -n 2 --crashes 1 --losses 1 --timing synchronous\n"));
  for (const char* name : {"plays/3pc-AC1-1-suspicion.play", "plays/3pc-AC1-1-crash-1-loss.play"}) {
    const Called again = call({"replay", folder / name}, catalogue());
    CAPTURE(again.out, again.err);
    CHECK(again.exit_code == 0);
    CHECK(called.out.find(std::string("replay    commitlab replay ") + (folder / name)) != std::string::npos);
  }
  const Called refused = call({"check", "3pc", "-n", "2", "--suspicions", "1", "--timing", "synchronous", "--min-faults", "--save", folder / "plays"}, catalogue());
  CHECK(refused.exit_code == 73);
}

TEST_CASE("plays of a scenario take back the faults that they do not need") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", R"({"schema": "commitlab-scenario/1", "protocol": "3pc", "participants": 2,
    "faults": {"crashes": 2, "suspicions": 1, "timing": "synchronous"}, "check": ["AC1"]})");
  CHECK(call({"check", file, "--min-faults", "--save", folder / ""}, catalogue()).exit_code == 1);
  CHECK(folder.read("s-3pc-AC1-1-suspicion.play").starts_with("# commitlab-play/1 s.json --crashes 0 --suspicions 1\n"));
  CHECK(call({"replay", folder / "s-3pc-AC1-1-suspicion.play"}, catalogue()).exit_code == 0);
}

TEST_CASE("what is expected of all the faults together is expected here, but for the number of worlds") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", kFakeScenario);
  fakes() = {};
  fakes().verdict.findings = {finding(Property::AC1, "AC1", Status::holds), finding(Property::NB, "NB", Status::violated)};
  const Called as_expected = call({"check", file, "--min-faults"});
  CHECK(as_expected.exit_code == 0);
  CHECK(as_expected.out.find("as expected") != std::string::npos);
  CHECK(call({"frontier", file}).exit_code == 0);
  CHECK(call({"frontier", file, "--expect", "NB=holds"}).exit_code == 1);
  fakes().verdict.findings[1].status = Status::inconclusive;
  CHECK(call({"frontier", file}).exit_code == 2);
}

TEST_CASE("a limit leaves vectors open, which is said") {
  const Called called = call({"frontier", "2pc", "-n", "2", "--crashes", "1", "--check", "AC1", "--max-states", "5000"}, catalogue());
  CHECK(called.exit_code == 2);
  CHECK(called.out.find("  AC1  agreement  safe with          no fault\n"
                        "                  inconclusive with  1 crash   the limit of 5000 worlds was reached\n") != std::string::npos);
  CHECK(called.out.find("verdict   inconclusive: AC1\n") != std::string::npos);
}

TEST_CASE("budgets that make no sense are refused as by check, and so is a lattice too large") {
  const auto refused = [](std::vector<std::string> faults, const std::string& words) {
    for (const std::vector<std::string>& verb : {std::vector<std::string>{"frontier", "fake"}, {"check", "fake", "--min-faults"}}) {
      fakes() = {};
      auto args = verb;
      args.insert(args.end(), faults.begin(), faults.end());
      const Called called = call(args);
      CAPTURE(called.err);
      CHECK(called.exit_code == 64);
      CHECK(called.err.find(words) != std::string::npos);
      CHECK(fakes().searches == 0);
    }
  };
  refused({"--suspicions", "1"}, "--suspicions: suspicions need synchronous timing");
  refused({"--reorders", "1"}, "--reorders: messages overtake each other anyway");
  refused({"--crashes", "1", "--disk-losses", "1"}, "--disk-losses: only a node that comes back can miss its disk");
  refused({"--crashes", "31", "--losses", "31"}, "1024 vectors of faults, at most 1000");
  CHECK(call({"frontier", "fake", "--save", "x"}).err.find("an option of: run, check") != std::string::npos);
  CHECK(call({"compare", "--min-faults"}).err.find("an option of: check") != std::string::npos);
}

}  // namespace commitlab
