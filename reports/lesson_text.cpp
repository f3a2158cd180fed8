#include "reports/lesson_report.hpp"
#include "reports/printable.hpp"
#include "reports/told_run.hpp"
#include "reports/verdict_report.hpp"

namespace commitlab {

static std::string paragraph(const std::string& text, const Style& style) {
  std::string lines;
  for (const auto& line : wrapped(printable(text), style.width)) lines += line + "\n";
  return lines;
}

// The line between what has happened and what follows: the question, its choices, and perhaps its answer.
static std::string question_text(const Lesson& lesson, std::size_t place, Answers answers, const Style& style) {
  const Lesson::Question& question = lesson.questions[place];
  const std::string title = "Question " + std::to_string(place + 1) + " of " + std::to_string(lesson.questions.size());
  std::string text = painted(title, Ink::strong, style) + "\n" + paragraph(question.ask, style);
  Table choices{.indent = 4};
  for (std::size_t i = 0; i < question.choices.size(); ++i) {
    const bool right = answers == Answers::told && i + 1 == question.answer;
    choices.add({{std::to_string(i + 1) + ")", right ? Ink::good : Ink::plain}, {printable(question.choices[i]), right ? Ink::good : Ink::plain}});
  }
  text += text_of(choices, style);
  if (answers == Answers::told) {
    text += text_of(Table{.rows = {{{"answer", Ink::faint}, {std::to_string(question.answer) + ", because: " + printable(question.because)}}}}, style);
  }
  return text + "\n";
}

std::string lesson_text(const About& about, const Lesson& lesson, const Replayed& run, Answers answers, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text;
  if (!quiet) text += heading(about, style) + "\n";
  text += paragraph(lesson.about, style) + "\n" + warnings_text(about, style) + votes_lines(run.trace, style);
  std::size_t told = 0;
  for (std::size_t i = 0; i < lesson.questions.size(); ++i) {
    const std::size_t after = lesson.questions[i].after;
    if (i == 0 || after > told) text += numbered_lines(run.trace, style, told, after) + "\n";
    text += question_text(lesson, i, answers, style);
    told = after;
  }
  text += numbered_lines(run.trace, style, told, run.trace.lines.size()) + end_table(run.trace, style) + "\n" + findings_table(run.findings, style);
  if (quiet || answers == Answers::told) return text;
  std::vector<std::string> with_answers = about.arguments;
  with_answers.emplace_back("--answers");
  return text + "\n" + text_of(Table{.rows = {{{"answers", Ink::faint}, {command_text(about.program, with_answers), Ink::plain, true}}}, .indent = 0}, style);
}

}  // namespace commitlab
