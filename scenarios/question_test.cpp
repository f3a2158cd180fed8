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

TEST_CASE("who shares a host votes no together, beside whatever each may vote by itself") {
  const auto votes = [](Scenario asked, std::vector<SharedHost> hosts) {
    asked.shared_hosts = std::move(hosts);
    std::vector<std::uint64_t> bits;
    const auto question = question_of(asked, {});
    REQUIRE(question);
    for (const auto& vector : question->votes) bits.push_back(vector.front().bits());
    return bits;
  };
  using Bits = std::vector<std::uint64_t>;
  const NodeSet first_two = NodeSet::from_bits(0b0110), last_two = NodeSet::from_bits(0b1100);
  const Participant sure{.name = "a", .success = Probability{1, 1}};
  CHECK(votes(scenario({sure, sure}), {{first_two, {1, 2}}}) == Bits{0b001, 0b111});
  CHECK(votes(scenario({sure, sure}), {{first_two, {0, 1}}}) == Bits{0b111});
  CHECK(votes(scenario({sure, sure}), {{first_two, {1, 1}}}) == Bits{0b001});
  CHECK(votes(scenario({sure, sure, sure}), {{first_two, {1, 9}}, {last_two, {1, 9}}}) == Bits{0b0001, 0b0011, 0b1001, 0b1111});
  CHECK(votes(scenario({{.name = "a", .vote = Vote::yes}, sure}), {{first_two, {1, 2}}}) == Bits{0b011, 0b111});
  CHECK(votes(scenario({{.name = "a"}, sure}), {{first_two, {1, 2}}}) == Bits{0b001, 0b101, 0b111});
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
