// The one file that knows CLI11. It reads every value as text: as numbers, it would take -1 and 010 for something else.
#include "commands/words.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "commands/refusal.hpp"
#include "scenarios/spelling.hpp"
#include "sim/names.hpp"

namespace commitlab {

const std::string* Words::find(std::string_view name) const {
  const auto found = std::find_if(given.begin(), given.end(), [&](const Given& one) { return one.name == name; });
  return found == given.end() ? nullptr : &found->value;
}

std::vector<std::string> Words::all(std::string_view name) const {
  std::vector<std::string> values;
  for (const Given& one : given)
    if (one.name == name) values.push_back(one.value);
  return values;
}

void Words::remove(std::string_view name) {
  given.erase(std::remove_if(given.begin(), given.end(), [&](const Given& one) { return one.name == name; }), given.end());
}

void Words::set(std::string_view name, std::string value) {
  if (name == "recovery") remove("no-recovery");
  if (name == "no-recovery") remove("recovery");
  const auto found = std::find_if(given.begin(), given.end(), [&](const Given& one) { return one.name == name; });
  if (found != given.end()) found->value = std::move(value);
  else given.push_back({std::string(name), std::move(value)});
}

// "-x", "--thread" or "--thread=4", that no allowed option is called.
[[noreturn]] static void refuse_unknown(std::string_view word, std::span<const Option* const> allowed) {
  const std::string_view name = word.substr(0, word.find('='));
  for (const Option& option : options()) {
    const bool by_letter = option.letter != 0 && word.size() >= 2 && word[1] == option.letter;
    if (dashed(option.name) != name && !by_letter) continue;
    std::string verbs;
    for (const Verb verb : commitlab::verbs())
      if (option.of(verb)) verbs += (verbs.empty() ? "" : ", ") + std::string(name_of(verb));
    const std::string of = "an option of: " + verbs;
    throw refusal(kUsage, "E1602", dashed(option.name), "has no meaning here", option.instead.empty() ? of : std::string(option.instead) + "; " + of);
  }
  std::vector<std::string> spellings;
  for (const Option* option : allowed) spellings.push_back(dashed(option->name));
  const std::vector<std::string_view> candidates(spellings.begin(), spellings.end());
  throw refusal(kUsage, "E1602", "", "unknown option " + in_quotes(name) + did_you_mean(name, candidates), "--help lists the options");
}

// What is left over are operands, and options that nobody knows.
static std::vector<std::string> operands(const std::vector<std::string>& left, std::span<const Option* const> allowed) {
  std::vector<std::string> operands;
  bool only_operands = false;
  for (const std::string& word : left) {
    if (word == "--" && !only_operands) only_operands = true;
    else if (!only_operands && word.size() > 1 && word.starts_with('-')) refuse_unknown(word, allowed);
    else operands.push_back(word);
  }
  return operands;
}

static void add(Words& words, const Option& option, const std::string& value, std::span<const Option* const> allowed) {
  const auto is_option = [&](const Option* other) { return value == dashed(other->name); };
  const std::string spelled = dashed(option.name);
  if (!option.is_flag() && std::any_of(allowed.begin(), allowed.end(), is_option)) {
    throw refusal(kUsage, "E1605", spelled, "expected a value, got the option " + in_quotes(value));
  }
  const std::string* before = option.repeats ? nullptr : words.find(option.name);
  if (before != nullptr && *before != value) {
    throw refusal(kUsage, "E1604", spelled, "given twice, as " + in_quotes(*before) + " and as " + in_quotes(value));
  }
  if (before == nullptr) words.given.push_back({std::string(option.name), value});
}

static void refuse_contradictions(const Words& words) {
  for (const auto& [one, other] : {std::pair("recovery", "no-recovery"), std::pair("quiet", "verbose")}) {
    if (words.has(one) && words.has(other)) throw refusal(kUsage, "E1604", dashed(one), "contradicts " + dashed(other));
  }
}

Words read_words(std::vector<std::string> words, std::span<const Option* const> allowed) {
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  std::vector<CLI::Option*> readers;
  for (const Option* option : allowed) {
    const std::string names = (option->letter != 0 ? std::string("-") + option->letter + "," : "") + dashed(option->name);
    CLI::Option* reader = option->is_flag() ? app.add_flag(names)->disable_flag_override() : app.add_option(names)->expected(1);
    readers.push_back(reader->multi_option_policy(CLI::MultiOptionPolicy::TakeAll));
  }
  std::reverse(words.begin(), words.end());  // the order in which CLI11 takes them
  try {
    app.parse(words);
  } catch (const CLI::ParseError& error) {
    const std::string what = error.what();
    const std::string name = what.substr(0, what.find_first_of(": "));
    for (const Option* option : allowed) {
      if (dashed(option->name) != name && option->name != name) continue;
      const std::string expected = option->is_flag() ? "expected no value" : "expected a value: " + std::string(option->value);
      throw refusal(kUsage, option->is_flag() ? "E1603" : "E1605", dashed(option->name), expected);
    }
    throw refusal(kUsage, "E1605", "", what);
  }

  Words read;
  read.operands = operands(app.remaining(), allowed);
  std::vector<std::size_t> seen(readers.size(), 0);
  for (const CLI::Option* parsed : app.parse_order()) {
    const auto i = static_cast<std::size_t>(std::find(readers.begin(), readers.end(), parsed) - readers.begin());
    if (i == readers.size()) continue;
    add(read, *allowed[i], allowed[i]->is_flag() ? "" : parsed->results().at(seen[i]++), allowed);
  }
  refuse_contradictions(read);
  return read;
}

}  // namespace commitlab
