// What ties a lesson to its scenario, and the places of its questions to its play; and what a protocol is asked without.
#include <algorithm>

#include "scenarios/spelling.hpp"
#include "scenarios/validate_rules.hpp"
#include "sim/names.hpp"

namespace commitlab {

void validate_weakening(Validation& v) {
  const ProtocolFacts* protocol = v.protocol();
  if (!v.s.weaken || protocol == nullptr || !v.sound({"/protocol"})) return;
  const bool of_messages = v.s.weaken->how == Loss::unsent;
  const auto kinds = of_messages ? protocol->messages : protocol->records;
  if (std::find(kinds.begin(), kinds.end(), v.s.weaken->what) != kinds.end()) return;
  const std::string which = of_messages ? "messages" : "records";
  v.error("/weaken", "E1234",
          kinds.empty() ? in_quotes(v.s.protocol) + " has no " + which
                        : "expected one of " + listed(kinds) + ", got " + in_quotes(v.s.weaken->what) + did_you_mean(v.s.weaken->what, kinds),
          "the " + which + " of " + in_quotes(v.s.protocol));
}

static void validate_votes(Validation& v, const Lesson& lesson) {
  const std::size_t participants = v.s.participants.size();
  if (lesson.votes.empty() || !v.sound({"/participants"})) return;
  if (lesson.votes.size() != participants) {
    return v.error("/lesson/votes", "E1219", "expected " + std::to_string(participants) + " votes, got " + std::to_string(lesson.votes.size()), "one for each participant");
  }
  for (std::size_t i = 0; i < participants; ++i) {
    const Participant& participant = v.s.participants[i];
    if (!participant.vote || name_of(*participant.vote) == lesson.votes[i]) continue;
    v.error("/lesson/votes/" + std::to_string(i), "E1219", in_quotes(participant.name) + " votes " + std::string(name_of(*participant.vote)) + " in this scenario, got " + in_quotes(lesson.votes[i]));
  }
}

static void validate_questions(Validation& v, const Lesson& lesson) {
  std::size_t before = 0;
  for (std::size_t i = 0; i < lesson.questions.size(); ++i) {
    const Lesson::Question& question = lesson.questions[i];
    const std::string place = "/lesson/questions/" + std::to_string(i);
    if (question.after > lesson.play.size() && v.sound({"/lesson/play"})) {
      v.error(place + "/after", "E1237", "the play has " + std::to_string(lesson.play.size()) + " lines, so nobody asks after " + std::to_string(question.after));
    }
    if (question.after < before) {
      v.error(place + "/after", "E1237", "expected at least " + std::to_string(before) + ", where the question before it is asked, got " + std::to_string(question.after), "questions stand in the order in which they are asked");
    }
    before = std::max(before, question.after);
    if (question.answer > question.choices.size() && v.sound({place + "/choices"})) {
      v.error(place + "/answer", "E1203", "expected an integer from 1 to " + std::to_string(question.choices.size()) + ", a place among the choices, got " + std::to_string(question.answer));
    }
  }
}

void validate_lesson(Validation& v) {
  if (!v.s.lesson) return;
  const std::string hint = "leave one of the two out";
  if (!v.s.script.empty()) v.error("/lesson", "E1239", "a lesson goes through what can happen, step by step: it takes no scenario with a \"script\"", hint);
  if (v.s.transactions != 1) v.error("/lesson", "E1239", "a lesson is of one transaction, and this scenario has " + std::to_string(v.s.transactions), hint);
  validate_votes(v, *v.s.lesson);
  validate_questions(v, *v.s.lesson);
}

}  // namespace commitlab
