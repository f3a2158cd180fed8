// `replay`: a play or a trace made again, step by step.
#include "commands/engine_question.hpp"
#include "commands/replayed_play.hpp"
#include "commands/verbs.hpp"
#include "reports/replay_report.hpp"

namespace commitlab {

[[noreturn]] static void refuse_what_is_no_play(const std::string& operand) {
  throw refusal(kBadInput, "E1701", "", in_quotes(operand) + " is neither a play nor a trace",
                "a play begins with # commitlab-play/1 QUESTION, such as # commitlab-play/1 3pc-textbook -n 2 --crashes 1; a trace is what show --format trace writes");
}

// What is no JSON is taken for a scenario elsewhere, and here for nothing.
static Asked asked_of(const Words& words, const Session& session) {
  try {
    Asked asked = ask(words, session.catalogue);
    if (!asked.play) refuse_what_is_no_play(words.operands.front());
    return asked;
  } catch (const Refusal& refused) {
    const auto& errors = refused.findings.errors();
    const bool binary = !errors.empty() && (errors.front().code == "E1003" || errors.front().message.starts_with("control character"));
    const bool no_json = !errors.empty() && errors.front().code.starts_with("E10") && (binary || (errors.front().line == 1 && errors.front().column == 1));
    if (refused.exit_code == kBadInput && no_json) refuse_what_is_no_play(words.operands.front());
    throw;
  }
}

Answer answer_replay(const Words& words, const Session& session) {
  if (words.operands.empty()) throw refusal(kUsage, "E1605", "", "no play to replay", "check and run save plays with --save DIR, show --format trace writes traces");
  const Asked asked = asked_of(words, session);
  const Question question = question_to_replay(asked, limits_of(Verb::replay, words, session));
  const Replayed again = replayed(asked, question);
  const int code = exit_code(again.outcome);
  About about = about_of(asked, Verb::replay, words, session);
  about.votes = votes_of(question);
  about.faults = question.faults;  // of a simulated run, those that happened
  Written written = written_as(asked);
  if (session.json) return {.text = replay_json(about, written, again, code), .exit_code = code};
  written.path = escaped(written.path, 300);
  return {.text = replay_text(about, written, again, session.style), .exit_code = code, .complaint = complaint_about(asked, again)};
}

}  // namespace commitlab
