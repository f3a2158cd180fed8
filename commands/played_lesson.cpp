#include "commands/played_lesson.hpp"

#include <algorithm>

#include "checker/replay_words.hpp"
#include "commands/engine_question.hpp"
#include "commands/exit_codes.hpp"
#include "commands/replayed_play.hpp"
#include "reports/lesson_report.hpp"
#include "reports/named.hpp"
#include "scenarios/input_file.hpp"
#include "scenarios/json_text.hpp"
#include "scenarios/question.hpp"
#include "sim/names.hpp"

namespace commitlab {

// Its run as a play of the same question: line n of the play is number n.
static Play play_of(const Scenario& scenario) {
  Play play;
  const auto& votes = scenario.lesson->votes;
  std::vector<bool> yes;
  for (std::size_t i = 0; i < scenario.participants.size(); ++i) yes.push_back(votes.empty() ? scenario.participants[i].vote != Vote::no : votes[i] == name_of(Vote::yes));
  play.votes = {std::move(yes)};
  for (const auto& line : scenario.lesson->play) play.lines.push_back({.number = static_cast<int>(play.lines.size()) + 1, .text = line});
  return play;
}

// ", behind question 2": for a reader who thinks of a lesson by its questions.
static std::string place_among_questions(const Lesson& lesson, std::size_t lines_before) {
  const auto asked = std::count_if(lesson.questions.begin(), lesson.questions.end(), [&](const auto& question) { return question.after <= lines_before; });
  return asked == 0 ? ", before question 1" : ", behind question " + std::to_string(asked);
}

static Diagnostic flaw_of(const Asked& lesson, const Replayed& run) {
  Diagnostic flaw = objection_to(lesson, run);
  const auto lines_before = static_cast<std::size_t>(run.line) - 1;
  flaw.line = flaw.column = 0;
  flaw.pointer = "/lesson/play/" + std::to_string(lines_before);
  flaw.message = "line " + std::to_string(run.line) + " of the lesson's play" + place_among_questions(*lesson.scenario.lesson, lines_before) + ": " + flaw.message;
  return flaw;
}

// All that is told behind so many lines, in words with numbers: "2 decide abort", "2 in doubt", "AC1 violated".
static std::vector<std::string> told_behind(const Replayed& run, std::size_t lines) {
  std::vector<std::string> all;
  for (std::size_t i = lines; i < run.trace.lines.size(); ++i) {
    const Trace::Line& line = run.trace.lines[i];
    const std::string who = line.network ? "" : std::to_string(line.node) + " ";
    all.push_back(who + line.happened);
    for (const auto& effect : line.effects) all.push_back(who + effect);
  }
  for (auto& part : parts_of(end_line(run.trace, {})))
    if (!is_end(part)) all.push_back(std::move(part));
  for (const Finding& finding : run.findings) all.push_back(finding.name + " " + std::string(name_of(finding.status)));
  return all;
}

static std::vector<Diagnostic> answers_not_shown(const Asked& lesson, const Replayed& run) {
  std::vector<Diagnostic> flaws;
  const auto names = node_names(lesson.scenario);
  const auto& questions = lesson.scenario.lesson->questions;
  for (std::size_t i = 0; i < questions.size(); ++i) {
    const auto told = told_behind(run, questions[i].after);
    for (std::size_t j = 0; j < questions[i].shows.size(); ++j) {
      const std::string& words = questions[i].shows[j];
      if (std::find(told.begin(), told.end(), with_numbers(words, names)) != told.end()) continue;
      std::string hint = "behind it:";
      for (const auto& one : told) hint += "\n    " + play_line_by_name(one, names);
      flaws.push_back({.code = "E1240", .file = lesson.file, .pointer = "/lesson/questions/" + std::to_string(i) + "/shows/" + std::to_string(j),
                       .message = "the run does not show " + in_quotes(words) + " behind question " + std::to_string(i + 1), .hint = std::move(hint)});
    }
  }
  return flaws;
}

// Gives each finding its place in the file of the scenario, which is read again for that; standard input cannot be.
static Refusal refusal_in(const std::string& file, std::vector<Diagnostic> flaws) {
  const InputText input = file == "-" ? InputText{} : read_input(file, kMostJsonBytes);
  Diagnostics known;
  if (const auto json = read_json(input.text, file, known)) {
    for (Diagnostic& flaw : flaws) {
      const Position at = json->follow(flaw.pointer).at;
      flaw.line = at.line, flaw.column = at.column;
    }
  }
  return refusal_of(std::move(flaws), kBadInput);
}

Replayed played_lesson(const Asked& asked, const Limits& limits) {
  Asked lesson = asked;
  lesson.play = play_of(asked.scenario);
  Replayed run = replayed(lesson, question_to_replay(lesson, limits));
  if (run.outcome != Replayed::Outcome::same) throw refusal_in(asked.file, {flaw_of(lesson, run)});
  if (auto flaws = answers_not_shown(lesson, run); !flaws.empty()) throw refusal_in(asked.file, std::move(flaws));
  return run;
}

Answer show_lesson(const Asked& asked, const Words& words, const Session& session) {
  if (asked.play) throw refusal(kUsage, "E1606", "--lesson", "a play carries no lesson", "name the scenario that carries it");
  if (!asked.scenario.lesson) throw refusal(kUsage, "E1606", "--lesson", "this scenario carries no lesson", "the verb list names those that do: lesson-...");
  const Limits limits = limits_of(Verb::show, words, session);
  const Replayed run = played_lesson(asked, limits);
  About about = about_of(asked, Verb::show, words, session);
  about.votes = votes_of(question_to_check(asked, limits));
  about.delays.reset();  // its run is a play
  about.arguments.emplace_back("--lesson");
  const bool told = words.has("answers") || session.style.detail == Detail::verbose;
  return {.text = session.json ? lesson_json(about, *asked.scenario.lesson, run) : lesson_text(about, *asked.scenario.lesson, run, told ? Answers::told : Answers::kept, session.style)};
}

}  // namespace commitlab
