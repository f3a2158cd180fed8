#include "scenarios/claimed.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "sim/names.hpp"

namespace commitlab {
namespace {

/// Is the property named in a list like "AC1,AC2,NB"?
bool lists(std::string_view names, std::string_view property) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find(','), names.size());
    if (names.substr(0, end) == property) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

struct Bound {
  std::string_view option;
  std::uint8_t Budgets::*budget;
};
constexpr std::array<Bound, 7> kBounds = {{{"--crashes", &Budgets::crashes},
                                           {"--disk-losses", &Budgets::disk_losses},
                                           {"--losses", &Budgets::losses},
                                           {"--duplicates", &Budgets::duplicates},
                                           {"--reorders", &Budgets::reorders},
                                           {"--partitions", &Budgets::partitions},
                                           {"--suspicions", &Budgets::suspicions}}};

/// The options that make of these faults some that the claim bears; nothing if no options do.
std::optional<std::vector<std::string>> changes_to(const Claim& claim, const Faults& asked) {
  const Faults& borne = claim.faults;
  const bool any_crashes = borne.left.crashes > claim.participants;
  std::vector<std::string> changes;
  // Fewer runs are within more: those of synchronous timing, of channels in order, of crashes between handlers, of no recovery.
  if (asked.timing == Timing::asynchronous && borne.timing == Timing::synchronous && asked.channels != Channels::sticky) changes.emplace_back("--timing synchronous");
  if ((asked.channels == Channels::sticky) != (borne.channels == Channels::sticky)) return std::nullopt;
  if (asked.channels == Channels::bag && borne.channels == Channels::fifo) changes.emplace_back("--channels fifo");
  for (const auto& [option, budget] : kBounds) {
    if (asked.left.*budget <= borne.left.*budget || (budget == &Budgets::crashes && any_crashes)) continue;
    changes.push_back(std::string(option) + " " + std::to_string(borne.left.*budget));
  }
  const bool crashes = asked.left.crashes > 0 && borne.left.crashes > 0;
  if (crashes && asked.crash_points == CrashPoints::effects && borne.crash_points == CrashPoints::handlers) changes.emplace_back("--crash-points handlers");
  if (crashes && asked.recovery == Recovery::any_time && borne.recovery != Recovery::any_time) changes.emplace_back("--no-recovery");
  if (asked.left.partitions > 0 && borne.left.partitions > 0 && asked.severed != borne.severed) return std::nullopt;
  if (asked.messages != borne.messages) changes.emplace_back("--messages numbered");
  return changes;
}

}  // namespace

std::string outside_claims(std::span<const Claim> claims, std::string_view protocol, std::string_view property, const Faults& faults) {
  if (claims.empty()) return "";
  const std::string_view claimed = property == "conserve" ? "AC1" : property;
  bool claims_it = false;
  std::optional<std::vector<std::string>> fewest;
  for (const Claim& claim : claims) {
    if (!lists(claim.holds, claimed)) continue;
    claims_it = true;
    auto changes = changes_to(claim, faults);
    if (changes && (!fewest || changes->size() < fewest->size())) fewest = std::move(changes);
  }
  if (!claims_it) return std::string(protocol) + " does not claim " + std::string(property);
  if (fewest && fewest->empty()) return "";
  std::string text = "outside what " + std::string(protocol) + " claims";
  if (!fewest) return text;
  text += "; try";
  for (const auto& change : *fewest) text += " " + change;
  return text;
}

}  // namespace commitlab
