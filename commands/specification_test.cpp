// A specification on the command line: what may be asked of it, and what is refused with its reason.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "commands/options.hpp"
#include "test.hpp"

namespace commitlab {

// 64, or 65 for what is wrong in a file, with these words.
static void check_refused(const std::vector<std::string>& args, const std::string& words, int exit_code = 64) {
  const Called called = call(args, catalogue());
  std::string line;
  for (const auto& arg : args) line += arg + " ";
  CAPTURE(line, called.err);
  CHECK(called.exit_code == exit_code);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
}

TEST_CASE("a specification is checked with sticky channels and one vector of votes, unasked") {
  const Called called = call({"check", "--protocol", "two-phase-tm", "-n", "3", "--json"}, catalogue());
  REQUIRE(called.exit_code == 0);
  const auto json = nlohmann::json::parse(called.out);
  CHECK(json["worlds"] == 288);
  CHECK(json["starts"] == 1);
  CHECK(json["faults"]["channels"] == "sticky");
  CHECK(call({"check", "tcommit", "-n", "3", "--json"}, catalogue()).out.find("\"worlds\": 34,") != std::string::npos);
  CHECK(call({"check", "two-phase-tm", "-n", "3", "--channels", "sticky", "--votes", "all"}, catalogue()).exit_code == 0);
}

TEST_CASE("a specification has no faults, no time, and no votes but its own acts") {
  const std::string is = "\"two-phase-tm\" is a specification: ";
  check_refused({"check", "two-phase-tm", "--channels", "bag"}, "--channels: " + is + "its messages are never consumed");
  check_refused({"check", "two-phase-tm", "--channels", "fifo"}, "--channels: " + is);
  check_refused({"check", "two-phase-tm", "--crashes", "1"}, "--crashes: " + is + "nothing fails in it");
  check_refused({"check", "two-phase-tm", "--recovery"}, "--recovery: " + is);
  check_refused({"check", "two-phase-tm", "--partitions", "1"}, "--partitions: " + is);
  check_refused({"check", "two-phase-tm", "--losses", "1"}, "--losses: ");
  check_refused({"check", "two-phase-tm", "--timing", "synchronous"}, "--timing: ");
  check_refused({"check", "two-phase-tm", "--transactions", "2", "--messages", "unnumbered"}, "--messages: " + is + "every process has begun");
  check_refused({"check", "two-phase-tm", "--transactions", "2", "--transaction-order", "serial"}, "--transaction-order: " + is + "every process has begun");
  check_refused({"check", "two-phase-tm", "--votes", "p1=no"}, "--votes: " + is + "whether a participant prepares or aborts is an act of its own");
  check_refused({"check", "two-phase-tm", "--check", "AC1,NB"}, "--check: " + is + "it says what may happen, never that anything does, so NB");
  check_refused({"check", "bank-transfer", "--protocol", "two-phase-tm"}, is);
  check_refused({"run", "tcommit"}, "\"tcommit\" is a specification: it says what may happen, and not when");
  check_refused({"estimate", "tcommit"}, "and not how likely it is");
  check_refused({"compare", "-n", "1", "--protocols", "2pc,tcommit"}, "\"tcommit\" is a specification: nothing fails in it");
}

TEST_CASE("a specification is shown as what it is: its acts, its claims, and how to search it") {
  for (const char* name : {"tcommit", "two-phase-tm", "paxos-commit-abstract"}) {
    const Called called = call({"show", name, "-n", "3"}, catalogue());
    CAPTURE(called.out, called.err);
    CHECK(called.exit_code == 0);
    CHECK(called.out.find("a specification: it says what may happen") != std::string::npos);
    CHECK(called.out.find("  acts      prepare, ") != std::string::npos);
    CHECK(called.out.find("keeps AC1, AC2, AC3") != std::string::npos);
    CHECK(called.out.find("check   commitlab check " + std::string(name) + " -n 3\n") != std::string::npos);
  }
  const auto json = nlohmann::json::parse(call({"show", "two-phase-tm", "--json"}, catalogue()).out);
  CHECK(json["schema"] == "commitlab-specification/1");
  CHECK(json["acts"] == std::vector<std::string>{"prepare", "commit", "abort"});
  CHECK(json["messages"] == std::vector<std::string>{"prepared", "commit", "abort"});
  CHECK(json["check"] == std::vector<std::string>{"check", "two-phase-tm"});
  check_refused({"show", "tcommit", "--svg"}, "--svg: \"tcommit\" is a specification, and has no run to show");
  check_refused({"show", "tcommit", "--format", "trace"}, "--format: \"tcommit\" is a specification, and has no run to show");
}

// Whatever is asked of it, a specification answers or says why not; and so does every protocol. That there is no way to an engine but
// through what is said where it is missing is for the compiler to hold.
TEST_CASE("every verb may be asked of every protocol") {
  const TemporaryFolder folder;
  for (const Entry& entry : catalogue()) {
    for (const Verb verb : verbs()) {
      const std::string name(name_of(verb));
      std::vector<std::string> args{name};
      if (verb == Verb::list || verb == Verb::completion || verb == Verb::demo || verb == Verb::merge) continue;  // of no protocol
      args.emplace_back(entry.name);
      args.insert(args.end(), {"-n", "1"});
      if (verb == Verb::compare || verb == Verb::blocking) args.insert(args.end(), {"--protocols", std::string(entry.name)});
      if (verb == Verb::export_model) args.insert(args.end(), {"--to", folder / (std::string(entry.name) + ".drn"), "--format", "drn"});
      if (verb == Verb::sweep) args.insert(args.end(), {"--vary", "loss=0,0.1"});
      if (verb == Verb::estimate || verb == Verb::sweep || verb == Verb::blocking || verb == Verb::report) args.insert(args.end(), {"--runs", "10"});
      const Called called = call(args, catalogue());
      CAPTURE(name, std::string(entry.name), called.err);
      CHECK(called.exit_code != 70);
      CHECK((called.exit_code >= 64) == called.out.empty());
      if (called.exit_code < 64) continue;
      if (verb == Verb::replay) CHECK(called.err.find("neither a play nor a trace") != std::string::npos);
      else CHECK(called.err.find("is a specification: ") != std::string::npos);
    }
  }
}

TEST_CASE("a scenario may ask a specification, and need not know what it wants") {
  const TemporaryFolder folder;
  const std::string head = R"({"schema": "commitlab-scenario/1", "protocol": "two-phase-tm", "expect": {"worlds": 288}, )";
  const std::string plain = folder.write("plain.json", head + R"("participants": 3})");
  CHECK(call({"check", plain}, catalogue()).exit_code == 0);
  CHECK(call({"check", plain, "--votes", "all"}, catalogue()).exit_code == 0);
  check_refused({"check", folder.write("bag.json", head + R"("participants": 3, "faults": {"channels": "bag"}})")}, "its messages are never consumed", 65);
  check_refused({"check", folder.write("success.json", head + R"("participants": [{"name": "alice", "success": 0.5}]})")}, "is an act of its own", 65);
}

TEST_CASE("what breaks in a specification is a play that can be made again, if all vote yes in it") {
  const TemporaryFolder folder;
  const Called called = call({"check", "paxos-commit-abstract", "-n", "4", "--check", "AC4", "--save", folder / "plays"}, catalogue());
  CHECK(called.exit_code == 1);
  const std::string play = "plays/paxos-commit-abstract-AC4.play", text = folder.read(play);
  INFO(called.out);
  REQUIRE(text.find("votes yes yes yes yes") != std::string::npos);
  CHECK(call({"replay", folder / play}, catalogue()).exit_code == 0);
  std::string refuses = text;
  refuses.replace(refuses.find("votes yes"), 9, "votes no");
  check_refused({"replay", folder.write("no.play", refuses)}, "expected yes only", 65);
}

TEST_CASE("specifications are listed, and not compared unless they are named") {
  CHECK(call({"list"}, catalogue()).out.find("two-phase-tm") != std::string::npos);
  const Called compared = call({"compare", "-n", "1", "--timing", "synchronous"}, catalogue());
  CHECK(compared.exit_code == 0);
  CHECK(compared.out.find("two-phase-tm") == std::string::npos);
}

}  // namespace commitlab
