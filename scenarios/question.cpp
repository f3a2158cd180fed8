#include "scenarios/question.hpp"

#include <algorithm>

#include "sim/world.hpp"

namespace commitlab {

static_assert(kMostTransactionsSearched == kMaxTransactions);

namespace {

/// How a participant may vote in a search.
struct MayVote {
  bool yes, no;
};

/// Would so many of its operations take something that it holds below zero?
bool overdraws(const Participant& participant, std::uint32_t times) {
  return std::any_of(participant.does.begin(), participant.does.end(), [&](const auto& change) {
    const auto held = participant.holds.find(change.first);
    return (held == participant.holds.end() ? 0 : held->second) + times * change.second < 0;
  });
}

MayVote may_vote(const Participant& participant, std::uint32_t transactions) {
  if (participant.vote) return {*participant.vote == Vote::yes, *participant.vote == Vote::no};
  if (overdraws(participant, 1)) return {false, true};
  if (!participant.success) return {true, true};
  const Probability& success = *participant.success;
  return {success.numerator > 0, success.numerator < success.denominator || overdraws(participant, transactions)};
}

/// Of those who run on the host, whoever's vote is not fixed.
NodeSet taken_with(const SharedHost& host, const std::vector<Participant>& participants) {
  NodeSet taken;
  for (std::size_t i = 0; i < participants.size(); ++i)
    if (host.participants.has(node_id(i + 1)) && !participants[i].vote) taken.add(node_id(i + 1));
  return taken;
}

/// Adds the vectors of votes in which hosts have failed; no others are left if one is certain to.
bool let_fail(const std::vector<SharedHost>& hosts, const std::vector<Participant>& participants, std::vector<NodeSet>& vectors) {
  for (const SharedHost& host : hosts) {
    if (host.fails.numerator == 0) continue;
    const NodeSet taken = taken_with(host, participants);
    const std::vector<NodeSet> works = vectors;
    if (host.fails == Probability{1, 1}) vectors.clear();
    for (const NodeSet yes : works) vectors.push_back(yes - taken);
    const auto lower = [](NodeSet a, NodeSet b) { return a.bits() < b.bits(); };
    std::sort(vectors.begin(), vectors.end(), lower);
    vectors.erase(std::unique(vectors.begin(), vectors.end()), vectors.end());
    if (vectors.size() > kMostVoteVectors) return false;
  }
  return true;
}

/// Every set of yes-voters that the participants and what they run on allow, in ascending order as numbers.
std::optional<std::vector<NodeSet>> vote_vectors(const Scenario& scenario) {
  const auto& participants = scenario.participants;
  std::vector<NodeSet> vectors{NodeSet(kCoordinator)};
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const MayVote may = may_vote(participants[i], scenario.transactions);
    if (!may.yes) continue;
    const std::size_t count = vectors.size();
    if (may.no && 2 * count > kMostVoteVectors) return std::nullopt;
    for (std::size_t k = 0; k < count; ++k) {
      const NodeSet with = vectors[k].with(node_id(i + 1));
      if (may.no) vectors.push_back(with);
      else vectors[k] = with;
    }
  }
  if (!let_fail(scenario.shared_hosts, participants, vectors)) return std::nullopt;
  return vectors;
}

std::vector<Quantity> quantities(const Scenario& scenario) {
  std::vector<Quantity> quantities;
  for (const auto& name : scenario.conserve) {
    Quantity quantity{name, {0}};
    for (const auto& participant : scenario.participants) {
      const auto change = participant.does.find(name);
      quantity.added_by_node.push_back(change == participant.does.end() ? 0 : change->second);
    }
    quantities.push_back(std::move(quantity));
  }
  return quantities;
}

}  // namespace

std::vector<std::string> node_names(const Scenario& scenario) {
  std::vector<std::string> names{"coordinator"};
  for (const auto& participant : scenario.participants) names.push_back(participant.name);
  return names;
}

std::optional<Question> question_of(const Scenario& scenario, const Limits& limits) {
  const auto vectors = vote_vectors(scenario);
  if (!vectors) return std::nullopt;
  Question question{.names = node_names(scenario), .faults = scenario.faults, .check = scenario.check, .agreement = scenario.agreement};
  question.conserve = quantities(scenario);
  question.limits = limits;
  // One transaction after the other picks its votes: every combination of vectors.
  question.votes = {{}};
  for (std::uint32_t t = 0; t < scenario.transactions; ++t) {
    if (question.votes.size() * vectors->size() > kMostVoteVectors) return std::nullopt;
    std::vector<std::vector<NodeSet>> longer;
    for (const auto& votes : question.votes) {
      for (const NodeSet yes : *vectors) {
        longer.push_back(votes);
        longer.back().push_back(yes);
      }
    }
    question.votes = std::move(longer);
  }
  return question;
}

}  // namespace commitlab
