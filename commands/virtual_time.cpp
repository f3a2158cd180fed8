#include "commands/virtual_time.hpp"

namespace commitlab {

const Odds& odds_of(const Entry& entry, const std::string& because) {
  return entry.odds.get([&] { throw specification_refusal(entry, because); });
}

Run simulated(const Entry& entry, const Scenario& scenario, const std::string& because) {
  const auto run = entry.run.get([&] { throw specification_refusal(entry, because); });
  return run(scenario, scenario.seed);
}

void refuse_options_of_searches(const Words& words, Judges judges) {
  for (const Option& option : options()) {
    const bool of_search = option.group == Group::faults || (option.group == Group::question && judges == Judges::no);
    if (option.instead.empty() || !of_search || !words.has(option.name)) continue;
    throw refusal(kUsage, "E1602", dashed(option.name), "has no meaning for a run in virtual time", std::string(option.instead));
  }
}

void refuse_options_of_chance(const Words& words, const std::string& because) {
  for (const char* option : {"seed", "chance"})
    if (words.has(option)) throw refusal(kUsage, "E1602", dashed(option), "has no meaning here: " + because);
}

}  // namespace commitlab
