// Of a script, what never happened in the runs that followed it.
#pragma once

#include <string>
#include <vector>

#include "scenarios/scenario.hpp"

namespace commitlab {

/// A sentence for each scripted fault that did not come up, the first five: "scripted fault 2 never happened in this run: crash of p1 when
/// p1 does \"force commit\"". `where`: "this run". `came_up` as in Run; nothing if it is empty.
std::vector<std::string> never_happened(const Scenario& scenario, const std::vector<bool>& came_up, const std::string& where);

}  // namespace commitlab
