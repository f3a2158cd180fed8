// `necessary`: which forced writes, records and messages a protocol needs.
#include <algorithm>
#include <optional>

#include "commands/engine_question.hpp"
#include "commands/save.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/necessary_report.hpp"

namespace commitlab {

// Without being told, all that BHG ask: a protocol that never commits would keep AC1 to AC3 without a single message.
static constexpr std::string_view kAllFive = "AC1,AC2,AC3,AC4,AC5";

// The play is about this thing: "without-participant-unforced-prepared".
static std::string about_play(const Weakening& without) { return "without-" + words_of(without, '-'); }

static std::vector<std::string> possible_plays(const Studies& studies) {
  std::vector<std::string> names;
  for (const Role who : {Role::coordinator, Role::participant})
    for (const Loss how : {Loss::unforced, Loss::unwritten, Loss::unsent})
      for (const auto& kind : how == Loss::unsent ? studies.messages : studies.records) names.push_back(about_play({who, how, std::string(kind)}));
  return names;
}

static std::string joined(const std::vector<Property>& properties) {
  std::string names;
  for (const Property property : properties) names += (names.empty() ? "" : ",") + std::string(name_of(property));
  return names;
}

// Of each thing that is needed, the run that shows it: a play of the weakened protocol, asked what the whole one keeps.
static std::vector<SavedPlay> save_witnesses(const PlayFolder& folder, const Asked& asked, const Limits& limits, const Necessities& necessities) {
  Asked again = asked;
  std::erase_if(again.scenario.check, [&](Property property) {
    return std::find(necessities.asked.begin(), necessities.asked.end(), name_of(property)) == necessities.asked.end();
  });
  Words question = folder.question();
  if (!again.scenario.check.empty()) question.set("check", joined(again.scenario.check));
  std::vector<SavedPlay> plays;
  for (const auto& one : necessities.without) {
    const Finding* finding = shown(one);
    if (finding == nullptr || !finding->witness) continue;
    again.weakening = one.without;
    question.set("weaken", words_of(one.without));
    plays.push_back(folder.save(about_play(one.without), *finding->witness, end_of(again, limits, *finding->witness), question));
  }
  folder.finish();
  return plays;
}

static int exit_code_of(const Necessities& necessities) {
  const auto is_open = [](const auto& findings) { return std::any_of(findings.begin(), findings.end(), [](const Finding& finding) { return finding.status == Status::inconclusive; }); };
  if (is_open(necessities.whole.findings)) return kInconclusive;
  for (const auto& one : necessities.without)
    if (need(one) == Status::inconclusive) return kInconclusive;
  return kAsExpected;
}

static Asked asked_all(Words& words, const Session& session) {
  Asked asked = ask(words, session.catalogue);
  refuse_weakened(asked);
  if (words.has("check") || !asked.file.empty()) return asked;
  words.set("check", std::string(kAllFive));
  return ask(words, session.catalogue);
}

Answer answer_necessary(const Words& words, const Session& session) {
  Words asking = words;
  const Asked asked = asked_all(asking, session);
  const Limits limits = limits_of(Verb::necessary, words, session);
  const Question question = question_to_check(asked, limits);
  std::optional<PlayFolder> folder;
  if (words.has("save")) folder.emplace(words, asked, possible_plays(asked.entry->studies));
  const Necessities necessities = asked.entry->studies.necessary(question);
  const auto plays = folder ? save_witnesses(*folder, asked, limits, necessities) : std::vector<SavedPlay>();
  const int code = exit_code_of(necessities);
  About about = about_of(asked, Verb::necessary, asking, session);
  about.votes = votes_of(question);
  return {.text = session.json ? necessary_json(about, necessities, plays, code) : necessary_text(about, necessities, plays, session.style), .exit_code = code};
}

}  // namespace commitlab
