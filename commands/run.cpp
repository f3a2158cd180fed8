// `run`: one run in virtual time.
#include <algorithm>
#include <optional>

#include "commands/allowing.hpp"
#include "commands/engine_question.hpp"
#include "commands/save.hpp"
#include "commands/scripted.hpp"
#include "commands/verbs.hpp"
#include "commands/virtual_time.hpp"
#include "commands/weakening.hpp"
#include "reports/numbers.hpp"
#include "reports/run_report.hpp"

namespace commitlab {

// A play of what was simulated opens with a question that allows it, so that it can be made again.
static SavedPlay save_run(const PlayFolder& folder, const std::string& about, const Asked& asked, const Run& run, const Limits& limits, Catalogue catalogue) {
  const Words question = folder.question_of_run(asked.scenario, run.trace);
  const Asked again = ask(question, catalogue, folder.folder());
  return folder.save(about, run.trace, end_of(again, limits, run.trace), question);
}

static std::string warning_of(const Run::Endless& endless, const std::vector<std::string>& names) {
  std::string nodes;
  for (std::size_t i = 0; i < endless.nodes.size(); ++i)
    nodes += (i == 0 ? "" : i + 1 < endless.nodes.size() ? ", " : " and ") + names[static_cast<std::size_t>(endless.nodes[i])];
  const std::string times = counted(endless.times, "time", "times");
  const std::string decided = "everybody has decided, and ";
  if (endless.event == Event::act)
    return "the act " + endless.what + " of " + nodes + " happened " + times + ", and stays enabled: the run would go on for ever";
  if (endless.event == Event::timeout)
    return decided + "the timer of " + nodes + " fired " + times + " and is set again: the run would go on for ever";
  return decided + nodes + " received " + counted(endless.times, "message", "messages") + ": they answer each other for ever";
}

Answer answer_run(const Words& words, const Session& session) {
  Asked asked = ask(words, session.catalogue);
  asked.scenario.limits = limits_of(Verb::run, words, session);
  refuse_where_chance_draws(asked, kNoTime);
  refuse_options_of_searches(words, words.has("save") ? Judges::yes : Judges::no);
  const std::string about_run = "run-" + std::to_string(asked.scenario.seed);
  if (words.has("save")) refuse_more_than_a_play_holds(asked.scenario, "--save");
  std::optional<PlayFolder> folder;
  if (words.has("save")) folder.emplace(words, asked, std::vector{about_run});

  const Run run = simulated(*asked.entry, asked.scenario);
  std::optional<SavedPlay> play;
  if (folder) refuse_stops_among_several(asked.scenario, run.trace, "--save");
  if (folder) play = save_run(*folder, about_run, asked, run, limits_of(Verb::run, words, session), session.catalogue);
  const bool breaks = std::any_of(run.transactions.begin(), run.transactions.end(), [](const auto& transaction) { return transaction.outcome == "breaks"; });
  if (!run.stopped.empty()) asked.warnings.push_back("given up before its horizon: " + run.stopped);
  const int code = breaks ? kViolated : run.stopped.empty() ? kAsExpected : kInconclusive;
  About about = about_of(asked, Verb::run, words, session);
  for (const auto& endless : run.endless) about.warnings.push_back(warning_of(endless, about.names));
  for (auto& warning : never_happened(asked.scenario, run.came_up, "this run")) about.warnings.push_back(std::move(warning));
  const SavedPlay* saved = play ? &*play : nullptr;
  return {.text = session.json ? run_json(about, run, saved, code) : run_text(about, run, saved, session.style), .exit_code = code};
}

}  // namespace commitlab
