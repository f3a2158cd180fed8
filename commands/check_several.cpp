#include "commands/check_several.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "commands/attended.hpp"
#include "commands/check_one.hpp"
#include "commands/exit_codes.hpp"
#include "scenarios/shipped.hpp"

namespace commitlab {

// One of them as far as it was read before any search begins: to be searched, a play, or what is told at once.
struct ReadInput {
  std::string path{};
  std::variant<Refusal, PreparedSearch, Asked, Checked> what{};
};

static void refuse_for_several(const Words& words) {
  const auto refuse = [&](const char* option, const std::string& because, const std::string& hint) {
    if (words.has(option)) throw refusal(kUsage, "E1606", dashed(option), because, hint);
  };
  refuse("expect", "of one scenario only: several need not come out alike", "a scenario says what is expected of it by its key \"expect\"");
  for (const char* option : {"checkpoint", "resume"}) refuse(option, "of one scenario only: it keeps one search", "check that scenario alone");
  refuse("min-faults", "of one scenario only", "check that scenario alone");
}

static ReadInput read_one(const ToCheck& one, const Words& words, const Session& session) {
  try {
    if (one.leads_out)
      return {one.operand, refusal_of({{.code = "E1011", .file = one.operand, .message = "is a symbolic link out of the folder, which is not followed"}}, kNoInput)};
    if (one.operand != "-") {  // which can be read but once
      // A play keeps the question that it was written for; options are for scenarios.
      Asked asked = ask({.operands = {one.operand}}, session.catalogue);
      if (asked.play) return {one.operand, std::move(asked)};
      // With a script it is for `run`: no mistake in a folder, but one if it was named.
      if (one.found && !asked.scenario.script.empty()) return {one.operand, not_searched(one.operand, asked, session)};
    }
    Words alone = words;
    alone.operands = {one.operand};
    return {one.operand, prepared(alone, session)};
  } catch (const Refusal& refusal) {
    return {one.operand, refusal};
  }
}

static Checked done(const ReadInput& read, const Session& session, Attended& attended, FailOn fail_on) {
  try {
    if (const auto* search = std::get_if<PreparedSearch>(&read.what)) return searched(*search, session, attended, fail_on);
    if (const auto* play = std::get_if<Asked>(&read.what)) return made_again(*play, session);
    if (const auto* told = std::get_if<Checked>(&read.what)) return *told;
    return refused(read.path, std::get<Refusal>(read.what), session);
  } catch (const Refusal& refusal) {
    return refused(read.path, refusal, session);
  }
}

// Their runs would be kept under the same names.
static void refuse_same_names(const std::vector<ReadInput>& all) {
  std::map<std::string, std::string> paths;
  for (const auto& read : all) {
    const auto* search = std::get_if<PreparedSearch>(&read.what);
    if (search == nullptr || !search->folder) continue;
    const auto [at, is_new] = paths.emplace(search->asked.scenario.name + "-" + search->asked.scenario.protocol, read.path);
    if (is_new) continue;
    throw refusal(kUsage, "E1606", "--save", in_quotes(at->second) + " and " + in_quotes(read.path) + " would keep their runs under the same names",
                  "check them one after another, with a folder for each");
  }
}

static int badness(int exit_code) {
  switch (exit_code) {
    case kAsExpected: return 0;
    case kInconclusive: return 1;
    case kDiffers: return 3;
    case kViolated: return 4;
    default: return 2;
  }
}

int exit_code_of(const std::vector<Checked>& all) {
  int code = kAsExpected;
  for (const auto& one : all)
    if (badness(one.exit_code) > badness(code)) code = one.exit_code;
  return code;
}

// An option that is wrong for all scenarios is the command's fault, and told once.
static void refuse_all_alike(const std::vector<ReadInput>& all) {
  std::set<std::string> complaints;
  const Refusal* first = nullptr;
  for (const auto& read : all) {
    if (std::holds_alternative<PreparedSearch>(read.what)) return;
    const auto* refusal = std::get_if<Refusal>(&read.what);
    if (refusal == nullptr) continue;
    complaints.insert(to_text(refusal->findings));
    if (first == nullptr) first = refusal;
  }
  if (complaints.size() == 1 && first->exit_code == kUsage) throw *first;
}

static void refuse_nothing(const std::vector<ReadInput>& all) {
  const auto left_out = [](const ReadInput& read) { return std::holds_alternative<Checked>(read.what); };
  if (std::all_of(all.begin(), all.end(), left_out)) {
    throw refusal(kUsage, "E1304", "", "nothing to check: a search takes no scenario with a \"script\"",
                  "the verb run follows the script; a search wants budgets, such as --crashes 1");
  }
}

static std::vector<std::string> paths_of(const std::vector<ToCheck>& all) {
  std::vector<std::string> paths;
  for (const auto& one : all) {
    paths.push_back(one.operand);
    if (const auto shipped = shipped_scenario_path(one.operand)) paths.push_back(*shipped);
  }
  return paths;
}

Answer answer_several(const std::vector<ToCheck>& to_check, const Words& words, const Session& session, FailOn fail_on) {
  refuse_for_several(words);
  const CheckFiles files(words, paths_of(to_check));
  std::vector<ReadInput> all;
  for (const auto& one : to_check) all.push_back(read_one(one, words, session));
  refuse_same_names(all);
  refuse_all_alike(all);
  refuse_nothing(all);

  Attended attended(session.progress);
  Checks checks{.program = session.program, .arguments = arguments_of(Verb::check, words)};
  std::string complaint;
  for (const auto& read : all) {
    checks.all.push_back(done(read, session, attended, fail_on));
    for (const auto& error : checks.all.back().errors) complaint += error.text;
  }
  checks.exit_code = exit_code_of(checks.all);
  files.write(checks);
  if (session.json) return {.text = checks_json(checks), .exit_code = checks.exit_code};
  return {.text = checks_text(checks, session.style), .exit_code = checks.exit_code, .complaint = complaint};
}

}  // namespace commitlab
