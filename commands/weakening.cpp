#include "commands/weakening.hpp"

namespace commitlab {

std::optional<Weakening> weakening_of(const Value& value) {
  if (value.text == kNotWeakened) return std::nullopt;
  auto read = weakening_in(value.text);
  if (const auto* wrong = std::get_if<std::string>(&read)) throw refusal(kUsage, "E1603", value.option, *wrong);
  return std::move(std::get<Weakening>(read));
}

void refuse_weakened(const Asked& asked) {
  if (!asked.weakening) return;
  throw refusal(kUsage, "E1606", "--weaken", "this verb knows a protocol only as it is, and " + in_quotes(words_of(*asked.weakening)) + " is of a weaker one", "the verbs check, frontier, replay and show take it; --weaken none asks of the protocol as it is");
}

void refuse_where_chance_draws(const Asked& asked, const std::string& because) {
  refuse_specification(*asked.entry, because);
  refuse_in_virtual_time(asked);
  refuse_weakened(asked);
}

}  // namespace commitlab
