#include "reports/list_report.hpp"
#include "reports/printable.hpp"
#include "reports/table.hpp"

namespace commitlab {

static std::string spaced(std::string_view names) {
  std::string text;
  for (const char c : names) text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

static std::string claim_text(const Claim& claim) {
  std::string text = std::string(claim.bears) + ": ";
  if (!claim.holds.empty()) text += "keeps " + spaced(claim.holds);
  if (!claim.breaks.empty()) text += (claim.holds.empty() ? "" : "; ") + std::string("breaks ") + spaced(claim.breaks);
  return text;
}

std::string list_text(const Listing& listing, const Style& style) {
  Table protocols, scenarios;
  for (const auto& protocol : listing.protocols) {
    protocols.add({{std::string(protocol.name), Ink::strong}, {std::string(protocol.summary)}});
    if (style.detail == Detail::quiet) continue;
    for (const auto& claim : protocol.claims) protocols.add({{""}, {"- " + claim_text(claim), Ink::faint}});
  }
  for (const auto& scenario : listing.scenarios) {
    scenarios.add({{scenario.name, Ink::strong}, {scenario.protocol}, {printable(scenario.title)}});
  }
  std::string text = painted("Protocols, and what each claims to bear", Ink::strong, style) + "\n" + text_of(protocols, style);
  if (!listing.scenarios.empty()) text += "\n" + painted("Scenarios that come with the program", Ink::strong, style) + "\n" + text_of(scenarios, style);
  if (style.detail == Detail::quiet || listing.protocols.empty()) return text;
  const std::string asked = listing.scenarios.empty() ? std::string(listing.protocols.front().name) + " --crashes 1" : listing.scenarios.front().name;
  return text + "\nAsk, for example: " + listing.program + " check " + asked + "\n";
}

}  // namespace commitlab
