// From a scenario back to its text: what options on the command line asked, as a file.
#pragma once

#include <string>

#include "scenarios/scenario.hpp"

namespace commitlab {

/// The canonical JSON text of a valid scenario, which decodes to the same scenario if the file has its name: keys in the
/// order of the schema, only what differs from the default, times in the longest unit in which all are whole.
/// Recovery::when_faults_stop and Faults::copies belong to engines and have no text.
std::string encode_scenario(const Scenario& scenario);

}  // namespace commitlab
