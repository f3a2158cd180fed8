// `show --lesson`: a lesson told to a class, and refused where its play cannot happen or does not show an answer; and scenarios
// of weakened protocols, whichever verb asks.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static Called really(std::vector<std::string> args) { return call(std::move(args), catalogue()); }

// A participant refuses, and the coordinator aborts.
constexpr std::string_view kLesson = R"({"schema": "commitlab-scenario/1", "title": "Who refuses", "protocol": "2pc",
  "participants": [{"name": "alice"}], "faults": {"timing": "synchronous"},
  "lesson": {"about": "One no is enough.", "votes": ["no"],
    "play": ["coordinator start", "alice start", "1 deliver prepare from 0; force abort", "coordinator deliver no from alice"],
    "questions": [
      {"after": 2, "ask": "Alice cannot commit. What does she say?", "choices": ["no", "nothing"], "answer": 1, "because": "Her vote is awaited.", "shows": ["alice send no to coordinator"]},
      {"after": 3, "ask": "And the coordinator?", "choices": ["commit", "abort"], "answer": 2, "because": "AC3", "shows": ["coordinator decide abort", "0 abort", "AC3 holds"]}]}})";

static std::string lesson_with(std::string_view from, std::string_view to) {
  std::string text(kLesson);
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}

TEST_CASE("a lesson is told as far as each question, and then what follows") {
  const TemporaryFolder folder;
  const std::string file = folder.write("no.json", std::string(kLesson));
  const Called called = really({"show", file, "--lesson"});
  INFO(called.out << called.err);
  REQUIRE(called.exit_code == 0);
  const std::vector<std::string> in_order = {"Who refuses", "One no is enough.", "alice votes no", "1  coordinator  start; send prepare to alice", "2  alice",
                                             "Question 1 of 2\nAlice cannot commit. What does she say?\n    1)  no\n    2)  nothing\n\n", "3  alice", "force abort; decide abort",
                                             "Question 2 of 2\nAnd the coordinator?", "4  coordinator  deliver no from alice", "in the end", "aborted", "AC3", "holds", "--lesson --answers"};
  std::size_t at = 0;
  for (const auto& words : in_order) {
    CAPTURE(words);
    at = called.out.find(words, at);
    REQUIRE(at != std::string::npos);
    at += words.size();
  }
  CHECK(called.out.find("because") == std::string::npos);
}

TEST_CASE("answers are told where they are asked for") {
  const TemporaryFolder folder;
  const std::string file = folder.write("no.json", std::string(kLesson));
  for (const std::string option : {"--answers", "-v"}) {
    const Called called = really({"show", file, "--lesson", option});
    CAPTURE(option);
    CHECK(called.exit_code == 0);
    CHECK(called.out.find("answer  1, because: Her vote is awaited.") != std::string::npos);
    CHECK(called.out.find("answer  2, because: AC3") != std::string::npos);
  }
  const json document = json::parse(really({"show", file, "--lesson", "--json"}).out);
  CHECK(document["schema"] == "commitlab-lesson/1");
  CHECK(document["arguments"] == json({"show", file, "--lesson"}));
  CHECK(document["questions"][1]["answer"] == 2);
  CHECK(document["questions"][1]["choices"] == json({"commit", "abort"}));
  CHECK(document["run"]["lines"].size() == 4);
}

TEST_CASE("the lesson that the manual writes can be told") {
  std::ifstream in(COMMITLAB_SOURCE_DIR "/docs/lessons.md");
  const std::string manual{std::istreambuf_iterator<char>(in), {}};
  const auto begin = manual.find("```json\n"), end = manual.find("```", begin + 8);
  REQUIRE(end != std::string::npos);
  const TemporaryFolder folder;
  const std::string scenario = R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": [{"name": "alice"}, {"name": "bob"}],)" + manual.substr(begin + 8, end - begin - 8) + "}";
  const Called called = really({"show", folder.write("manual.json", scenario), "--lesson", "--answers"});
  INFO(called.out << called.err);
  CHECK(called.exit_code == 0);
  CHECK(called.out.find("A commit needs a yes from everybody (AC3)") != std::string::npos);
}

TEST_CASE("hostile text in a lesson commands no terminal") {
  const TemporaryFolder folder;
  const Called called = really({"show", folder.write("no.json", lesson_with("One no is enough.", "\\u001b[31mred\\u202e")), "--lesson", "--answers"});
  CHECK(called.exit_code == 0);
  CHECK(called.out.find("?[31mred?") != std::string::npos);
  CHECK(called.out.find('\x1b') == std::string::npos);
}

