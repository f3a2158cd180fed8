// Which questions a protocol's claims answer for, and what would have to be different of the others.
#include "scenarios/claimed.hpp"

#include "protocols/all.hpp"
#include "scenarios/catalogue.hpp"
#include "test.hpp"

namespace commitlab {

static std::string outside(const char* protocol, const char* property, const Faults& faults) {
  return outside_claims(find(catalogue(), protocol)->claims, protocol, property, faults);
}

TEST_CASE("a question within a claim is not outside, and one without faults is within every claim") {
  for (const Entry& entry : catalogue())
    for (const Claim& claim : entry.claims)
      for (const char* property : {"AC1", "AC2", "AC3"}) {
        INFO(entry.name << ", " << claim.bears << ", " << property);
        const bool holds = claim.holds.find(property) != claim.holds.npos;
        const std::string found = outside_claims(entry.claims, entry.name, property, claim.faults);
        CHECK((found.empty() || !holds));
        if (claim.breaks.find(property) != claim.breaks.npos) CHECK_FALSE(found.empty());
      }
  CHECK(outside("3pc", "AC1", {.timing = Timing::synchronous}).empty());
  CHECK(outside("2pc", "AC1", {.left = {.crashes = 1}, .timing = Timing::synchronous}).empty());
  CHECK(outside("3pc", "conserve", {.left = {.crashes = 1}, .timing = Timing::synchronous}).empty());
}

TEST_CASE("outside of every claim, the fewest options lead back into one") {
  CHECK(outside("3pc", "AC1", {.left = {.crashes = 1}}) == "outside what 3pc claims; try --timing synchronous");
  CHECK(outside("3pc", "AC1", {.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous}) == "outside what 3pc claims; try --suspicions 0");
  CHECK(outside("3pc", "conserve", {.left = {.crashes = 1}}) == "outside what 3pc claims; try --timing synchronous");
  CHECK(outside("3pc", "NB", {.left = {.crashes = 1, .losses = 1}}) == "outside what 3pc claims; try --timing synchronous --losses 0");
  CHECK(outside("3pc-textbook", "AC1", {.left = {.crashes = 1}, .timing = Timing::synchronous}) == "outside what 3pc-textbook claims; try --crash-points handlers");
  CHECK(outside("2pc", "AC1", {.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time}) == "outside what 2pc claims; try --disk-losses 0");
}

TEST_CASE("a property that a protocol claims nowhere is said to be none of its claims") {
  CHECK(outside("2pc", "NB", {.left = {.crashes = 1}}) == "2pc does not claim NB");
  CHECK(outside("tcommit", "AC4", {.channels = Channels::sticky}) == "tcommit does not claim AC4");
  CHECK(outside_claims({}, "mine", "AC1", {}).empty());
}

TEST_CASE("a claim of as many crashes as there were nodes bears any number of them") {
  CHECK(outside("3pc", "AC1", {.left = {.crashes = 9}, .timing = Timing::synchronous}).empty());
  CHECK(outside("2pc", "AC1", {.left = {.crashes = 9}}) == "outside what 2pc claims; try --crashes 1");
}

}  // namespace commitlab
