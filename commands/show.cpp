// `show`: a run or a play as a table, and a lesson for a class.
#include "commands/engine_question.hpp"
#include "commands/played_lesson.hpp"
#include "commands/replayed_play.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/replay_report.hpp"
#include "reports/run_report.hpp"

namespace commitlab {

static Answer show_play(const Asked& asked, const Words& words, const Session& session) {
  const Question question = question_to_replay(asked, limits_of(words));
  const Replayed again = replayed(asked, question);
  const int code = exit_code(again.outcome);
  About about = about_of(asked, Verb::show, words, session);
  about.votes = votes_of(question);
  if (session.json) return {.text = replay_json(about, asked.file, again, code), .exit_code = code};
  return {.text = shown_text(about, again, session.style), .exit_code = code, .complaint = complaint_about(asked, again)};
}

Answer answer_show(const Words& words, const Session& session) {
  const Asked asked = ask(words, session.catalogue);
  if (words.has("lesson")) return show_lesson(asked, words, session);
  if (words.has("answers")) throw refusal(kUsage, "E1606", "--answers", "they are those of a lesson", "--lesson --answers");
  if (asked.play) return show_play(asked, words, session);
  refuse_in_virtual_time(asked);
  refuse_weakened(asked);
  const Run run = asked.entry->run(asked.scenario, asked.scenario.seed);
  const About about = about_of(asked, Verb::show, words, session);
  return {.text = session.json ? run_json(about, run, nullptr, 0) : shown_text(about, run, session.style)};
}

}  // namespace commitlab
