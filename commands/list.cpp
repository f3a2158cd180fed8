// `list`: what there is to ask.
#include "commands/verbs.hpp"
#include "commands/refusal.hpp"
#include "reports/list_report.hpp"
#include "scenarios/decode.hpp"
#include "scenarios/input_file.hpp"
#include "scenarios/shipped.hpp"

namespace commitlab {

// A scenario for a protocol that this program does not have is not listed.
static void add_scenarios(Listing& listing, Catalogue catalogue) {
  const auto known = facts(catalogue);
  for (const std::string& name : shipped_scenarios()) {
    const auto path = shipped_scenario_path(name);
    if (!path) continue;
    const InputText input = read_input(*path, std::size_t{8} << 20);
    if (input.refused) continue;
    const Decoded decoded = decode_scenario(input.text, *path, known);
    if (!decoded.scenario) continue;
    listing.scenarios.push_back({name, decoded.scenario->title, decoded.scenario->protocol});
    if (listing.example.empty() && decoded.scenario->script.empty()) listing.example = "check " + name;
  }
}

Answer answer_list(const Words& words, const Session& session) {
  if (!words.operands.empty()) throw refusal(kUsage, "E1602", "", "list takes no operand, got " + in_quotes(words.operands.front()));
  Listing listing{.program = session.program};
  add_scenarios(listing, session.catalogue);
  for (const Entry& entry : session.catalogue) listing.protocols.push_back({entry.name, entry.summary, entry.claims, entry.ordered, entry.specification});
  return {.text = session.json ? list_json(listing) : list_text(listing, session.style)};
}

}  // namespace commitlab
