// From the text of a scenario to its meaning, or to all that is wrong with it at once.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "scenarios/diagnostic.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/validate.hpp"

namespace commitlab {

inline constexpr std::string_view kScenarioSchema = "commitlab-scenario/1";

/// A scenario if there is no error; warnings there may be in any case.
struct Decoded {
  std::optional<Scenario> scenario{};
  Diagnostics findings{};
};

/// Reads a scenario strictly: unknown keys are errors, numbers are exact. `file` is named in what is found, and names
/// the scenario: without folder and ending. The text may be anything at all.
Decoded decode_scenario(std::string_view text, std::string_view file, std::span<const ProtocolFacts> protocols);

/// The keys of each kind of object in a scenario, by the JSON pointer of such an object with * for any index; only those
/// of "options", "holds" and "does" are free, and those of "crash" in "chances" are names of nodes.
struct ObjectKeys {
  std::string_view place;
  std::vector<std::string_view> keys;
};
std::vector<ObjectKeys> accepted_keys();

}  // namespace commitlab
