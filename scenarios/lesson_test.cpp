// Lessons and weakened protocols in a scenario: read exactly, and refused with the place of what is wrong.
#include <array>

#include "scenarios/decode.hpp"
#include "scenarios/lesson_limits.hpp"
#include "scenarios/weakening_words.hpp"
#include "test.hpp"

namespace commitlab {

static constexpr std::array<std::string_view, 2> kRecords = {"prepared", "commit"}, kMessages = {"yes", "ack"};
static const std::array<ProtocolFacts, 2> kProtocols = {ProtocolFacts{.name = "2pc", .records = kRecords, .messages = kMessages}, ProtocolFacts{.name = "spoken", .messages = kMessages}};

// A scenario of alice and bob whose second line is `members`.
static Decoded decode(const std::string& members, const std::string& protocol = "2pc") {
  const std::string text = R"({"schema": "commitlab-scenario/1", "protocol": ")" + protocol + R"(", "participants": [{"name": "alice"}, {"name": "bob", "vote": "yes"}],)" + "\n" + members + "\n}";
  return decode_scenario(text, "lesson.json", kProtocols);
}

constexpr std::string_view kQuestion = R"({"after": 1, "ask": "What now?", "choices": ["a", "b"], "answer": 2, "because": "b"})";

static std::string lesson(const std::string& questions, const std::string& play = R"(["0 start", "1 start"])", const std::string& more = "") {
  return R"("lesson": {"about": "Why", "play": )" + play + ", \"questions\": " + questions + more + "}";
}
// The question with one thing changed, and a lesson that asks it.
static std::string question(std::string_view from, std::string_view to) {
  std::string text(kQuestion);
  const auto at = text.find(from);
  REQUIRE(at != text.npos);
  return text.replace(at, from.size(), to);
}
static std::string with(std::string_view from, std::string_view to) { return lesson("[" + question(from, to) + "]"); }

// "E1203 /lesson/play: ..." of the first error; empty if there is none.
static std::string first_error(const std::string& members, const std::string& protocol = "2pc") {
  const Decoded decoded = decode(members, protocol);
  CHECK(decoded.scenario.has_value() != decoded.findings.any_error());
  if (!decoded.findings.any_error()) return "";
  const Diagnostic& error = decoded.findings.errors().front();
  CHECK(error.line == 2);
  return error.code + " " + error.pointer + ": " + error.message;
}

TEST_CASE("a lesson is read exactly") {
  const Decoded decoded = decode(R"("lesson": {"about": "Why yes is forced", "votes": ["no", "yes"], "play": ["coordinator start", "bob start; arm 3"],
    "questions": [{"after": 0, "ask": "Who?", "choices": ["alice", "bob", "nobody"], "answer": 3, "because": "Gray 1978"},
                  {"after": 2, "ask": "And now?", "choices": ["a", "b"], "answer": 1, "because": "AC1", "shows": ["bob in doubt", "AC1 holds"]}]})");
  INFO(to_text(decoded.findings));
  REQUIRE(decoded.scenario);
  REQUIRE(decoded.scenario->lesson);
  const Lesson& lesson = *decoded.scenario->lesson;
  CHECK(lesson == Lesson{.about = "Why yes is forced", .votes = {"no", "yes"}, .play = {"coordinator start", "bob start; arm 3"},
                         .questions = {{0, "Who?", {"alice", "bob", "nobody"}, 3, "Gray 1978", {}}, {2, "And now?", {"a", "b"}, 1, "AC1", {"bob in doubt", "AC1 holds"}}}});
  CHECK_FALSE(decode("\"seed\": 1").scenario->lesson);
}

