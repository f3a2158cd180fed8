#include "reports/list_report.hpp"
#include "reports/printable.hpp"
#include "reports/table.hpp"

namespace commitlab {

static std::string spaced(std::string_view names) {
  std::string text;
  for (const char c : names) text += c == ',' ? std::string(", ") : std::string(1, c);
  return text;
}

Table claims_table(std::span<const Claim> claims) {
  Table table{.indent = 6};
  for (const auto& claim : claims) {
    table.add({{std::string(claim.bears)},
               {claim.holds.empty() ? "" : "keeps " + spaced(claim.holds), Ink::faint},
               {claim.breaks.empty() ? "" : "breaks " + spaced(claim.breaks), Ink::faint}});
  }
  return table;
}

std::string list_text(const Listing& listing, const Style& style) {
  const bool quiet = style.detail == Detail::quiet;
  std::string text = painted("Protocols, and what each claims to bear", Ink::strong, style) + "\n";
  for (const auto& protocol : listing.protocols) {
    text += text_of(Table{.rows = {{{std::string(protocol.name), Ink::strong}, {std::string(protocol.summary)}}}}, style);
    if (!quiet) text += text_of(claims_table(protocol.claims), style);
  }
  Table scenarios;
  for (const auto& scenario : listing.scenarios) {
    scenarios.add({{scenario.name, Ink::strong}, {scenario.protocol}, {printable(scenario.title)}});
  }
  if (!listing.scenarios.empty()) text += "\n" + painted("Scenarios that come with the program", Ink::strong, style) + "\n" + text_of(scenarios, style);
  if (quiet || listing.example.empty()) return text;
  return text + "\nAsk, for example: " + listing.program + " " + listing.example + "\n";
}

}  // namespace commitlab
