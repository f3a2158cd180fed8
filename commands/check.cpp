// `check`: every run that the faults allow.
#include <algorithm>
#include <optional>

#include "commands/attended.hpp"
#include "commands/engine_question.hpp"
#include "commands/exit_codes.hpp"
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

static Verdict attended(const Entry& entry, Question question, const Session& session, const std::optional<Weakening>& without) {
  Attended attended(session.progress);
  attended.attend(question.method);
  return searched(entry, question, without);
}

Answer answer_check(const Words& words, const Session& session) {
  for (const char* option : {"checkpoint", "resume"})
    if (words.has("min-faults") && words.has(option)) throw refusal(kUsage, "E1606", dashed(option), "not with --min-faults, which makes many searches");
  if (words.has("min-faults")) return answer_least_faults(words, session, Verb::check, FrontierView::runs);
  const Asked asked = ask(words, session.catalogue);
  const Limits limits = limits_of(words);
  Question question = question_to_check(asked, limits);
  question.method = method_of(words);
  refuse_unsound(question, *asked.entry);
  set_checkpoint(question.method, words, asked);
  const auto folder = folder_for(words, asked);
  const Verdict verdict = attended(*asked.entry, question, session, asked.weakening);
  const auto plays = folder ? save_witnesses(*folder, asked, limits, verdict) : std::vector<SavedPlay>();
  const Expectation expectation = expectation_of(asked.scenario, question.method, verdict);
  int code = exit_code(asked.scenario, verdict, expectation);
  if (code == kInconclusive && !verdict.checkpoint_failed.empty()) code = kIoError;
  About about = about_of(asked, Verb::check, words, session);
  about.votes = votes_of(question), about.method = question.method;
  return {.text = session.json ? verdict_json(about, verdict, expectation, plays, code) : verdict_text(about, verdict, expectation, plays, session.style),
          .exit_code = code};
}

}  // namespace commitlab
