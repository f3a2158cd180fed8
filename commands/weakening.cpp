#include "commands/weakening.hpp"

namespace commitlab {

Weakening weakening_of(const Value& value, const Studies& studies) {
  const std::size_t first = value.text.find(':'), second = first == value.text.npos ? first : value.text.find(':', first + 1);
  if (second == value.text.npos) {
    throw refusal(kUsage, "E1603", value.option, "expected WHO:HOW:WHAT, such as participant:unforced:prepared, got " + in_quotes(value.text));
  }
  Weakening without;
  without.who = word<Role>({value.option, value.text.substr(0, first)});
  without.how = word<Loss>({value.option, value.text.substr(first + 1, second - first - 1)});
  const auto kinds = without.how == Loss::unsent ? studies.messages : studies.records;
  without.what = kinds[choice({value.option, value.text.substr(second + 1)}, kinds)];
  return without;
}

std::string words_of(const Weakening& without, char between) {
  return std::string(name_of(without.who)) + between + std::string(name_of(without.how)) + between + without.what;
}

void refuse_weakened(const Asked& asked) {
  if (!asked.weakening) return;
  throw refusal(kUsage, "E1606", "--weaken", "this verb knows a protocol only as it is, and " + in_quotes(words_of(*asked.weakening)) + " is of a weaker one", "the verbs check, replay and show take it");
}

void refuse_where_chance_draws(const Asked& asked, const std::string& because) {
  refuse_specification(*asked.entry, because);
  refuse_in_virtual_time(asked);
  refuse_weakened(asked);
}

}  // namespace commitlab
