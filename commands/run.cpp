// `run`: one run in virtual time.
#include <algorithm>
#include <optional>

#include "commands/allowing.hpp"
#include "commands/engine_question.hpp"
#include "commands/save.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/run_report.hpp"

namespace commitlab {

// A play of what was simulated opens with a question that allows it, so that it can be made again.
static SavedPlay save_run(const PlayFolder& folder, const std::string& about, const Asked& asked, const Run& run, Catalogue catalogue) {
  const Words question = folder.question_of_run(asked.scenario, run.trace);
  const Asked again = ask(question, catalogue, folder.folder());
  return folder.save(about, run.trace, end_of(again, Limits{}, run.trace), question);
}

Answer answer_run(const Words& words, const Session& session) {
  const Asked asked = ask(words, session.catalogue);
  refuse_where_chance_draws(asked, "it says what may happen, and not when");
  const std::string about_run = "run-" + std::to_string(asked.scenario.seed);
  if (words.has("save")) refuse_more_than_a_play_holds(asked.scenario, "--save");
  std::optional<PlayFolder> folder;
  if (words.has("save")) folder.emplace(words, asked, std::vector{about_run});

  const Run run = asked.entry->run(asked.scenario, asked.scenario.seed);
  std::optional<SavedPlay> play;
  if (folder) refuse_stops_among_several(asked.scenario, run.trace, "--save");
  if (folder) play = save_run(*folder, about_run, asked, run, session.catalogue);
  const bool breaks = std::any_of(run.transactions.begin(), run.transactions.end(), [](const auto& transaction) { return transaction.outcome == "breaks"; });
  const int code = breaks ? kViolated : kAsExpected;
  const About about = about_of(asked, Verb::run, words, session);
  const SavedPlay* saved = play ? &*play : nullptr;
  return {.text = session.json ? run_json(about, run, saved, code) : run_text(about, run, saved, session.style), .exit_code = code};
}

}  // namespace commitlab
