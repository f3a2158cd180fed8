// From a scenario to its starts: who may vote how.
#include "scenarios/question.hpp"

#include "test.hpp"

namespace commitlab {
namespace {

Scenario scenario(std::vector<Participant> participants) { return {.protocol = "2pc", .participants = std::move(participants)}; }

std::size_t starts(const Scenario& asked) {
  const auto question = question_of(asked, {});
  REQUIRE(question);
  return question->votes.size();
}

}  // namespace

TEST_CASE("a participant may vote either way, unless its vote is fixed or its success is certain or impossible") {
  CHECK(starts(scenario({{.name = "a"}, {.name = "b"}})) == 4);
  CHECK(starts(scenario({{.name = "a", .vote = Vote::no}, {.name = "b"}})) == 2);
  CHECK(starts(scenario({{.name = "a", .success = Probability{1, 1}}, {.name = "b", .success = Probability{0, 1}}})) == 1);
  CHECK(starts(scenario({{.name = "a", .success = Probability{1, 2}}})) == 2);
}

TEST_CASE("who cannot pay votes no, and who cannot pay every time may do so in a later transaction") {
  const Participant poor{.name = "a", .success = Probability{1, 1}, .holds = {{"money", 50}}, .does = {{"money", -60}}};
  const auto question = question_of(scenario({poor}), {});
  REQUIRE(question->votes.size() == 1);
  CHECK(question->votes.front().front() == NodeSet(kCoordinator));

  Participant once = poor;
  once.does = {{"money", -40}};
  Scenario asked = scenario({once});
  CHECK(starts(asked) == 1);
  asked.transactions = 2;
  CHECK(starts(asked) == 4);
}

TEST_CASE("more vectors of votes than can be started with are no question") {
  CHECK_FALSE(question_of(scenario(std::vector<Participant>(17, {.name = "a"})), {}));
  CHECK(starts(scenario(std::vector<Participant>(16, {.name = "a"}))) == kMostVoteVectors);
}

TEST_CASE("names and quantities are in the order of the nodes, the coordinator first") {
  Scenario asked = scenario({{.name = "a", .does = {{"money", -1}}}, {.name = "b", .does = {{"money", 1}}}});
  asked.conserve = {"money"};
  const auto question = question_of(asked, {});
  CHECK(question->names == std::vector<std::string>{"coordinator", "a", "b"});
  REQUIRE(question->conserve.size() == 1);
  CHECK(question->conserve.front().added_by_node == std::vector<std::int64_t>{0, -1, 1});
}

}  // namespace commitlab
