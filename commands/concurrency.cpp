// `concurrency`: which local states stand beside which, and what Skeen's theorem says of that.
#include "commands/engine_question.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/concurrency_report.hpp"
#include "scenarios/question.hpp"

namespace commitlab {

Answer answer_concurrency(const Words& words, const Session& session) {
  Asked asked = ask(words, session.catalogue);
  refuse_weakened(asked);
  const std::size_t participants = asked.scenario.participants.size();
  if (participants >= 64 || std::uint64_t{1} << participants > kMostVoteVectors) {
    throw refusal(kUsage, "E1606", "--participants", "more than " + std::to_string(kMostVoteVectors) + " ways to vote", "fewer participants: with two, every pair of states is seen");
  }
  // The theorem asks of the protocol alone.
  asked.scenario.faults = {};
  asked.scenario.chances = {};
  asked.scenario.shared_hosts.clear();
  asked.scenario.script.clear();
  const Concurrency concurrency = asked.entry->studies.concurrency(participants, limits_of(Verb::concurrency, words, session));
  const int code = concurrency.stopped.empty() ? kAsExpected : kInconclusive;
  About about = about_of(asked, Verb::concurrency, words, session);
  about.votes.assign(participants, "either");
  return {.text = session.json ? concurrency_json(about, concurrency, code) : concurrency_text(about, concurrency, session.style), .exit_code = code};
}

}  // namespace commitlab