TEST_CASE("a line of a lesson that cannot happen is an error that names it, its question, and what can happen") {
  const TemporaryFolder folder;
  const auto refused = [&](std::string_view from, std::string_view to, const std::vector<std::string>& words) {
    const Called called = really({"show", folder.write("wrong.json", lesson_with(from, to)), "--lesson"});
    INFO(called.out << called.err);
    CHECK(called.exit_code == 65);
    CHECK(called.out.empty());
    for (const auto& one : words) {
      CAPTURE(one);
      CHECK(called.err.find(one) != std::string::npos);
    }
  };
  refused("coordinator deliver no from alice", "coordinator deliver yes from alice",
          {"error[E1707]", "wrong.json:4:91 /lesson/play/3: line 4 of the lesson's play, behind question 2: \"coordinator deliver yes from alice\" cannot happen here", "this can:\n    coordinator deliver no from alice;"});
  refused("1 deliver prepare from 0; force abort", "1 deliver prepare from 0; force prepared", {"error[E1709]", "line 3 of the lesson's play, behind question 1", "happens otherwise", "it happens so:\n"});
  refused("\"coordinator start\"", "\"coordinator start now\"", {"/lesson/play/0: line 1 of the lesson's play, before question 1", "coordinator start; send prepare to alice"});
  refused("[\"no\"]", "[\"yes\"]", {"error[E1709]", "line 3"});
  refused("\"coordinator decide abort\"", "\"coordinator decide commit\"", {"error[E1240]", "wrong.json:7:124 /lesson/questions/1/shows/0: the run does not show \"coordinator decide commit\" behind question 2", "\n    coordinator decide abort\n"});
  refused("\"alice send no to coordinator\"", "\"coordinator start\"", {"error[E1240]", "behind question 1"});  // it happened before
  refused("\"AC3 holds\"", "\"AC3 violated\"", {"error[E1240]", "\"AC3 violated\""});
}

TEST_CASE("what carries no lesson is told none") {
  const TemporaryFolder folder;
  const auto refused = [](const std::vector<std::string>& args, const std::string& words) {
    const Called called = really(args);
    CAPTURE(called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.err.find(words) != std::string::npos);
  };
  refused({"show", "bank-transfer", "--lesson"}, "this scenario carries no lesson");
  refused({"show", "bank-transfer", "--answers"}, "--answers: they are those of a lesson");
  refused({"show", folder.write("p.play", "# commitlab-play/1 2pc\n0 start\n"), "--lesson"}, "a play carries no lesson");
  refused({"check", "bank-transfer", "--lesson"}, "has no meaning here");
}

TEST_CASE("a scenario of a weakened protocol is checked and replayed as such, and an option says otherwise") {
  const TemporaryFolder folder;
  const std::string file = folder.write("weak.json", R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "weaken": "participant:unforced:prepared", "participants": 2,
    "faults": {"crashes": 1, "recovery": true, "timing": "synchronous"}, "check": ["AC1"], "expect": {"AC1": "violated"}})");
  const Called checked = really({"check", file, "--save", folder / "plays"});
  INFO(checked.out << checked.err);
  CHECK(checked.exit_code == 0);
  CHECK(checked.out.find("as expected") != std::string::npos);
  CHECK(checked.out.find("warning   weakened: no participant forces prepared") != std::string::npos);
  const Called replayed = really({"replay", folder / "plays/weak-2pc-AC1.play"});
  INFO(replayed.out << replayed.err);
  CHECK(replayed.exit_code == 0);
  CHECK(replayed.out.find("write prepared") != std::string::npos);
  CHECK(really({"check", file, "--weaken", "none"}).exit_code == 0);
  CHECK(really({"check", file, "--weaken", "none"}).out.find("holds: AC1") != std::string::npos);
  CHECK(really({"check", file, "--weaken", "participant:unforced:abort"}).out.find("holds: AC1") != std::string::npos);
  CHECK(really({"check", file, "--min-faults"}).out.find("broken by  1 crash") != std::string::npos);
  CHECK(really({"check", "2pc", "--crashes", "1", "--recovery", "--weaken", "participant:unforced:prepared", "--check", "AC1", "--min-faults"}).exit_code == 1);
}

TEST_CASE("a verb that knows a protocol only as it is refuses a scenario of a weakened one") {
  const TemporaryFolder folder;
  const std::string file = folder.write("weak.json", R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "weaken": "participant:unsent:ack", "participants": 2})");
  for (const std::string verb : {"run", "estimate", "blocking", "compare", "necessary", "concurrency", "show"}) {
    const Called called = really({verb, file});
    CAPTURE(verb, called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.err.find("knows a protocol only as it is, and \"participant:unsent:ack\" is of a weaker one") != std::string::npos);
  }
  CHECK(really({"run", file, "--weaken", "none"}).exit_code == 0);
  const Called other = really({"check", file, "--protocol", "3pc", "--weaken", "participant:unsent:inquire"});
  CHECK(other.exit_code == 64);
  CHECK(other.err.find("error[E1234] --weaken: expected one of can_commit") != std::string::npos);
}

}  // namespace commitlab
