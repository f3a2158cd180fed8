// `check`: every run that the faults allow.
#include "commands/check_files.hpp"
#include "commands/check_one.hpp"
#include "commands/check_several.hpp"
#include "commands/frontier.hpp"
#include "commands/verbs.hpp"

namespace commitlab {

// What says where answers are kept of one search, or expects something of one scenario.
static void refuse_of_least_faults(const Words& words) {
  for (const char* option : {"checkpoint", "resume"})
    if (words.has(option)) throw refusal(kUsage, "E1606", dashed(option), "not with --min-faults, which makes many searches");
  for (const char* option : {"junit", "sarif", "fail-on"})
    if (words.has(option)) throw refusal(kUsage, "E1606", dashed(option), "not with --min-faults, which tells of vectors of faults",
                                         "without it, all faults together are checked");
}

static Answer answer_one(const Words& words, const Session& session, FailOn fail_on) {
  const PreparedSearch search = prepared(words, session);
  const CheckFiles files(words, {search.asked.file});
  Attended attended(session.progress);
  const Checked checked = searched(search, session, attended, fail_on);
  if (files.any()) files.write({.program = session.program, .arguments = checked.about.arguments, .all = {checked}, .exit_code = checked.exit_code});
  std::vector<SavedPlay> plays;
  for (const auto& judged : checked.judged)
    if (judged.play) plays.push_back(*judged.play);
  std::string text = session.json ? verdict_json(checked.about, *checked.verdict, checked.expectation, plays, checked.exit_code)
                                  : verdict_text(checked.about, *checked.verdict, checked.expectation, plays, session.style);
  return {.text = std::move(text), .exit_code = checked.exit_code};
}

Answer answer_check(const Words& words, const Session& session) {
  const FailOn which = fail_on(words);
  const auto several = several_to_check(words.operands, session.catalogue);
  if (several) return answer_several(*several, words, session, which);
  if (!words.has("min-faults")) return answer_one(words, session, which);
  refuse_of_least_faults(words);
  return answer_least_faults(words, session, Verb::check, FrontierView::runs);
}

}  // namespace commitlab
