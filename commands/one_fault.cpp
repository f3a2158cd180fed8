#include "commands/one_fault.hpp"

#include <algorithm>

namespace commitlab {

static std::vector<Budgets> vectors_of(const Faults& faults) {
  std::vector<Budgets> vectors{{}, {.crashes = 1}};
  if (faults.channels != Channels::sticky) vectors.insert(vectors.end(), {{.losses = 1}, {.duplicates = 1}});
  if (faults.channels == Channels::fifo) vectors.push_back({.reorders = 1});
  vectors.push_back({.partitions = 1});
  if (faults.timing == Timing::synchronous) vectors.push_back({.suspicions = 1});
  return vectors;
}

std::vector<UnderFaults> under_one_fault(const Asked& asked, const std::vector<const Entry*>& protocols, const Limits& limits, const Method& method) {
  Asked same = asked;
  std::erase(same.scenario.check, Property::AC4);
  if (same.scenario.check.empty()) same.scenario.check = Scenario().check;
  std::vector<UnderFaults> all;
  for (const Budgets& budgets : vectors_of(asked.scenario.faults)) {
    same.scenario.faults.left = budgets;
    all.push_back({budgets, compared(same, protocols, limits, method)});
  }
  return all;
}

}  // namespace commitlab
