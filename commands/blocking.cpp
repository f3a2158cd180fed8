// `blocking`: how long participants are in doubt under several protocols, and how many stay so.
#include <algorithm>
#include <array>

#include "commands/compare.hpp"
#include "commands/doubts.hpp"
#include "commands/engine_question.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/blocking_report.hpp"

namespace commitlab {

static constexpr std::array<std::string_view, 3> kUsualProtocols = {"2pc", "2pc-ctp", "3pc"};
static constexpr const char* kNotASpecification = "nothing takes time in it";

/// 1, 3, 10, 30, ... of a unit, from about a message's way to the horizon.
static std::vector<Nanoseconds> usual_times(const Delays& delays) {
  const Nanoseconds least = delays.message.time > 0 ? delays.message.time : std::max<Nanoseconds>(delays.timeout / 100, 1);
  std::vector<Nanoseconds> times;
  for (Nanoseconds power = 1; power < delays.horizon; power *= 10)
    for (const Nanoseconds time : {power, 3 * power})
      if (time >= least && time < delays.horizon) times.push_back(time);
  times.push_back(delays.horizon);
  return times;
}

/// What is wrong with the question if it is put to that protocol.
static std::vector<Diagnostic> findings(const Asked& asked, const Entry& entry, Catalogue catalogue) {
  Scenario scenario = asked.scenario;
  scenario.protocol = entry.name;
  const auto known = facts(catalogue);
  return validate(scenario, known);
}

static void warn(std::vector<std::string>& warnings, const std::string& warning) {
  if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(warning);
}

std::vector<const Entry*> protocols_to_watch(const Words& words, Asked& asked, Catalogue catalogue) {
  const std::string* names = words.find("protocols");
  std::vector<const Entry*> entries;
  if (names != nullptr) {
    entries = listed_protocols(*names, catalogue);
  } else {
    for (const Entry& entry : catalogue) {
      const bool usual = std::find(kUsualProtocols.begin(), kUsualProtocols.end(), entry.name) != kUsualProtocols.end();
      if (usual || &entry == asked.entry) entries.push_back(&entry);
    }
  }
  for (const Entry* entry : entries) refuse_specification(*entry, kNotASpecification);
  asked.warnings.clear();  // of its own protocol, which need not be among them
  std::vector<const Entry*> fitting;
  for (const Entry* entry : entries) {
    std::vector<Diagnostic> errors;
    for (auto& found : findings(asked, *entry, catalogue)) {
      if (found.severity == Diagnostic::Severity::warning) warn(asked.warnings, found.message);
      else errors.push_back(std::move(found));
    }
    if (errors.empty()) fitting.push_back(entry);
    else if (names != nullptr) throw refusal_of(std::move(errors), kUsage);
  }
  return fitting;
}

bool anything_fails(const Scenario& scenario) {
  const Chances& chances = scenario.chances;
  const auto likely = [](const Probability& chance) { return chance.numerator > 0; };
  return !scenario.script.empty() || likely(chances.loss) || likely(chances.duplicate) || likely(chances.reorder) || chances.may_crash();
}

static std::vector<DoubtUnder> doubts(Asked& asked, const std::vector<const Entry*>& protocols, std::uint64_t runs,
                                      const std::vector<Nanoseconds>& times) {
  std::vector<DoubtUnder> all;
  for (const Entry* entry : protocols) {
    const Doubt doubt = odds_of(*entry, kNotASpecification).blocking(asked.scenario, asked.scenario.seed, runs, times);
    if (!doubt.stopped.empty())
      warn(asked.warnings, std::string(entry->name) + ": " + std::to_string(doubt.runs) + " of " + std::to_string(runs) + " runs only: " + doubt.stopped);
    for (const std::string& words : doubt.unheard)
      warn(asked.warnings, std::string(entry->name) + " never does " + in_quotes(words) + ", for which a scripted fault waits");
    all.push_back({.protocol = std::string(entry->name), .doubt = doubt});
  }
  if (!anything_fails(asked.scenario))
    warn(asked.warnings, "nothing fails: the scenario has neither chances nor a script; --chance crash=0.01 gives it some");
  return all;
}

Answer answer_blocking(const Words& words, const Session& session) {
  Words asking = words;
  if (words.operands.empty() && !words.has("protocol")) {  // any of them makes the question whole
    const std::string* names = words.find("protocols");
    const Entry* any = names != nullptr ? listed_protocols(*names, session.catalogue).front() : find(session.catalogue, kUsualProtocols.front());
    if (any != nullptr) asking.set("protocol", std::string(any->name));
  }
  if (words.has("vary")) return answer_blocking_along(asking, session);
  Asked asked = ask(asking, session.catalogue);
  asked.scenario.limits = limits_of(Verb::blocking, words, session);
  refuse_where_chance_draws(asked, kNotASpecification);
  const std::uint64_t most_runs = kMostVotes / asked.scenario.participants.size();
  const std::uint64_t runs = words.has("runs") ? integer({"--runs", *words.find("runs")}, 1, most_runs) : Sampling{}.runs;
  const Delays& delays = asked.scenario.delays;
  const auto at = words.has("at") ? times({"--at", *words.find("at")}, delays.horizon) : usual_times(delays);
  const auto protocols = protocols_to_watch(words, asked, session.catalogue);
  const auto told = doubts(asked, protocols, runs, at);
  const About about = about_of(asked, Verb::blocking, words, session);
  return {.text = session.json ? blocking_json(about, told, kAsExpected) : blocking_text(about, told, session.style)};
}

}  // namespace commitlab
