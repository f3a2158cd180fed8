// What was checked as SARIF 2.1.0 (OASIS), from which code hosts mark a scenario's file.
#pragma once

#include <string>

#include "reports/checks_report.hpp"

namespace commitlab {

/// The document. Its results are what failed (error) and what is inconclusive (warning), each at the line of its file that asks it, with the
/// steps of the run as a code flow. Files that could not be asked are notifications of the invocation. Fingerprints depend on the file,
/// the rule and the protocol only, so that a result is known again when its run or its line has changed.
std::string sarif_json(const Checks& checks);

}  // namespace commitlab
