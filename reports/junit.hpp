// What was checked as JUnit XML, which CI services show: a test suite for each scenario or play, a test case for each property.
#pragma once

#include <string>

#include "reports/checks_report.hpp"

namespace commitlab {

/// The document, in the form that reports/junit.xsd describes. A failure is what is violated, or not as expected, and has the run
/// that shows it and the command that repeats it; an error could not be asked; skipped is what is inconclusive or was not asked.
std::string junit_xml(const Checks& checks);

}  // namespace commitlab
