// The scenarios and plays that come with the program, found by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

/// The names of all shipped scenarios, in alphabetical order; none if their folder is not there.
std::vector<std::string> shipped_scenarios();

/// Where the scenario "bank-transfer", or the file "bank-transfer.play", is; nothing if there is none of that name.
std::optional<std::string> shipped_scenario_path(std::string_view name);

}  // namespace commitlab
