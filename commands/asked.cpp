#include "commands/asked.hpp"

#include <algorithm>
#include <filesystem>

#include "commands/overrides.hpp"
#include "commands/standard_input.hpp"
#include "commands/weakening.hpp"
#include "scenarios/decode.hpp"
#include "scenarios/input_file.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {

namespace fs = std::filesystem;

// May a question be that of a play? Not if a play asks it: it could be its own.
enum class Plays : bool { refused, allowed };

static constexpr std::size_t kMostBytes = std::size_t{8} << 20;

std::vector<ProtocolFacts> facts(Catalogue catalogue) {
  std::vector<ProtocolFacts> all;
  for (const Entry& entry : catalogue) {
    // Who promises agreement with synchronous timing only relies on it.
    bool synchronous = false, asynchronous = false;
    for (const Claim& claim : entry.claims) {
      if (claim.holds.find("AC1") == claim.holds.npos) continue;
      (claim.faults.timing == Timing::synchronous ? synchronous : asynchronous) = true;
    }
    all.push_back({.name = entry.name, .assumes_synchrony = synchronous && !asynchronous, .specification = entry.specification, .records = entry.studies.records, .messages = entry.studies.messages});
  }
  return all;
}

Refusal refusal_of(std::vector<Diagnostic> diagnostics, int exit_code) {
  Refusal refused{.exit_code = exit_code};
  for (auto& diagnostic : diagnostics) refused.findings.add(std::move(diagnostic));
  return refused;
}

// A scenario as far as its operand says, before the options.
static void read_scenario(Asked& asked, std::string_view text, const std::string& file, Catalogue catalogue) {
  const auto known = facts(catalogue);
  Decoded decoded = decode_scenario(text, file, known);
  if (!decoded.scenario) throw Refusal{exit_code(decoded.findings), std::move(decoded.findings)};
  asked.scenario = std::move(*decoded.scenario);
  asked.file = file;
  for (const auto& warning : decoded.findings.warnings()) {
    if (warning.code != "W2001") asked.warnings.push_back(warning.message);  // that one may depend on options
  }
}

static void read_play_file(Asked& asked, std::string_view text, const std::string& file, Catalogue catalogue) {
  ReadPlay read = read_play(text, file);
  if (!read.play) throw refusal_of(std::move(read.diagnostics), kBadInput);
  asked = ask_as_play(*read.play, catalogue, file);
  asked.play = std::move(read.play);
  asked.file = file;
}

static void read_trace_file(Asked& asked, std::string_view text, const std::string& file, Catalogue catalogue, Plays plays) {
  const auto known = facts(catalogue);
  Diagnostics findings;
  auto trace = decode_trace(text, file, known, findings);
  if (!trace) throw Refusal{exit_code(findings), std::move(findings)};
  asked.file = file;
  asked.scenario = trace->scenario;
  if (!trace->timed) asked.scenario.faults.copies = trace->copies;
  if (!trace->weaken.empty()) asked.words.set("weaken", trace->weaken);
  if (plays == Plays::refused) return;  // then it is asked for its scenario only
  asked.play = trace->play();
  asked.trace = std::move(trace);
}

static void read_text(Asked& asked, std::string_view text, const std::string& file, Catalogue catalogue, Plays plays) {
  if (looks_like_trace(text)) return read_trace_file(asked, text, file, catalogue, plays);
  if (!looks_like_play(text) && looks_like_headless_play(text)) throw refusal_of({headless_play(file)}, kBadInput);
  if (!looks_like_play(text)) return read_scenario(asked, text, file, catalogue);
  if (plays == Plays::refused) throw refusal(kBadInput, "E1602", "", "a play asks its question of another play");
  read_play_file(asked, text, file, catalogue);
}

[[noreturn]] static void refuse_operand(const std::string& operand, Catalogue catalogue) {
  std::vector<std::string> names = shipped_scenarios();
  for (const Entry& entry : catalogue) names.emplace_back(entry.name);
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  throw refusal(kNoInput, "E1015", "", in_quotes(operand) + " is neither a file nor a shipped scenario nor a protocol" + did_you_mean(operand, candidates),
                "the verb list names scenarios and protocols");
}

static void read_operand(Asked& asked, const std::string& operand, Catalogue catalogue, const std::string& folder, Plays plays) {
  if (find(catalogue, operand) != nullptr) {
    asked.scenario.protocol = operand;
    return;
  }
  if (operand == "-" && folder.empty()) return read_text(asked, standard_input(kMostBytes), "-", catalogue, plays);

  const bool relative = !operand.starts_with('/');
  std::string path = (relative && !folder.empty() ? folder + "/" : "") + operand;
  std::error_code error;
  const bool is_file = fs::is_regular_file(path, error);
  if (const auto shipped = shipped_scenario_path(operand); shipped && !is_file) {
    path = *shipped;
  } else if (const bool like_a_file = operand.find('/') != operand.npos || operand.find('.') != operand.npos;
             !is_file && !like_a_file && !fs::exists(path, error) && (!error || error == std::errc::no_such_file_or_directory)) {
    refuse_operand(operand, catalogue);
  }
  InputText input = read_input(path, kMostBytes);
  if (input.refused) {
    const int code = input.refused->code == "E1010" ? kBadInput : kNoInput;
    throw refusal_of({std::move(*input.refused)}, code);
  }
  read_text(asked, input.text, path, catalogue, plays);
}

