// `compare`: one question, several protocols, one table.
#include "commands/compare.hpp"

#include "commands/attended.hpp"
#include "commands/engine_question.hpp"
#include "commands/method.hpp"
#include "commands/outside.hpp"
#include "commands/search.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"

namespace commitlab {

std::vector<const Entry*> listed_protocols(const std::string& list_of_names, Catalogue catalogue) {
  std::vector<const Entry*> entries;
  std::vector<std::string_view> names;
  for (const Entry& entry : catalogue) names.push_back(entry.name);
  for (const std::string& name : list({"--protocols", list_of_names})) entries.push_back(&catalogue[choice({"--protocols", name}, names)]);
  return entries;
}

std::vector<const Entry*> protocols_to_compare(const Words& words, Catalogue catalogue) {
  if (const std::string* names = words.find("protocols")) return listed_protocols(*names, catalogue);
  std::vector<const Entry*> entries;
  for (const Entry& entry : catalogue)
    if (!entry.specification) entries.push_back(&entry);
  return entries;
}

std::vector<Compared> compared(const Asked& asked, const std::vector<const Entry*>& protocols, const Limits& limits, const Method& method) {
  Question question = question_to_check(asked, limits);
  question.method = method;
  for (const Entry* entry : protocols) refuse_unsound(question, *entry);
  std::vector<Compared> verdicts;
  for (const Entry* entry : protocols) {
    Verdict verdict = searched(*entry, question);
    auto outside = outside_claims_of(asked, *entry, verdict);
    verdicts.push_back({std::string(entry->name), std::move(verdict), std::move(outside)});
  }
  return verdicts;
}

static std::vector<Compared> attended(const Asked& asked, const std::vector<const Entry*>& protocols, const Limits& limits, Method method, const Session& session) {
  Attended attended(session.progress);
  attended.attend(method);
  return compared(asked, protocols, limits, method);
}

static int exit_code_of(const std::vector<Compared>& compared) {
  int code = kAsExpected;
  for (const auto& one : compared) {
    const int this_one = exit_code(one.verdict.status());
    if (this_one == kViolated || code == kViolated) code = kViolated;
    else if (this_one != kAsExpected) code = this_one;
  }
  return code;
}

Answer answer_compare(const Words& words, const Session& session) {
  const auto entries = protocols_to_compare(words, session.catalogue);
  Words asking = words;
  // Any of them makes the question whole.
  if (words.operands.empty() && !words.has("protocol") && !entries.empty()) asking.set("protocol", std::string(entries.front()->name));
  const Asked asked = ask(asking, session.catalogue);
  refuse_specification(*asked.entry, "nothing fails in it, and protocols are compared by what they bear");
  for (const Entry* entry : entries) refuse_specification(*entry, "nothing fails in it, and protocols are compared by what they bear");
  refuse_weakened(asked);
  const Method method = method_of(words);
  const auto verdicts = attended(asked, entries, limits_of(Verb::compare, words, session), method, session);
  const int code = exit_code_of(verdicts);
  About about = about_of(asked, Verb::compare, words, session);
  about.votes = votes_of(question_to_check(asked, limits_of(Verb::compare, words, session))), about.method = method;
  return {.text = session.json ? compare_json(about, verdicts, code) : compare_text(about, verdicts, session.style), .exit_code = code};
}

}  // namespace commitlab
