// A command line, or the first line of a play, split into operands and options; what they mean is for others.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "commands/options.hpp"

namespace commitlab {

struct Words {
  /// An option that was given, by its name without dashes; flags have no value.
  struct Given {
    std::string name, value;
  };
  std::vector<std::string> operands{};
  std::vector<Given> given{};  // in that order, each once, but for those that repeat

  bool has(std::string_view name) const { return find(name) != nullptr; }
  /// The value of an option; null if it was not given.
  const std::string* find(std::string_view name) const;
  /// Its values if it was given several times.
  std::vector<std::string> all(std::string_view name) const;
  /// Sets an option, whether it was given or not. `recovery` and `no-recovery` replace each other.
  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
};

/// Throws a Refusal for what is not among `allowed`, for a missing value and for an option given twice with different ones.
Words read_words(std::vector<std::string> words, std::span<const Option* const> allowed);

/// The words of a question: `-n 2 --crashes 1`, those options only for which `wanted` is true.
template <class Wanted>
std::vector<std::string> spelled_out(const Words& words, Wanted wanted) {
  std::vector<std::string> list = words.operands;
  for (const auto& [name, value] : words.given) {
    for (const Option& option : options()) {
      if (option.name != name || !wanted(option)) continue;
      list.push_back(name == "participants" ? "-n" : dashed(name));
      if (!option.is_flag()) list.push_back(value);
    }
  }
  return list;
}

}  // namespace commitlab
