#include "scenarios/weakening_words.hpp"

#include <algorithm>
#include <span>

#include "scenarios/diagnostic.hpp"
#include "scenarios/spelling.hpp"
#include "sim/names.hpp"

namespace commitlab {

// An enumerator by its name, or what would have been one.
template <Enumeration E>
static std::variant<E, std::string> named(std::string_view word) {
  const auto names = std::span(spelling::kNames<E>).first(count_of<E>());
  const auto found = std::find(names.begin(), names.end(), word);
  if (found != names.end()) return static_cast<E>(found - names.begin());
  return "expected one of " + listed(names) + ", got " + in_quotes(word) + did_you_mean(word, names);
}

std::variant<Weakening, std::string> weakening_in(std::string_view words) {
  const std::size_t first = words.find(':'), second = first == words.npos ? first : words.find(':', first + 1);
  if (second == words.npos) return "expected WHO:HOW:WHAT, such as participant:unforced:prepared, got " + in_quotes(words);
  const auto who = named<Role>(words.substr(0, first));
  if (const auto* wrong = std::get_if<std::string>(&who)) return *wrong;
  const auto how = named<Loss>(words.substr(first + 1, second - first - 1));
  if (const auto* wrong = std::get_if<std::string>(&how)) return *wrong;
  return Weakening{.who = std::get<Role>(who), .how = std::get<Loss>(how), .what = std::string(words.substr(second + 1))};
}

std::string words_of(const Weakening& without, char between) {
  return std::string(name_of(without.who)) + between + std::string(name_of(without.how)) + between + without.what;
}

}  // namespace commitlab
