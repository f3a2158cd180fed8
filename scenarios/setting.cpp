#include "scenarios/setting.hpp"

#include <set>

namespace commitlab {

Setting setting_of(const Scenario& scenario) {
  return {.nodes = scenario.participants.size() + 1,
          .faults = scenario.faults,
          .chances = scenario.chances,
          .delays = scenario.delays,
          .script = scenario.script,
          .transactions = scenario.transactions};
}

Voters voters_of(const Scenario& scenario) {
  std::set<std::string> quantities;
  for (const auto& participant : scenario.participants) {
    for (const auto& [name, amount] : participant.holds) quantities.insert(name);
    for (const auto& [name, amount] : participant.does) quantities.insert(name);
  }
  const auto amount_of = [](const std::map<std::string, std::int64_t>& amounts, const std::string& name) {
    const auto found = amounts.find(name);
    return found == amounts.end() ? 0 : found->second;
  };
  std::vector<Voter> voters;
  for (const auto& participant : scenario.participants) {
    Voter voter{.fixed = participant.vote};
    if (participant.success) voter.success = *participant.success;
    for (const auto& name : quantities) {
      voter.holds.push_back(amount_of(participant.holds, name));
      voter.does.push_back(amount_of(participant.does, name));
    }
    voters.push_back(std::move(voter));
  }
  return {std::move(voters), scenario.shared_hosts};
}

}  // namespace commitlab
