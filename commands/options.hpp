// All options of all verbs: one table, from which the command line is read and the help is printed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

enum class Verb : std::uint8_t { list, run, check, estimate, merge, blocking, replay, show, compare, frontier, necessary, concurrency, export_model, sweep, explore, report, demo, completion };

/// As it is typed. "export" is a word of C++, so that the enumerator cannot be called so.
std::string_view name_of(Verb verb);
/// The verb of that name, or nothing.
const Verb* find_verb(std::string_view name);
/// All, in the order of the help.
std::span<const Verb> verbs();

enum class Group : std::uint8_t { question, faults, search, chance, output };

struct Option {
  std::string_view name;   // without the dashes
  char letter = 0;         // 0: none
  std::string_view value;  // what stands for the value in the help; empty: a flag
  Group group{};
  std::uint32_t verbs = 0;  // a bit for each
  std::string_view help;
  bool repeats = false;  // may be given several times, each with a value of its own
  std::string_view instead{};  // what asks for the same where a verb does not take it; empty: the verbs that do

  bool of(Verb verb) const { return (verbs >> static_cast<unsigned>(verb) & 1u) != 0; }
  bool is_flag() const { return value.empty(); }
  /// May a play have it in its first line?
  bool asks() const { return group == Group::question || group == Group::faults; }
};

/// In the order of the help.
std::span<const Option> options();
std::vector<const Option*> options_of(Verb verb);
/// Those that a play may have in its first line.
std::vector<const Option*> options_of_plays();

/// "--crashes".
inline std::string dashed(std::string_view name) { return "--" + std::string(name); }

}  // namespace commitlab
