// `check`: every run that the faults allow.
#include <algorithm>
#include <optional>

#include "commands/engine_question.hpp"
#include "commands/expectation.hpp"
#include "commands/frontier.hpp"
#include "commands/method.hpp"
#include "commands/save.hpp"
#include "commands/search.hpp"
#include "commands/verbs.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::optional<PlayFolder> folder_for(const Words& words, const Asked& asked) {
  const std::string* folder = words.find("save");
  if (folder == nullptr) return std::nullopt;
  std::vector<std::string> names;
  for (const Property property : asked.scenario.check) names.emplace_back(name_of(property));
  return PlayFolder(*folder, asked, names, words.has("force") ? Overwrite::yes : Overwrite::no);
}

// Of each witness, the play ends with what is violated there.
static std::vector<SavedPlay> save_witnesses(const PlayFolder& folder, const Asked& asked, const Limits& limits, const Verdict& verdict) {
  std::vector<SavedPlay> plays;
  for (const auto& finding : verdict.findings) {
    if (!finding.witness) continue;
    plays.push_back(folder.save(finding.name, *finding.witness, end_of(asked, limits, *finding.witness), folder.question()));
  }
  return plays;
}

Answer answer_check(const Words& words, const Session& session) {
  if (words.has("min-faults")) return answer_least_faults(words, session, Verb::check, FrontierView::runs);
  const Asked asked = ask(words, session.catalogue);
  const Limits limits = limits_of(words);
  Question question = question_to_check(asked, limits);
  question.method = method_of(words);
  refuse_unsound(question, *asked.entry);
  const auto folder = folder_for(words, asked);
  const Verdict verdict = searched(*asked.entry, question);
  const auto plays = folder ? save_witnesses(*folder, asked, limits, verdict) : std::vector<SavedPlay>();
  const Expectation expectation = expectation_of(asked.scenario, question.method, verdict);
  const int code = exit_code(asked.scenario, verdict, expectation);
  About about = about_of(asked, Verb::check, words, session);
  about.votes = votes_of(question), about.method = question.method;
  return {.text = session.json ? verdict_json(about, verdict, expectation, plays, code) : verdict_text(about, verdict, expectation, plays, session.style),
          .exit_code = code};
}

}  // namespace commitlab
