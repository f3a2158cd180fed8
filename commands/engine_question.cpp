#include "commands/engine_question.hpp"

#include <algorithm>

#include "checker/resident.hpp"
#include "commands/allowing.hpp"
#include "commands/search.hpp"
#include "commands/values.hpp"
#include "scenarios/question.hpp"

namespace commitlab {

static std::uint64_t bytes_unless_told(Verb verb) {
  constexpr std::uint64_t kUsual = std::uint64_t{2} << 30;
  const std::uint64_t half = machine_bytes() / 2;
  return verb == Verb::check && half > 0 ? half : kUsual;
}

Limits limits_of(Verb verb, const Words& words, const Session& session) {
  Limits limits{.bytes = bytes_unless_told(verb), .began = session.began};
  const auto value = [&](std::string_view option) { return Value{dashed(option), *words.find(option)}; };
  if (words.has("max-states")) limits.worlds = integer(value("max-states"), 1, 1'000'000'000'000);
  if (words.has("time-limit")) limits.seconds = seconds(value("time-limit"));
  if (words.has("memory-limit")) limits.bytes = memory_size(value("memory-limit"));
  return limits;
}

Question question_to_check(const Asked& asked, const Limits& limits) {
  const Scenario& scenario = asked.scenario;
  if (!scenario.script.empty()) {
    throw refusal(kUsage, "E1606", "", "a search asks for all that can happen: it takes no scenario with a \"script\"", "the verb run follows the script; a search wants budgets, such as --crashes 1");
  }
  if (scenario.transactions > kMostTransactionsSearched) {
    throw refusal(kUsage, "E1606", "--transactions",
                  "a search takes at most " + std::to_string(kMostTransactionsSearched) + " transactions, got " + std::to_string(scenario.transactions));
  }
  auto question = question_of(scenario, limits);
  if (!question) {
    throw refusal(kUsage, "E1606", "--votes", "more than " + std::to_string(kMostVoteVectors) + " ways to vote", "--votes yes, or fewer participants or transactions");
  }
  return std::move(*question);
}

// The same question, of one start only.
static Question with_votes(const Asked& asked, const Limits& limits, std::vector<NodeSet> votes) {
  Scenario scenario = asked.scenario;
  scenario.transactions = 1;
  for (auto& participant : scenario.participants) participant.vote = Vote::yes;
  Question question = question_of(scenario, limits).value();
  question.votes = {std::move(votes)};
  return question;
}

static Refusal bad_votes(const Asked& asked, std::string code, std::string message) {
  return refusal_of({{.code = std::move(code), .file = asked.file, .message = std::move(message)}}, kBadInput);
}

// [transaction] -> who votes yes, by the words of a play.
static std::vector<NodeSet> votes_written(const Asked& asked) {
  const std::size_t participants = asked.scenario.participants.size();
  std::vector<NodeSet> votes;
  for (const auto& row : asked.play->votes) {
    if (row.size() != participants) {
      throw bad_votes(asked, "E1219", "expected " + std::to_string(participants) + " votes for each transaction, got " + std::to_string(row.size()));
    }
    NodeSet yes(kCoordinator);
    for (std::size_t i = 0; i < row.size(); ++i)
      if (row[i]) yes.add(node_id(i + 1));
    if (asked.entry->specification && yes.size() <= static_cast<int>(participants)) {
      throw bad_votes(asked, "E1219", "expected yes only: " + in_quotes(asked.entry->name) + " is a specification, in which a participant aborts by an act of its own");
    }
    votes.push_back(yes);
  }
  return votes;
}

Question question_to_replay(const Asked& asked, const Limits& limits) {
  std::vector<NodeSet> votes = votes_written(asked);
  const std::size_t transactions = votes.empty() ? asked.scenario.transactions : votes.size();
  if (transactions > kMostTransactionsSearched) {
    throw bad_votes(asked, "E1504", "at most " + std::to_string(kMostTransactionsSearched) + " transactions, got " + std::to_string(transactions));
  }
  // A play without votes has those of its question if they are settled, otherwise everybody votes yes.
  if (votes.empty()) {
    const auto question = question_of(asked.scenario, limits);
    const bool settled = question && question->votes.size() == 1;
    votes = settled ? question->votes.front() : std::vector(transactions, NodeSet::first(asked.scenario.participants.size() + 1));
  }
  Question question = with_votes(asked, limits, std::move(votes));
  if (asked.trace && asked.trace->timed) question.faults = faults_that_allow(asked.scenario, asked.trace->trace);
  return question;
}

// "yes no": who votes yes.
static NodeSet yes_voters(std::string_view words) {
  NodeSet yes(kCoordinator);
  for (std::size_t node = 1; !words.empty(); ++node) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == "yes") yes.add(node_id(node));
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return yes;
}

std::vector<PlayLine> lines_of(const Trace& run) {
  std::vector<PlayLine> lines;
  for (const auto& line : run.lines) lines.push_back({.number = static_cast<int>(lines.size()) + 1, .text = told(line)});
  return lines;
}

Replayed run_again(const Asked& asked, const Limits& limits, const Trace& run) {
  std::vector<NodeSet> votes;
  for (const auto& words : run.votes) votes.push_back(yes_voters(words));
  return made_again(asked, with_votes(asked, limits, std::move(votes)), lines_of(run));
}

std::vector<Finding> end_of(const Asked& asked, const Limits& limits, const Trace& run) { return run_again(asked, limits, run).findings; }

}  // namespace commitlab
