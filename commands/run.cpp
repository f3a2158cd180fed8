// `run`: one run in virtual time.
#include <algorithm>
#include <optional>

#include "commands/engine_question.hpp"
#include "commands/save.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/run_report.hpp"
#include "scenarios/question.hpp"

namespace commitlab {

// Whether a node has stopped: of several transactions, a play does not tell which had begun by then.
static bool stops(const Trace& trace) {
  return std::any_of(trace.lines.begin(), trace.lines.end(), [](const auto& line) {
    return line.happened.starts_with("crash") || (!line.effects.empty() && line.effects.back().starts_with("crash"));
  });
}

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
  if (words.has("save") && asked.scenario.transactions > kMostTransactionsSearched) {
    throw refusal(kUsage, "E1606", "--save", "a play holds at most " + std::to_string(kMostTransactionsSearched) + " transactions, not " + std::to_string(asked.scenario.transactions));
  }
  std::optional<PlayFolder> folder;
  if (words.has("save")) folder.emplace(*words.find("save"), asked, std::vector{about_run}, words.has("force") ? Overwrite::yes : Overwrite::no);

  const Run run = asked.entry->run(asked.scenario, asked.scenario.seed);
  std::optional<SavedPlay> play;
  if (folder && asked.scenario.transactions > 1 && stops(run.trace)) {
    throw refusal(kUsage, "E1606", "--save", "a node stops in this run of several transactions, and a play cannot tell which of them had begun by then",
                  "save a run of one transaction, or one in which nobody stops");
  }
  if (folder) play = save_run(*folder, about_run, asked, run, session.catalogue);
  const bool breaks = std::any_of(run.transactions.begin(), run.transactions.end(), [](const auto& transaction) { return transaction.outcome == "breaks"; });
  const int code = breaks ? kViolated : kAsExpected;
  const About about = about_of(asked, Verb::run, words, session);
  const SavedPlay* saved = play ? &*play : nullptr;
  return {.text = session.json ? run_json(about, run, saved, code) : run_text(about, run, saved, session.style), .exit_code = code};
}

}  // namespace commitlab
