#include "commands/save.hpp"

#include <algorithm>
#include <filesystem>

#include "commands/allowing.hpp"
#include "commands/outputs.hpp"
#include "commands/refusal.hpp"
#include "reports/named.hpp"
#include "scenarios/shipped.hpp"

namespace commitlab {

namespace fs = std::filesystem;

// How a play in `folder` names what the question is asked of: as it was named, but a file from there.
static void name_from(const std::string& folder, const Asked& asked, const std::string& place, Words& question) {
  if (question.operands.empty() || asked.file.empty()) return;
  std::string& operand = question.operands.front();
  if (operand == "-") throw refusal(kUsage, "E1606", place, "a play cannot name standard input as its scenario", "save the scenario as a file first");
  if (shipped_scenario_path(operand) == asked.file) return;
  // Of a play's own question, the scenario is not `file`, but lies beside it.
  const bool by_play = asked.play && !asked.trace;
  const fs::path path = by_play && !operand.starts_with('/') ? fs::path(asked.file).parent_path() / operand : fs::path(by_play ? operand : asked.file);
  std::error_code error;
  if (by_play && !fs::exists(path, error)) return;  // a protocol or a shipped scenario
  const fs::path from = fs::weakly_canonical(folder, error);
  operand = fs::weakly_canonical(path, error).lexically_relative(from).string();
  const bool blank = std::any_of(operand.begin(), operand.end(), [](char c) { return c <= ' ' || c > '~'; });
  if (blank) throw refusal(kUsage, "E1606", place, "a play cannot name a file with blanks or such in its path: " + in_quotes(operand), "rename it");
}

Words words_for_plays(const Asked& asked, const std::string& folder, const std::string& place) {
  Words question = asked.words;
  question.given.erase(std::remove_if(question.given.begin(), question.given.end(),
                                      [](const Words::Given& given) {
                                        return std::none_of(options().begin(), options().end(), [&](const Option& option) { return option.name == given.name && option.asks(); });
                                      }),
                       question.given.end());
  name_from(folder, asked, place, question);
  if (const std::string* protocol = question.find("protocol"); protocol != nullptr && question.operands.empty()) {
    question.operands = {*protocol};
    question.remove("protocol");
  }
  return question;
}

std::string question_line(const Words& question) {
  std::string line;
  for (const auto& word : spelled_out(question, [](const Option& option) { return option.asks(); })) line += (line.empty() ? "" : " ") + word;
  return line;
}

PlayFolder::PlayFolder(const Words& words, const Asked& asked, const std::vector<std::string>& about)
    : folder_(*words.find("save")), overwrite_(words.has("force") ? Overwrite::yes : Overwrite::no) {
  const std::string& folder = folder_;
  check_folder(folder);
  question_ = words_for_plays(asked, folder, "--save");
  stem_ = asked.scenario.name.empty() ? asked.scenario.protocol : asked.scenario.name + "-" + asked.scenario.protocol;
  std::error_code error;
  const bool exists = fs::is_directory(folder, error);
  for (const auto& name : about) {
    refuse_if_named(words, "save", path(name));
    if (exists) check_output(path(name), overwrite_, {asked.file});
  }
}

std::string PlayFolder::path(const std::string& about) const {
  std::string name = stem_ + "-" + about;
  for (char& c : name) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    if (!plain) c = '_';
  }
  return folder_ + (folder_.ends_with('/') ? "" : "/") + name + ".play";
}

SavedPlay PlayFolder::save(const std::string& about, const Trace& trace, const std::vector<Finding>& end, const Words& question) const {
  const std::string file = path(about);
  MadeFolder made(folder_);
  try {
    write_output(file, play_text(trace, question_line(question), end), overwrite_);
  } catch (...) {
    made.remove();
    throw;
  }
  return {.path = file, .replay = {"replay", file}};
}

Words PlayFolder::question_of_run(const Scenario& scenario, const Trace& trace) const {
  const Faults faults = faults_that_allow(scenario, trace);
  const Budgets& left = faults.left;
  Words words = question_;
  const auto set_count = [&](std::string_view option, unsigned count) { words.set(option, std::to_string(count)); };
  set_count("crashes", left.crashes);
  set_count("disk-losses", left.disk_losses);
  set_count("losses", left.losses);
  set_count("duplicates", left.duplicates);
  if (faults.channels == Channels::fifo) set_count("reorders", left.reorders);
  else words.remove("reorders");
  set_count("partitions", left.partitions);
  words.set("suspicions", "0");
  words.set("timing", "asynchronous");
  words.set("crash-points", "effects");
  words.set("copies", "");
  words.set(faults.recovery == Recovery::any_time ? "recovery" : "no-recovery", "");
  if (left.crashes > 0 && !faults.crash_only.empty()) {
    std::string names;
    faults.crash_only.each([&](NodeId node) { names += (names.empty() ? "" : ",") + trace.names[index(node)]; });
    words.set("crash-only", names);
  }
  return words;
}

}  // namespace commitlab
