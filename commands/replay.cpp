// `replay`: a play made again, line by line.
#include "commands/engine_question.hpp"
#include "commands/replayed_play.hpp"
#include "commands/verbs.hpp"
#include "reports/replay_report.hpp"

namespace commitlab {

Answer answer_replay(const Words& words, const Session& session) {
  if (words.operands.empty()) throw refusal(kUsage, "E1605", "", "no play to replay", "check and run save plays with --save DIR");
  const Asked asked = ask(words, session.catalogue);
  if (!asked.play) {
    throw refusal(kBadInput, "E1701", "", in_quotes(words.operands.front()) + " is no play", "a play opens with its question: # commitlab-play/1 3pc-textbook -n 2 --crashes 1");
  }
  const Question question = question_to_replay(asked, limits_of(words));
  const Replayed again = replayed(asked, question);
  const int code = exit_code(again.outcome);
  About about = about_of(asked, Verb::replay, words, session);
  about.votes = votes_of(question);
  if (session.json) return {.text = replay_json(about, asked.file, again, code), .exit_code = code};
  return {.text = replay_text(about, escaped(asked.file, 300), again, session.style), .exit_code = code, .complaint = complaint_about(asked, again)};
}

}  // namespace commitlab
