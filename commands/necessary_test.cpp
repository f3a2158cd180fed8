// `necessary`, `concurrency` and --weaken on the command line: with fakes what is asked, with our protocols what comes of it.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static Called really(std::vector<std::string> args) { return call(std::move(args), catalogue()); }

static std::string text_of_file(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("necessary asks for AC1 to AC5, unless it is told or a scenario says what") {
  const TemporaryFolder folder;
  fakes() = {};
  const Called called = call({"necessary", "fake"});
  CHECK(called.exit_code == 0);
  CHECK(fakes().question.check == std::vector{Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5});
  CHECK(called.out.find("repeat   commitlab necessary fake --check AC1,AC2,AC3,AC4,AC5\n") != std::string::npos);
  call({"necessary", "fake", "--check", "AC1,NB"});
  CHECK(fakes().question.check == std::vector{Property::AC1, Property::NB});
  call({"necessary", folder.write("s.json", kFakeScenario)});
  CHECK(fakes().question.check == std::vector{Property::AC1, Property::NB});
}

TEST_CASE("necessary is 0 when all is known, whatever is needed, and 2 when something is open") {
  fakes() = {};
  fakes().necessities.without = {{{Role::participant, Loss::unsent, "ack"}, verdict_with(Status::violated)}};
  CHECK(call({"necessary", "fake"}).exit_code == 0);
  fakes().necessities.without.push_back({{Role::participant, Loss::unforced, "commit"}, verdict_with(Status::inconclusive)});
  CHECK(call({"necessary", "fake"}).exit_code == 2);
  fakes().necessities = {.whole = verdict_with(Status::inconclusive)};
  CHECK(call({"necessary", "fake"}).exit_code == 2);
}

TEST_CASE("a weakened protocol is checked as such, and the report says so") {
  fakes() = {};
  fakes().verdict = verdict_with(Status::holds);
  const Called called = call({"check", "fake", "--weaken", "participant:unforced:commit"});
  CHECK(called.exit_code == 0);
  CHECK(fakes().searches == 0);
  CHECK(fakes().without == Weakening{Role::participant, Loss::unforced, "commit"});
  CHECK(called.out.find("warning  weakened: no participant forces commit: it is written only\n") != std::string::npos);
}

TEST_CASE("a weakening that the protocol cannot have is refused with those it can") {
  const auto refused = [](const std::vector<std::string>& args, const std::string& words) {
    const Called called = call(args);
    CAPTURE(called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.err.find(words) != std::string::npos);
  };
  refused({"check", "fake", "--weaken", "commit"}, "expected WHO:HOW:WHAT, such as participant:unforced:prepared, got \"commit\"");
  refused({"check", "fake", "--weaken", "p1:unforced:commit"}, "expected one of coordinator, participant");
  refused({"check", "fake", "--weaken", "participant:lost:commit"}, "expected one of unforced, unwritten, unsent");
  refused({"check", "fake", "--weaken", "participant:unsent:commit"}, "expected one of ack");
  refused({"check", "fake", "--weaken", "participant:unwritten:ack"}, "expected one of prepared, commit");
  refused({"compare", "--weaken", "participant:unsent:ack", "fake"}, "--weaken: this verb knows a protocol only as it is");
  refused({"concurrency", "fake", "--weaken", "participant:unsent:ack"}, "has no meaning here");
}

TEST_CASE("a play of a weakened protocol is for those verbs that know it so") {
  const TemporaryFolder folder;
  fakes() = {};
  const std::string play = folder.write("p.play", "# commitlab-play/1 fake --weaken participant:unsent:ack\nvotes yes no\n0 start\n");
  CHECK(call({"replay", play}).exit_code == 0);
  CHECK(fakes().without == Weakening{Role::participant, Loss::unsent, "ack"});
  for (const std::string verb : {"run", "estimate", "compare", "necessary", "concurrency"}) {
    const Called called = call({verb, play});
    CAPTURE(verb, called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.err.find("--weaken: this verb knows a protocol only as it is") != std::string::npos);
  }
}

TEST_CASE("each witness of what is needed is saved as a play that can be made again") {
  const TemporaryFolder folder;
  const Called called = really({"necessary", "2pc", "-n", "1", "--crashes", "1", "--recovery", "--json", "--save", folder / "plays"});
  CHECK(called.exit_code == 0);
  const json document = json::parse(called.out);
  std::size_t needed = 0;
  for (const auto& one : document["without"]) needed += one["needed"] == true ? 1 : 0;
  CHECK(needed == document["plays"].size());
  CHECK(needed >= 4);
  for (const auto& play : document["plays"]) {
    const Called again = really({"replay", play["path"]});
    CAPTURE(again.out, again.err);
    CHECK(again.exit_code == 0);
  }
  const std::string prepared = text_of_file(folder / "plays/2pc-without-participant-unforced-prepared.play");
  CHECK(prepared.find("--weaken participant:unforced:prepared\n") != std::string::npos);
  CHECK(prepared.find("; write prepared; send yes to 0; crash losing 1 record\n") != std::string::npos);
  CHECK(prepared.find("\nend; AC1 violated;") != std::string::npos);
  CHECK(really({"necessary", "2pc", "--save", folder / "plays"}).exit_code == 73);
}

TEST_CASE("what a weakened 2pc loses, check finds too") {
  CHECK(really({"check", "2pc", "--crashes", "1", "--recovery", "--weaken", "coordinator:unforced:commit"}).exit_code == 1);
  CHECK(really({"check", "2pc", "--crashes", "1", "--recovery", "--weaken", "coordinator:unforced:abort"}).exit_code == 0);
}

TEST_CASE("concurrency asks of a protocol and a number of participants, and is 2 when cut short") {
  fakes() = {};
  CHECK(call({"concurrency", "fake", "-n", "3", "--max-states", "77"}).exit_code == 0);
  CHECK(fakes().participants == 3);
  CHECK(fakes().question.limits.worlds == 77);
  fakes().concurrency.stopped = "the time limit was reached";
  CHECK(call({"concurrency", "fake"}).exit_code == 2);
  CHECK(call({"concurrency", "fake", "-n", "17"}).exit_code == 64);
  CHECK(call({"concurrency", "fake", "--crashes", "1"}).exit_code == 64);
}

TEST_CASE("2pc is blocking and 3pc is not, by Skeen's theorem") {
  const Called blocking = really({"concurrency", "2pc"});
  CHECK(blocking.exit_code == 0);
  CHECK(blocking.out.find("condition 1  fails at participant prepared: ") != std::string::npos);
  CHECK(blocking.out.find("condition 2  fails at participant prepared: ") != std::string::npos);
  CHECK(blocking.out.find("verdict      blocking") != std::string::npos);
  CHECK(blocking.out.find("visited      661 worlds, 2 participants + coordinator\n") != std::string::npos);
  CHECK(really({"concurrency", "3pc"}).out.find("verdict      non-blocking") != std::string::npos);
}

}  // namespace commitlab
