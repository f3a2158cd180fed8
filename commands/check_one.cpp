#include "commands/check_one.hpp"

#include <algorithm>

#include "commands/engine_question.hpp"
#include "commands/exit_codes.hpp"
#include "commands/file_place.hpp"
#include "commands/method.hpp"
#include "commands/outside.hpp"
#include "commands/replayed_play.hpp"
#include "commands/search.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::optional<PlayFolder> folder_for(const Words& words, const Asked& asked) {
  if (!words.has("save")) return std::nullopt;
  std::vector<std::string> names;
  for (const Property property : asked.scenario.check) names.emplace_back(name_of(property));
  return PlayFolder(words, asked, names);
}

PreparedSearch prepared(const Words& words, const Session& session) {
  PreparedSearch search{.words = words, .asked = ask(words, session.catalogue), .limits = limits_of(Verb::check, words, session)};
  search.question = question_to_check(search.asked, search.limits);
  search.question.method = method_of(words);
  refuse_unsound(search.question, *search.asked.entry);
  set_checkpoint(search.question.method, words, search.asked);
  search.folder = folder_for(words, search.asked);
  return search;
}

// What is told of a question, whoever asks it.
static Checked asked_of(const Asked& asked, const Words& words, Verb verb, const Session& session) {
  Checked checked{.path = words.operands.empty() ? asked.scenario.protocol : words.operands.front(), .about = about_of(asked, verb, words, session), .seed = asked.scenario.seed};
  if (asked.file.empty() || asked.file == "-") return checked;
  checked.file = path_from_here(asked.file);
  checked.line = asked.play ? 1 : line_of_key(asked.file, {"check", "protocol"});
  return checked;
}

// Of each witness, the play ends with what is violated there.
static void save_witnesses(const PreparedSearch& search, Checked& checked) {
  for (const auto& finding : checked.verdict->findings) {
    if (!finding.witness) continue;
    const auto about = std::find_if(checked.judged.begin(), checked.judged.end(), [&](const Judged& one) { return one.rule == finding.name; });
    about->play = search.folder->save(finding.name, *finding.witness, end_of(search.asked, search.limits, *finding.witness), search.folder->question());
  }
  search.folder->finish();
}

Checked searched(const PreparedSearch& search, const Session& session, Attended& attended, FailOn fail_on) {
  Checked checked = asked_of(search.asked, search.words, Verb::check, session);
  checked.about.votes = votes_of(search.question), checked.about.method = search.question.method;
  Question question = search.question;
  attended.attend(question.method);
  checked.verdict = searched(*search.asked.entry, question, search.asked.weakening);
  checked.about.outside = outside_claims_of(search.asked, *search.asked.entry, *checked.verdict);
  checked.judged = judged(search.asked.scenario, question.method, *checked.verdict);
  checked.expectation = expectation_of(search.asked.scenario, question.method, *checked.verdict);
  if (search.folder) save_witnesses(search, checked);
  checked.exit_code = exit_code(checked.judged, fail_on);
  if (checked.exit_code == kInconclusive && !checked.verdict->checkpoint_failed.empty()) checked.exit_code = kIoError;
  return checked;
}

static std::string outcome_text(const Replayed& replayed, const std::vector<std::string>& names) {
  const std::string line = "line " + std::to_string(replayed.line);
  const auto by_name = [&](const std::string& words) { return '"' + play_line_by_name(words, names) + '"'; };
  switch (replayed.outcome) {
    case Replayed::Outcome::same: return counted(replayed.trace.lines.size(), "step", "steps") + " and the end, as written";
    case Replayed::Outcome::differs: return line + " says " + by_name(replayed.written) + ", and what happens is " + by_name(replayed.happens);
    case Replayed::Outcome::impossible: return line + " cannot happen: " + by_name(replayed.written);
    case Replayed::Outcome::ambiguous: return line + " fits several things that can happen: " + by_name(replayed.written);
  }
  return "";
}

Checked made_again(const Asked& asked, const Words& words, const Session& session) {
  const Question question = question_to_replay(asked, limits_of(Verb::check, words, session));
  Checked checked = asked_of(asked, Words{.operands = {asked.file}}, Verb::replay, session);
  checked.about.votes = votes_of(question);
  checked.replayed = replayed(asked, question);
  const Replayed& again = *checked.replayed;
  const bool same = again.outcome == Replayed::Outcome::same;
  if (!same) checked.line = std::max(again.line, 1);
  checked.judged.push_back({.rule = "play",
                            .title = "happens as it is written",
                            .result = same ? Judged::Result::passed : Judged::Result::differs,
                            .status = std::string(name_of(again.outcome)),
                            .message = outcome_text(again, checked.about.names)});
  checked.exit_code = exit_code(again.outcome);
  return checked;
}

Checked not_searched(const std::string& path, const Asked& asked, const Session& session) {
  Checked checked = asked_of(asked, {.operands = {path}}, Verb::check, session);
  checked.judged.push_back({.rule = "script", .result = Judged::Result::skipped, .status = "skipped", .message = "it has a script, which the verb run follows"});
  return checked;
}

Checked refused(const std::string& path, const Refusal& why, const Session& session) {
  Checked checked{.path = path, .exit_code = why.exit_code};
  checked.about.program = session.program;
  checked.about.arguments = {std::string(name_of(Verb::check)), path};
  for (const auto& error : why.findings.errors()) {
    checked.errors.push_back({error.code, error.file, error.line, error.column, error.pointer, error.message, error.hint, to_text(error)});
  }
  checked.file = checked.errors.empty() || checked.errors.front().file.empty() ? "" : path_from_here(checked.errors.front().file);
  if (!checked.errors.empty()) checked.line = std::max(checked.errors.front().line, 1);
  const std::string message = checked.errors.empty() ? "" : checked.errors.front().message;
  checked.judged.push_back({.rule = "input", .title = "can be asked", .result = Judged::Result::error, .status = "error", .message = message});
  return checked;
}

}  // namespace commitlab
