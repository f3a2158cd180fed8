// `completion`: a script for a shell, so that it completes verbs, options and values.
#include "commands/completion.hpp"

#include <algorithm>
#include <array>

#include "commands/help.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"
#include "commands/verbs.hpp"
#include "reports/run_formats.hpp"
#include "scenarios/shipped.hpp"
#include "scenarios/spelling.hpp"
#include "sim/names.hpp"

namespace commitlab {

static constexpr std::array<std::string_view, 3> kShells = {"bash", "zsh", "fish"};

template <Enumeration E>
static std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count_of<E>(); ++i) names.emplace_back(name_of(static_cast<E>(i)));
  return names;
}

// "on|off" as it stands in the table, taken apart.
static std::vector<std::string> alternatives(std::string_view value) {
  std::vector<std::string> words;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find('|'), value.size());
    words.emplace_back(value.substr(0, end));
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return words;
}

static std::vector<std::string> properties_that_may_be_asked() {
  auto names = names_of<Property>();
  names.pop_back();  // custom: a protocol's own
  return names;
}

static std::vector<std::string> protocols(Catalogue catalogue) {
  std::vector<std::string> names;
  for (const Entry& entry : catalogue) names.emplace_back(entry.name);
  return names;
}

static std::vector<std::string> formats_of(Verb verb) {
  if (verb == Verb::sweep) return {"csv", "ndjson"};
  if (verb == Verb::show) return names_of<RunFormat>();
  return {"prism", "drn", "dot"};
}

static Offer offer_of(const Option& option, Verb verb, Catalogue catalogue) {
  const std::string_view name = option.name;
  if (option.value == "FILE") return {.files = true};
  if (option.value == "DIR") return {.folders = true};
  if (option.value.find('|') != option.value.npos) return {.words = alternatives(option.value)};
  if (name == "protocol") return {.words = protocols(catalogue)};
  if (name == "protocols") return {.words = protocols(catalogue), .list = true};
  if (name == "check") return {.words = properties_that_may_be_asked(), .list = true};
  if (name == "votes") return {.words = {"all", "yes"}};
  if (name == "agreement") return {.words = names_of<Agreement>()};
  if (name == "timing") return {.words = names_of<Timing>()};
  if (name == "channels") return {.words = names_of<Channels>()};
  if (name == "crash-points") return {.words = names_of<CrashPoints>()};
  if (name == "transaction-order") return {.words = names_of<TransactionOrder>()};
  if (name == "messages") return {.words = names_of<Messages>()};
  if (name == "store") return {.words = names_of<Keep>()};
  if (name == "rare") return {.words = {"commits", "aborts", "blocked", "breaks"}};
  if (name == "seed") return {.words = {"random"}};
  if (name == "format") return {.words = formats_of(verb)};
  if (name == "scale") return {.words = {"steps", "time"}};
  if (name == "fail-on") return {.words = {"violated", "inconclusive"}, .list = true};
  if (name == "progress") return {.words = {"auto", "on", "off"}};
  if (name == "color") return {.words = {"auto", "always", "never"}};
  return {};
}

static Offer operand_of(Verb verb, std::string_view operand, Catalogue catalogue) {
  if (verb == Verb::completion) return {.words = {kShells.begin(), kShells.end()}};
  if (!operand.starts_with("[SCENARIO")) return {.files = !operand.empty()};
  Offer offer{.words = shipped_scenarios(), .files = true};
  for (auto& name : protocols(catalogue)) offer.words.push_back(std::move(name));
  return offer;
}

std::vector<OfferedVerb> offers(Catalogue catalogue) {
  std::vector<OfferedVerb> all;
  for (const Verb verb : verbs()) {
    const std::string operand(operand_text(verb));
    OfferedVerb offered{std::string(name_of(verb)), std::string(summary_text(verb)), operand, operand_of(verb, operand, catalogue), {}};
    for (const Option* option : options_of(verb)) offered.options.push_back({option, offer_of(*option, verb, catalogue)});
    all.push_back(std::move(offered));
  }
  return all;
}

// "./lab" is completed as "lab": shells look at the last part of what is typed.
static std::string program_to_complete(const std::string& program) {
  std::string name = program.substr(program.find_last_of('/') + 1);
  const auto plain = [](unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' || c == '.' || c == '+'; };
  return name.empty() || name.starts_with('-') || !std::all_of(name.begin(), name.end(), plain) ? "commitlab" : name;
}

Answer answer_completion(const Words& words, const Session& session) {
  if (words.operands.empty()) throw refusal(kUsage, "E1602", "", "completion of which shell?", "one of: " + listed(kShells));
  if (words.operands.size() > 1) throw refusal(kUsage, "E1602", "", "completion takes one shell, got " + in_quotes(words.operands[1]) + " too");
  const auto all = offers(session.catalogue);
  const std::string name = program_to_complete(session.program);
  switch (choice({"completion", words.operands.front()}, kShells)) {
    case 0: return {.text = bash_completion(all, name)};
    case 1: return {.text = zsh_completion(all, name)};
    default: return {.text = fish_completion(all, name)};
  }
}

}  // namespace commitlab
