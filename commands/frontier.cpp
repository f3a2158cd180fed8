// `frontier`, and `check --min-faults`: of all vectors of faults up to those given, which break what.
#include "commands/frontier.hpp"

#include <algorithm>
#include <optional>

#include "checker/find_frontier.hpp"
#include "commands/attended.hpp"
#include "commands/engine_question.hpp"
#include "commands/expectation.hpp"
#include "commands/method.hpp"
#include "commands/outside.hpp"
#include "commands/save.hpp"
#include "commands/search.hpp"
#include "commands/verbs.hpp"
#include "reports/frontier_words.hpp"
#include "sim/names.hpp"

namespace commitlab {

static constexpr std::uint64_t kMostVectors = 1'000;

static void check_budgets(const Faults& faults) {
  if (const std::uint64_t vectors = points_within(faults.left); vectors > kMostVectors) {
    throw refusal(kUsage, "E1606", "", std::to_string(vectors) + " vectors of faults, at most " + std::to_string(kMostVectors), "fewer faults, or fewer kinds of them");
  }
  if (faults.left.disk_losses > 0 && faults.recovery == Recovery::never) {
    throw refusal(kUsage, "E1606", "--disk-losses", "only a node that comes back can miss its disk: without recovery this fault does not happen", "--recovery");
  }
}

// "1-crash-1-loss", for the name of a file.
static std::string hyphenated(const Budgets& budgets) {
  std::string text;
  for (const char c : budgets_text(budgets)) {
    const bool letter = c != ' ' && c != '+';
    if (letter) text += c;
    else if (!text.ends_with('-')) text += '-';
  }
  return text;
}

static std::string play_about(const std::string& property, const Budgets& budgets) { return property + "-" + hyphenated(budgets); }

static std::optional<PlayFolder> folder_for(const Words& words, const Asked& asked) {
  if (!words.has("save")) return std::nullopt;
  std::vector<std::string> names;
  for (const Property property : asked.scenario.check)
    for (const Budgets& budgets : all_within(asked.scenario.faults.left)) names.push_back(play_about(std::string(name_of(property)), budgets));
  return PlayFolder(words, asked, names);
}

// The words of the question with these budgets, the least that the play needs.
static Words with_budgets(Words question, const Asked& asked, const Budgets& budgets) {
  for (const auto& [budget, key] : kDimensions) {
    std::string option(key);
    std::replace(option.begin(), option.end(), '_', '-');
    if (budgets.*budget > 0 || (!asked.file.empty() && asked.scenario.faults.left.*budget > 0)) question.set(option, std::to_string(budgets.*budget));
    else question.remove(option);
  }
  return question;
}

static std::vector<SavedPlay> save_witnesses(const PlayFolder& folder, const Asked& asked, const Limits& limits, const Frontier& frontier) {
  std::vector<SavedPlay> plays;
  for (const auto& property : frontier.properties) {
    for (const Breach& breach : property.breaches) {
      if (!breach.finding.witness) continue;
      Asked least = asked;
      least.scenario.faults.left = breach.budgets;
      const Trace& run = *breach.finding.witness;
      plays.push_back(folder.save(play_about(property.name, breach.budgets), run, end_of(least, limits, run), with_budgets(folder.question(), asked, breach.budgets)));
    }
  }
  folder.finish();
  return plays;
}

// What a check of all the faults together would say; it would visit other worlds, of which nothing is expected.
static Verdict verdict_on(const Frontier& frontier) {
  Verdict verdict;
  for (const auto& property : frontier.properties) verdict.findings.push_back({.property = property.property, .name = property.name, .status = property.status});
  return verdict;
}

static Frontier attended(const Asked& asked, Question question, const Session& session) {
  Attended attended(session.progress);
  attended.attend(question.method);
  return find_frontier(question, [&](const Question& one) { return searched(*asked.entry, one, asked.weakening); });
}

Answer answer_least_faults(const Words& words, const Session& session, Verb verb, FrontierView view) {
  Asked asked = ask(words, session.catalogue);
  asked.scenario.expect_worlds.reset();
  const Limits limits = limits_of(verb, words, session);
  Question question = question_to_check(asked, limits);
  question.method = method_of(words);
  refuse_unsound(question, *asked.entry);
  check_budgets(question.faults);
  const auto folder = folder_for(words, asked);
  const Frontier frontier = attended(asked, question, session);
  const auto plays = folder ? save_witnesses(*folder, asked, limits, frontier) : std::vector<SavedPlay>();
  const Verdict verdict = verdict_on(frontier);
  const Expectation expectation = expectation_of(asked.scenario, question.method, verdict);
  const int code = exit_code(judged(asked.scenario, question.method, verdict));
  About about = about_of(asked, verb, words, session);
  about.votes = votes_of(question), about.method = question.method;
  about.outside = outside_claims_of(asked, frontier);
  return {.text = session.json ? frontier_json(about, frontier, expectation, plays, code) : frontier_text(about, frontier, view, expectation, plays, session.style),
          .exit_code = code};
}

Answer answer_frontier(const Words& words, const Session& session) { return answer_least_faults(words, session, Verb::frontier, FrontierView::table); }

}  // namespace commitlab
