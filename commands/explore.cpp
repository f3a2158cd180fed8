// `explore`: a page that holds every world the faults allow, in which its reader decides what happens next.
#include <filesystem>

#include "commands/engine_question.hpp"
#include "commands/frozen.hpp"
#include "commands/graph_path.hpp"
#include "commands/played_lesson.hpp"
#include "commands/replayed_play.hpp"
#include "commands/save.hpp"
#include "commands/verbs.hpp"
#include "reports/explorer_page.hpp"

namespace commitlab {

// Plays are kept from the page, most likely beside it.
static std::string folder_of_page(const Words& words) {
  const std::string* file = words.find("output");
  const std::string folder = file == nullptr ? "" : std::filesystem::path(*file).parent_path().string();
  return folder.empty() ? "." : folder;
}

// The lesson's play as a way through the graph.
static LessonPath lesson_path(const Asked& asked, const Limits& limits, const FrozenGraph& graph) {
  const Replayed run = played_lesson(asked, limits);
  LessonPath path{.about = asked.scenario.lesson->about, .path = path_of(graph, run.trace.votes, lines_of(run.trace))};
  for (const auto& question : asked.scenario.lesson->questions)
    path.questions.push_back({question.after, question.ask, question.choices, question.answer - 1, question.because});
  return path;
}

Answer answer_explore(const Words& words, const Session& session) {
  const Asked asked = ask(words, session.catalogue);
  const Question question = question_to_freeze(asked, limits_of_frozen(Verb::explore, words, session));
  const About about = about_of(asked, Verb::explore, words, session);
  Explored explored{.scenario = about.scenario, .title = about.title, .warnings = about.warnings};
  explored.question = "# commitlab-play/1 " + question_line(words_for_plays(asked, folder_of_page(words), ""));
  std::optional<Replayed> again;
  if (asked.play) {
    again = replayed(asked, question);
    if (again->outcome != Replayed::Outcome::same) throw refusal_of({objection_to(asked, *again)}, exit_code(again->outcome));
  }
  const FrozenGraph graph = frozen(asked, question);
  if (asked.scenario.lesson && !asked.play) explored.lesson = lesson_path(asked, limits_of_frozen(Verb::explore, words, session), graph);
  if (again) explored.opens = path_of(graph, again->trace.votes, lines_of(again->trace));
  return {.text = session.json ? explorer_data(explored, graph) + "\n" : explorer_page(explored, graph)};
}

}  // namespace commitlab
