#include "commands/outside.hpp"

#include "scenarios/claimed.hpp"

namespace commitlab {

static void add(std::vector<OutsideClaim>& all, const Entry& entry, const std::string& property, const Faults& faults) {
  if (std::string words = outside_claims(entry.claims, entry.name, property, faults); !words.empty()) all.push_back({property, std::move(words)});
}

std::vector<OutsideClaim> outside_claims_of(const Asked& asked, const Entry& entry, const Verdict& verdict) {
  std::vector<OutsideClaim> all;
  if (asked.weakening) return all;
  for (const Finding& finding : verdict.findings)
    if (finding.status == Status::violated && finding.property != Property::custom) add(all, entry, finding.name, asked.scenario.faults);
  return all;
}

std::vector<OutsideClaim> outside_claims_of(const Asked& asked, const Frontier& frontier) {
  std::vector<OutsideClaim> all;
  if (asked.weakening) return all;
  for (const PropertyFrontier& property : frontier.properties) {
    if (property.property == Property::custom) continue;
    for (const Breach& breach : property.breaches) {
      Faults faults = asked.scenario.faults;
      faults.left = breach.budgets;
      const std::size_t before = all.size();
      add(all, *asked.entry, property.name, faults);
      if (all.size() > before) break;  // one is enough
    }
  }
  return all;
}

}  // namespace commitlab
