// `show`: a run, a play or a trace as a table, or in the format of another tool.
#include "commands/engine_question.hpp"
#include "commands/formatted.hpp"
#include "commands/replayed_play.hpp"
#include "commands/verbs.hpp"
#include "reports/replay_report.hpp"
#include "reports/run_report.hpp"

namespace commitlab {

static Answer show_play(const Asked& asked, const Words& words, const Session& session) {
  const Question question = question_to_replay(asked, limits_of(words));
  const Replayed again = replayed(asked, question);
  const int code = exit_code(again.outcome);
  if (const auto format = run_format_of(words)) return {.text = formatted(*format, asked, again), .exit_code = code, .complaint = complaint_about(asked, again)};
  About about = about_of(asked, Verb::show, words, session);
  about.votes = votes_of(question);
  about.faults = question.faults;  // of a simulated run, those that happened
  if (session.json) return {.text = replay_json(about, written_as(asked), again, code), .exit_code = code};
  return {.text = shown_text(about, written_as(asked), again, session.style), .exit_code = code, .complaint = complaint_about(asked, again)};
}

Answer answer_show(const Words& words, const Session& session) {
  const auto format = run_format_of(words);
  const Asked asked = ask(words, session.catalogue);
  if (asked.play) return show_play(asked, words, session);
  refuse_in_virtual_time(asked);
  const Run run = asked.entry->run(asked.scenario, asked.scenario.seed);
  if (format) return {.text = formatted(*format, asked, run)};
  const About about = about_of(asked, Verb::show, words, session);
  return {.text = session.json ? run_json(about, run, nullptr, 0) : shown_text(about, run, session.style)};
}

}  // namespace commitlab
