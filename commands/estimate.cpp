// `estimate`: how likely a transaction commits.
#include "checker/interval.hpp"
#include "checker/rational.hpp"
#include "commands/engine_question.hpp"
#include "commands/estimated.hpp"
#include "commands/method.hpp"
#include "commands/refusal.hpp"
#include "commands/scripted.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/estimate_report.hpp"
#include "scenarios/encode_scenario.hpp"
#include "scenarios/estimate_part.hpp"

namespace commitlab {

static unsigned tries_of(const Words& words) { return static_cast<unsigned>(words.has("tries") ? integer({"--tries", *words.find("tries")}, 1, 1000) : 0); }

static void refuse_for_shards(const Words& words) {
  if (!words.has("shard")) return;
  const auto refuse = [](const std::string& because) { throw refusal(kUsage, "E1606", "--shard", because); };
  if (!words.has("json")) refuse("a part is for merge: say --json");
  if (words.has("width")) refuse("a part cannot tell when all of them are enough: not with --width");
  if (words.has("rare")) refuse("a rare event is looked for as a whole: not with --rare");
}

Sampling sampling_of(const Words& words, const Asked& asked) {
  Sampling sampling{.seed = asked.scenario.seed};
  if (const std::string* value = words.find("width")) sampling.width = width({"--width", *value}), sampling.runs = kTallyRunsMost;
  if (const std::string* value = words.find("runs")) sampling.runs = integer({"--runs", *value}, 1, kTallyRunsMost);
  if (const std::string* value = words.find("shard")) sampling.shard = shard({"--shard", *value}, sampling.runs);
  if (const std::string* value = words.find("rare")) sampling.rare = word<Rare>({"--rare", *value});
  sampling.threads = threads_of(words);
  refuse_for_shards(words);
  tries_of(words);
  return sampling;
}

Estimate estimate_of(const Asked& asked, const Sampling& sampling, const Sampled& sampled) {
  const Odds& odds = odds_of(*asked.entry);
  Estimate estimate = odds.estimate(asked.scenario, sampling, sampled);
  if (odds.gap != nullptr && estimate.exact) estimate.gap = odds.gap(asked.scenario, estimate);
  if (odds.range != nullptr) estimate.range = odds.range(asked.scenario);
  return estimate;
}

Answer estimated(const Asked& asked, const Words& words, const Sampling& sampling, const Sampled& sampled, const Session& session) {
  const Estimate estimate = estimate_of(asked, sampling, sampled);
  std::optional<Retries> again;
  if (const unsigned tries = tries_of(words); tries > 0) {
    std::vector<Rational> chances;
    for (const auto& factor : estimate.factors) chances.push_back(rational_from(factor.success).value());
    again = retries(chances, tries);
  }
  About about = about_of(asked, Verb::estimate, words, session);
  for (auto& warning : never_happened(asked.scenario, sampled.sums.came_up, "any run")) about.warnings.push_back(std::move(warning));
  return {.text = session.json ? estimate_json(about, estimate, kAsExpected, again) : estimate_text(about, estimate, session.style, again)};
}

static Answer part_of(const Asked& asked, const Words& words, const Sampling& sampling, const Sampled& sampled, const Session& session) {
  const About about = about_of(asked, Verb::estimate, words, session);
  return {.text = encode_part({.version = COMMITLAB_VERSION,
                               .arguments = about.arguments,
                               .name = asked.scenario.name,
                               .scenario = encode_scenario(asked.scenario),
                               .seed = sampling.seed,
                               .runs = sampling.runs,
                               .shard = sampling.shard,
                               .sums = sampled.sums,
                               .seconds = sampled.seconds})};
}

Answer answer_estimate(const Words& words, const Session& session) {
  Asked asked = ask(words, session.catalogue);
  asked.scenario.limits = limits_of(Verb::estimate, words, session);
  const Sampling sampling = sampling_of(words, asked);
  refuse_where_chance_draws(asked, kNoChance);
  const Sampled sampled = odds_of(*asked.entry).sample(asked.scenario, sampling);
  return (words.has("shard") ? part_of : estimated)(asked, words, sampling, sampled, session);
}

}  // namespace commitlab