TEST_CASE("what is wrong with a lesson is told with its place") {
  CHECK(first_error(lesson("[" + std::string(kQuestion) + "]")) == "");
  CHECK(first_error("\"lesson\": []") == "E1103 /lesson: expected an object, got an array");
  CHECK(first_error("\"lesson\": {\"play\": [], \"questions\": [" + question("1", "0") + "]}").starts_with("E1102 /lesson: required key \"about\" missing"));
  CHECK(first_error(with("\"ask\"", "\"aks\"")).starts_with("E1102 /lesson/questions/0: required key \"ask\" missing"));
  CHECK(first_error(lesson("[" + std::string(kQuestion) + "]", "[\"0 start\"]", ", \"vots\": []")) == "E1101 /lesson/vots: unknown key \"vots\"; did you mean \"votes\"?");
  CHECK(first_error(lesson("[]")) == "E1236 /lesson/questions: expected at least 1 question, got 0");
  CHECK(first_error(with("[\"a\", \"b\"]", "[\"a\"]")) == "E1236 /lesson/questions/0/choices: expected at least 2 choices, got 1");
  CHECK(first_error(with("[\"a\", \"b\"]", "[\"b\", \"b\"]")) == "E1105 /lesson/questions/0/choices/1: \"b\" listed twice");
  CHECK(first_error(with("What now?", " ")) == "E1235 /lesson/questions/0/ask: empty text");
  CHECK(first_error(with("What now?", std::string(kLongestAsk + 1, 'x'))) == "E1504 /lesson/questions/0/ask: limit: at most 1000 characters, got 1001");
  CHECK(first_error(with("\"after\": 1", "\"after\": -1")) == "E1203 /lesson/questions/0/after: expected an integer from 0 to 1000, got -1");
  CHECK(first_error(with("\"after\": 1", "\"after\": 2")) == "");
  CHECK(first_error(with("\"after\": 1", "\"after\": 3")) == "E1237 /lesson/questions/0/after: the play has 2 lines, so nobody asks after 3");
  CHECK(first_error(lesson("[" + std::string(kQuestion) + ", " + question("1", "0") + "]")).starts_with("E1237 /lesson/questions/1/after: expected at least 1, where the question before it is asked, got 0"));
  CHECK(first_error(with("\"answer\": 2", "\"answer\": 3")) == "E1203 /lesson/questions/0/answer: expected an integer from 1 to 2, a place among the choices, got 3");
  CHECK(first_error(with("\"answer\": 2", "\"answer\": 0")).starts_with("E1203 /lesson/questions/0/answer: expected an integer from 1 to 10"));
}

TEST_CASE("what is wrong with the run of a lesson is told with its place") {
  const std::string questions = "[" + std::string(kQuestion) + "]";
  CHECK(first_error(lesson(questions, R"(["0 start", "end; 1 abort"])")).starts_with("E1238 /lesson/play/1: a lesson's play has no line that tells its end"));
  CHECK(first_error(lesson(questions, R"(["0 start", "1 st\u00e4rt"])")).starts_with("E1703 /lesson/play/1: a character that no play contains"));
  CHECK(first_error(lesson(questions, R"(["0 start", 7])")) == "E1103 /lesson/play/1: expected a string, got a number");
  CHECK(first_error(lesson(questions, R"(["0 start", ""])")) == "E1235 /lesson/play/1: empty text");
  const auto with_votes = [&](const std::string& votes) { return first_error(lesson(questions, R"(["0 start", "1 start"])", ", \"votes\": " + votes)); };
  CHECK(with_votes("[\"no\", \"yes\"]") == "");
  CHECK(with_votes("[\"no\", \"maybe\"]") == "E1219 /lesson/votes/1: expected one of no, yes, got \"maybe\"");
  CHECK(with_votes("[\"yes\"]") == "E1219 /lesson/votes: expected 2 votes, got 1");
  CHECK(with_votes("[\"yes\", \"no\"]") == "E1219 /lesson/votes/1: \"bob\" votes yes in this scenario, got \"no\"");
  const std::string one = lesson(questions);
  CHECK(first_error(one + ", \"transactions\": 2").starts_with("E1239 /lesson: a lesson is of one transaction"));
  CHECK(first_error(one + ", \"script\": [{\"at\": 5, \"do\": \"heal\"}]").starts_with("E1239 /lesson: a lesson goes through what can happen"));
}

TEST_CASE("a scenario may ask of a protocol weakened in one respect") {
  const Decoded decoded = decode("\"weaken\": \"participant:unforced:prepared\"");
  INFO(to_text(decoded.findings));
  REQUIRE(decoded.scenario);
  CHECK(decoded.scenario->weaken == Weakening{Role::participant, Loss::unforced, "prepared"});
  CHECK(words_of(*decoded.scenario->weaken) == "participant:unforced:prepared");
  CHECK(first_error("\"weaken\": \"coordinator:unsent:ack\"") == "");
  CHECK(first_error("\"weaken\": \"prepared\"") == "E1111 /weaken: expected WHO:HOW:WHAT, such as participant:unforced:prepared, got \"prepared\"");
  CHECK(first_error("\"weaken\": \"alice:unforced:prepared\"") == "E1111 /weaken: expected one of coordinator, participant, got \"alice\"");
  CHECK(first_error("\"weaken\": \"participant:unforce:prepared\"") == "E1111 /weaken: expected one of unforced, unwritten, unsent, got \"unforce\"; did you mean \"unforced\"?");
  CHECK(first_error("\"weaken\": \"participant:unforced:yes\"") == "E1234 /weaken: expected one of prepared, commit, got \"yes\"");
  CHECK(first_error("\"weaken\": \"participant:unsent:yess\"") == "E1234 /weaken: expected one of yes, ack, got \"yess\"; did you mean \"yes\"?");
  CHECK(first_error("\"weaken\": \"participant:unforced:yes\"", "spoken") == "E1234 /weaken: \"spoken\" has no records");
  CHECK(first_error("\"weaken\": \"none\"").starts_with("E1111 /weaken"));
  CHECK(first_error("\"weaken\": 1") == "E1103 /weaken: expected a string, got a number");
}

}  // namespace commitlab
