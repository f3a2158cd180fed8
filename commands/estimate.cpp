// `estimate`: how likely a transaction commits.
#include "checker/interval.hpp"
#include "checker/rational.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/estimate_report.hpp"

namespace commitlab {

static constexpr std::uint64_t kUsualRuns = 10'000;

Answer answer_estimate(const Words& words, const Session& session) {
  const std::uint64_t runs = words.has("runs") ? integer({"--runs", *words.find("runs")}, 1, kTallyRunsMost) : kUsualRuns;
  const auto tries = static_cast<unsigned>(words.has("tries") ? integer({"--tries", *words.find("tries")}, 1, 1000) : 0);
  const Asked asked = ask(words, session.catalogue);
  refuse_specification(*asked.entry, "it says what may happen, and not how likely it is");
  refuse_in_virtual_time(asked);
  refuse_weakened(asked);
  Estimate estimate = asked.entry->estimate(asked.scenario, asked.scenario.seed, runs);
  if (asked.entry->range != nullptr) estimate.range = asked.entry->range(asked.scenario);
  std::optional<Retries> again;
  if (tries > 0) {
    std::vector<Rational> chances;
    for (const auto& factor : estimate.factors) chances.push_back(rational_from(factor.success).value());
    again = retries(chances, tries);
  }
  const About about = about_of(asked, Verb::estimate, words, session);
  return {.text = session.json ? estimate_json(about, estimate, kAsExpected, again) : estimate_text(about, estimate, session.style, again)};
}

}  // namespace commitlab