// "/faults/crash_points" as the option that it is: "--crash-points".
static std::string option_behind(const std::string& pointer) {
  const auto step = [&](std::size_t from) { return pointer.substr(from, pointer.find('/', from) - from); };
  if (pointer.ends_with("/vote")) return dashed("votes");
  const std::string part = step(1);
  std::string name = part == "faults" && pointer.size() > 8 ? step(8) : part == "chances" ? "chance" : part;
  std::replace(name.begin(), name.end(), '_', '-');
  const bool known = std::any_of(options().begin(), options().end(), [&](const Option& option) { return option.name == name; });
  return known ? dashed(name) : pointer;
}

// "\"timing\": \"synchronous\"" as options: "--timing synchronous".
static std::string as_options(const std::string& hint) {
  std::string text;
  for (std::size_t i = 0; i < hint.size(); ++i) {
    if (hint[i] != '"') {
      text += hint[i];
      continue;
    }
    const std::size_t end = hint.find('"', i + 1);
    if (end == hint.npos) return hint;
    const std::string word = hint.substr(i + 1, end - i - 1);
    const bool is_key = hint.compare(end + 1, 3, ": \"") == 0;
    text += is_key ? dashed(word) + " " : word;
    i = is_key ? end + 2 : end;
  }
  return text;
}

static void validate_all(Asked& asked, Catalogue catalogue) {
  if (asked.scenario.protocol.empty()) {
    throw refusal(kUsage, "E1605", "", "no protocol and no scenario", "name one: check bank-transfer, or check --protocol 2pc");
  }
  const auto known = facts(catalogue);
  std::vector<Diagnostic> errors;
  for (auto& found : validate(asked.scenario, known)) {
    if (found.severity == Diagnostic::Severity::warning) {
      asked.warnings.push_back(found.message);
      continue;
    }
    found.pointer = option_behind(found.pointer);
    found.hint = as_options(found.hint);
    errors.push_back(std::move(found));
  }
  if (!errors.empty()) throw refusal_of(std::move(errors), kUsage);
  asked.entry = find(catalogue, asked.scenario.protocol);
  asked.weakening = asked.scenario.weaken;
}

static Asked ask_in(const std::string& folder, const Words& words, Catalogue catalogue, Plays plays) {
  if (words.operands.size() > 1) {
    throw refusal(kUsage, "E1602", "", "one scenario at a time; too many: " + in_quotes(words.operands[1]));
  }
  Asked asked{};
  if (!words.operands.empty()) read_operand(asked, words.operands.front(), catalogue, folder, plays);
  if (!words.operands.empty() && (!asked.play || asked.trace)) asked.words.operands = words.operands;
  const bool names_protocol = asked.file.empty() && !asked.scenario.protocol.empty();
  if (names_protocol && words.has("protocol") && *words.find("protocol") != asked.scenario.protocol) {
    throw refusal(kUsage, "E1604", "--protocol", "given twice, as " + in_quotes(asked.scenario.protocol) + " and as " + in_quotes(*words.find("protocol")));
  }
  if (asked.file.empty() && !words.has("participants")) {
    asked.scenario.participants.resize(2);
    for (std::size_t i = 0; i < 2; ++i) asked.scenario.participants[i].name = "p" + std::to_string(i + 1);
  }
  apply_options(words, asked.scenario);
  if (const Entry* entry = find(catalogue, asked.scenario.protocol); entry != nullptr && entry->specification) {
    const bool file_says = !asked.file.empty() && !words.has("protocol");  // and it was completed when it was read
    fill_in_for_specification(asked.scenario, words.has("channels") || file_says);
  }
  for (const auto& [name, value] : words.given) asked.words.set(name, value);
  if (words.has("seed")) asked.words.set("seed", std::to_string(asked.scenario.seed));
  validate_all(asked, catalogue);
  return asked;
}

void refuse_specification(const Entry& entry, const std::string& because) {
  if (!entry.specification) return;
  throw refusal(kUsage, "E1606", "", in_quotes(entry.name) + " is a specification: " + because, "the verb check searches all that may happen in it");
}

void refuse_in_virtual_time(const Asked& asked) {
  const Faults& faults = asked.scenario.faults;
  const auto refuse = [](std::string_view option, const std::string& because) {
    throw refusal(kUsage, "E1606", dashed(option), "not in virtual time: " + because, "the verb check searches all that may happen");
  };
  if (faults.transaction_order != TransactionOrder::overlapping) refuse("transaction-order", "there \"every\" in \"delays\" says when transactions begin");
  if (faults.messages != Messages::numbered) refuse("messages", "there each message is of one transaction, which is over when all of them have arrived");
}

Asked ask_kept(std::string_view scenario, const std::string& name, const std::string& file, const Words& words, Catalogue catalogue) {
  Asked asked{};
  read_scenario(asked, scenario, file, catalogue);
  asked.scenario.name = name;
  asked.words = words;
  validate_all(asked, catalogue);
  return asked;
}

Asked ask(const Words& words, Catalogue catalogue, const std::string& folder) { return ask_in(folder, words, catalogue, Plays::allowed); }

// Gives what is wrong with the first line of a play its place.
static Refusal of_play(const Refusal& refused, const std::string& file) {
  Refusal placed{.exit_code = refused.exit_code == kNoInput ? kNoInput : kBadInput};
  for (Diagnostic error : refused.findings.errors()) {
    if (error.file.empty()) error.file = file, error.line = 1, error.column = 1;
    placed.findings.add(std::move(error));
  }
  return placed;
}

Asked ask_as_play(const Play& play, Catalogue catalogue, const std::string& file) {
  try {
    const auto allowed = options_of_plays();
    const Words words = read_words(play.question, allowed);
    const std::size_t slash = file.rfind('/');
    const std::string folder = slash == file.npos ? "." : file.substr(0, slash == 0 ? 1 : slash);
    return ask_in(folder, words, catalogue, Plays::refused);
  } catch (const Refusal& refused) {
    throw of_play(refused, file);
  }
}

}  // namespace commitlab
