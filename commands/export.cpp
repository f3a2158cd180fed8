// `export`: the Markov chain of all runs of a transaction, or the decision process over all orders of its events, as files that PRISM and Storm
// read; or the graph of all worlds, as Graphviz reads it.
#include <algorithm>
#include <array>

#include "commands/frozen.hpp"
#include "commands/output_file.hpp"
#include "commands/outputs.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "commands/weakening.hpp"
#include "reports/export_report.hpp"
#include "reports/state_graph.hpp"

namespace commitlab {

enum class ModelFormat : std::uint8_t { prism, drn, dot };

static std::string to_of(const Words& words) {
  const std::string* to = words.find("to");
  if (to == nullptr) throw refusal(kUsage, "E1605", "--to", "where to? An export is written into files", "--to bank makes bank.tra, bank.sta and so on; --to bank.drn --format drn one file");
  return *to;
}

static std::vector<ModelFile> files_of(const NamedProcess& model, ModelFormat format, Digits digits) {
  if (format == ModelFormat::prism) return prism_files(model, digits);
  return {{"", drn_text(model, digits)}};
}

// A shell takes the property as one word; only PRISM's exact mode reads fractions, and it asks of variables instead of labels.
static std::vector<std::string> asking(const std::string& to, ModelFormat format, Digits digits, const DecisionProcess& process) {
  const std::string chance = process.is_chain() ? "P" : "Pmax";
  if (format == ModelFormat::drn) {
    std::vector<std::string> words{"storm", "--explicit-drn", to};
    if (digits == Digits::exact) words.emplace_back("--exact");
    words.insert(words.end(), {"--prop", "'" + chance + "=? [F \"commits\"]'"});
    return words;
  }
  std::vector<std::string> words{"prism", "-explicit", "-importmodel", to + ".tra,sta,lab", process.is_chain() ? "-dtmc" : "-mdp"};
  if (digits == Digits::exact) words.emplace_back("-exact");
  words.insert(words.end(), {"-pf", "'" + chance + "=? [F " + (digits == Digits::exact ? "end=1" : "\"commits\"") + "]'"});
  return words;
}

// Of what goes only with other formats, the option.
static void refuse_unless_of_format(const Words& words, ModelFormat format) {
  const bool dot = format == ModelFormat::dot;
  for (const char* option : {"orders", "exact", "chance"})
    if (dot && words.has(option)) throw refusal(kUsage, "E1606", dashed(option), "not with --format dot: a graph of worlds says what may happen, and not how likely it is");
  for (const char* option : {"max-states", "time-limit"})
    if (!dot && words.has(option)) throw refusal(kUsage, "E1606", dashed(option), "only with --format dot, which searches all worlds");
}

// Worlds and steps as a picture.
static Answer answer_graph(const Asked& asked, const Words& words, const Session& session, const std::string& to, Overwrite overwrite) {
  check_output(to, overwrite, {asked.file});
  const StateGraph drawn = state_graph(frozen(asked, question_to_freeze(asked, limits_of_frozen(words))));
  write_output(to, drawn.dot, overwrite);
  const About about = about_of(asked, Verb::export_model, words, session);
  return {.text = session.json ? state_graph_json(about, drawn, to) : state_graph_text(about, drawn, to, session.style)};
}

static Exported summary_of(const NamedProcess& model) {
  const DecisionProcess& process = model.process;
  Exported exported{.size = size_of(process)};
  for (const auto& name : model.kinds)
    if (!name.empty()) exported.labels.push_back(name);
  for (const auto& reward : process.rewards) exported.rewards.push_back(reward_name(reward.name));
  exported.beyond = static_cast<std::uint64_t>(std::count_if(process.kind.begin(), process.kind.end(), [&](auto kind) { return model.kinds[kind] == kBeyondName; }));
  return exported;
}

static NamedProcess model_of(const Asked& asked, bool orders) {
  if (!orders) return asked.entry->odds.chain(asked.scenario);
  if (const std::string why = asked.entry->odds.why_no_range(asked.scenario); !why.empty()) throw refusal(kUsage, "E1610", "--orders", why);
  return asked.entry->odds.orders(asked.scenario);
}

Answer answer_export(const Words& words, const Session& session) {
  static constexpr std::array<std::string_view, 3> kFormats = {"prism", "drn", "dot"};
  const std::string to = to_of(words);
  const auto format = words.has("format") ? static_cast<ModelFormat>(choice({"--format", *words.find("format")}, kFormats)) : ModelFormat::prism;
  const Digits digits = words.has("exact") ? Digits::exact : Digits::rounded;
  const Overwrite overwrite = words.has("force") ? Overwrite::yes : Overwrite::no;
  const Asked asked = ask(words, session.catalogue);
  refuse_unless_of_format(words, format);
  if (to.empty() || to.ends_with('/')) throw refusal(kCannotCreate, "E1607", "--to", "expected the name of a file, got " + in_quotes(to));
  if (format == ModelFormat::dot) return answer_graph(asked, words, session, to, overwrite);
  refuse_where_chance_draws(asked, "it says what may happen, and not how likely it is");
  check_output(to + (format == ModelFormat::prism ? ".tra" : ""), overwrite, {asked.file});  // before the work

  const NamedProcess model = model_of(asked, words.has("orders"));
  Exported exported = summary_of(model);
  const auto files = files_of(model, format, digits);
  for (const auto& [ending, text] : files) refuse_if_named(words, "to", to + ending), check_output(to + ending, overwrite, {asked.file});
  for (const auto& [ending, text] : files) {
    write_output(to + ending, text, overwrite);
    exported.files.push_back(to + ending);
  }
  exported.asking = asking(to, format, digits, model.process);
  const About about = about_of(asked, Verb::export_model, words, session);
  return {.text = session.json ? export_json(about, exported) : export_text(about, exported, session.style)};
}

}  // namespace commitlab
