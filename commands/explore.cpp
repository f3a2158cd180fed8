// `explore`: a page that holds every world the faults allow, in which its reader decides what happens next.
#include <filesystem>

#include "commands/attended.hpp"
#include "commands/engine_question.hpp"
#include "commands/graph_path.hpp"
#include "commands/replayed_play.hpp"
#include "commands/save.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "reports/explorer_page.hpp"

namespace commitlab {

static constexpr std::uint64_t kWorldsInPages = 100'000;
static constexpr std::uint64_t kMostWorldsInPages = 2'000'000;  // a browser makes each of them again

static Limits limits_of_page(const Words& words) {
  Limits limits = limits_of(words);
  if (!words.has("max-states")) limits.worlds = kWorldsInPages;
  if (limits.worlds <= kMostWorldsInPages) return limits;
  throw refusal(kUsage, "E1603", "--max-states", "a page holds at most " + std::to_string(kMostWorldsInPages) + " worlds, got " + std::to_string(limits.worlds), "the verb check searches more");
}

// Plays are kept from the page, most likely beside it.
static std::string folder_of_page(const Words& words) {
  const std::string* file = words.find("output");
  const std::string folder = file == nullptr ? "" : std::filesystem::path(*file).parent_path().string();
  return folder.empty() ? "." : folder;
}

Answer answer_explore(const Words& words, const Session& session) {
  const Asked asked = ask(words, session.catalogue);
  const Limits limits = limits_of_page(words);
  Question question = asked.play ? question_to_replay(asked, limits) : question_to_check(asked, limits);
  const About about = about_of(asked, Verb::explore, words, session);
  Explored explored{.scenario = about.scenario, .title = about.title, .warnings = about.warnings};
  explored.question = "# commitlab-play/1 " + question_line(words_for_plays(asked, folder_of_page(words), ""));
  std::optional<Replayed> again;
  if (asked.play) {
    again = replayed(asked, question);
    if (again->outcome != Replayed::Outcome::same) throw refusal_of({objection_to(asked, *again)}, exit_code(again->outcome));
  }
  Attended attended(nullptr);
  attended.attend(question.method);
  const FrozenGraph graph = asked.entry->studies.freeze(question, asked.weakening);
  if (again) explored.opens = path_of(graph, again->trace.votes, lines_of(again->trace));
  return {.text = session.json ? explorer_data(explored, graph) + "\n" : explorer_page(explored, graph)};
}

}  // namespace commitlab
