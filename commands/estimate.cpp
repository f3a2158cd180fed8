// `estimate`: how likely a transaction commits.
#include "checker/interval.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "reports/estimate_report.hpp"

namespace commitlab {

static constexpr std::uint64_t kUsualRuns = 10'000;

Answer answer_estimate(const Words& words, const Session& session) {
  const std::uint64_t runs = words.has("runs") ? integer({"--runs", *words.find("runs")}, 1, kTallyRunsMost) : kUsualRuns;
  const Asked asked = ask(words, session.catalogue);
  refuse_specification(*asked.entry, "it says what may happen, and not how likely it is");
  const Estimate estimate = asked.entry->estimate(asked.scenario, asked.scenario.seed, runs);
  const About about = about_of(asked, Verb::estimate, words, session);
  return {.text = session.json ? estimate_json(about, estimate, kAsExpected) : estimate_text(about, estimate, session.style)};
}

}  // namespace commitlab
