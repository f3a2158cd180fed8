// `export` as its caller sees it: which files there are, what they hold, and what is refused.
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "checker/schedulers.hpp"
#include "checker/named_process.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

TEST_CASE("an export for PRISM is five files, and what is said of them is so") {
  const TemporaryFolder folder;
  const Called called = call({"export", "2pc", "-n", "1", "--chance", "crash=1/7", "--to", folder / "m", "--json"}, catalogue());
  CAPTURE(called.err);
  CHECK(called.exit_code == 0);
  const json told = json::parse(called.out);
  CHECK(told["schema"] == "commitlab-export/1");
  CHECK(told["files"] == json({folder / "m.tra", folder / "m.sta", folder / "m.lab", folder / "m.messages.srew", folder / "m.forced_writes.srew"}));
  CHECK(told["labels"] == json({"commits", "aborts", "blocked", "breaks", "beyond"}));
  CHECK(told["states_beyond"] == 0);
  const std::string size = std::to_string(told["states"].get<int>());
  CHECK(first_line(folder.read("m.tra")) == size + " " + std::to_string(told["transitions"].get<int>()));
  CHECK(first_line(folder.read("m.lab")) == "0=\"init\" 1=\"deadlock\" 2=\"commits\" 3=\"aborts\" 4=\"blocked\" 5=\"breaks\" 6=\"beyond\"");
  CHECK(told["asking"][3] == folder / "m.tra,sta,lab");
  const Called text = call({"export", "2pc", "-n", "1", "--chance", "crash=1/7", "--to", folder / "n"}, catalogue());
  CHECK(text.out.find("prism -explicit -importmodel " + (folder / "n.tra,sta,lab") + " -dtmc -pf 'P=? [F \"commits\"]'\n") != std::string::npos);
  CHECK(text.out.find("commitlab export 2pc -n 1 --chance crash=1/7 --to " + (folder / "n") + "\n") != std::string::npos);
  CHECK(folder.read("n.tra") == folder.read("m.tra"));
}

TEST_CASE("an export for Storm is one file, with fractions if they are asked for") {
  const TemporaryFolder folder;
  CHECK(call({"export", "2pc", "-n", "1", "--chance", "loss=1/3", "--to", folder / "a.drn", "--format", "drn"}, catalogue()).exit_code == 0);
  CHECK(folder.read("a.drn").starts_with("@type: DTMC\n@value_type: double\n"));
  CHECK(folder.read("a.drn").find("0.6666666666666666") != std::string::npos);
  const Called exact = call({"export", "2pc", "-n", "1", "--chance", "loss=1/3", "--to", folder / "b.drn", "--format", "drn", "--exact"}, catalogue());
  CHECK(folder.read("b.drn").starts_with("@type: DTMC\n@value_type: rational\n"));
  CHECK(folder.read("b.drn").find(" : 2/3\n") != std::string::npos);
  CHECK(exact.out.find("storm --explicit-drn " + (folder / "b.drn") + " --exact --prop") != std::string::npos);
}

TEST_CASE("the process over all orders is exported as well, and its greatest chance is that of the range") {
  const TemporaryFolder folder;
  const std::vector<std::string> asking = {"export", "2pc", "-n", "1", "--chance", "loss=1/3", "--orders", "--format", "drn", "--to", folder / "a.drn", "--json"};
  const Called called = call(asking, catalogue());
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  const std::string text = folder.read("a.drn");
  CHECK(text.starts_with("@type: MDP\n"));
  CHECK(json::parse(called.out)["states_beyond"] == 0);
  CHECK(json::parse(called.out)["choices"] > json::parse(called.out)["states"]);

  const Entry& entry = *find(catalogue(), "2pc");
  Scenario scenario{.protocol = "2pc", .participants = {{.name = "p1"}}};
  scenario.chances.loss = {1, 3};
  const Odds& engines = entry.odds.get([] { FAIL("a specification"); });
  const NamedProcess model = engines.orders(scenario);
  const auto ends = std::find(model.kinds.begin(), model.kinds.end(), "commits") - model.kinds.begin();
  const auto goal = states_of_kinds(model.process, {static_cast<DecisionProcess::Kind>(ends)});
  const BoundedExtreme greatest = bounded_extreme(model.process, goal, Extreme::greatest);
  const OddsRange range = engines.range(scenario);
  CHECK(greatest.chance.low <= range.commits.greatest.high);
  CHECK(range.commits.greatest.low <= greatest.chance.high);
  CHECK(std::abs(greatest.chance.low - 4.0 / 9) < 1e-9);  // the request and the vote arrive

  const Called scripted = call({"export", "alice-stops", "--orders", "--to", folder / "b"}, catalogue());
  CHECK(scripted.exit_code == 64);
  CHECK(scripted.err.find("a script says when faults come") != std::string::npos);
}

TEST_CASE("no file is overwritten unless told, and then none of them is half old") {
  const TemporaryFolder folder;
  const std::vector<std::string> asking = {"export", "2pc", "-n", "1", "--to", folder / "m"};
  folder.write("m.lab", "mine");
  const Called refused = call(asking, catalogue());
  CHECK(refused.exit_code == 73);
  CHECK(refused.err.find("m.lab: exists") != std::string::npos);
  CHECK(folder.read("m.lab") == "mine");
  CHECK_FALSE(std::filesystem::exists(folder / "m.tra"));
  auto forced = asking;
  forced.push_back("--force");
  CHECK(call(forced, catalogue()).exit_code == 0);
  CHECK(folder.read("m.lab").starts_with("0=\"init\""));
}

TEST_CASE("what cannot be exported is refused before anything is made") {
  const TemporaryFolder folder;
  const auto refused = [](const std::vector<std::string>& args, int exit_code, const std::string& words) {
    const Called called = call(args, catalogue());
    CAPTURE(called.err);
    CHECK(called.exit_code == exit_code);
    CHECK(called.out.empty());
    CHECK(called.err.find(words) != std::string::npos);
  };
  refused({"export", "2pc"}, 64, "error[E1605] --to: where to?");
  refused({"export", "2pc", "--to", folder / "m", "--format", "prisma"}, 64, "did you mean \"prism\"?");
  refused({"export", "tcommit", "--to", folder / "m"}, 64, "is a specification");
  refused({"export", "2pc", "--to", folder / "none/m"}, 73, "none/m.tra: cannot be created");
  refused({"export", "2pc", "--to", folder / ""}, 73, "expected the name of a file");
  refused({"export", "2pc", "--to", folder / "m", "--chance", "los=0.1"}, 64, "did you mean \"loss\"?");
  refused({"export", "2pc", "--runs", "5", "--to", folder / "m"}, 64, "has no meaning here");
  CHECK(std::filesystem::is_empty(folder / ""));
}

}  // namespace commitlab
