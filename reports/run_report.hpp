// A simulated run, told.
#pragma once

#include <string>

#include "reports/about.hpp"
#include "reports/verdict_report.hpp"
#include "sim/run.hpp"

namespace commitlab {

/// `play`: where the run was saved, if it was. The lines of a run of many transactions are told only when verbose.
std::string run_text(const About& about, const Run& run, const SavedPlay* play, const Style& style);
std::string run_json(const About& about, const Run& run, const SavedPlay* play, int exit_code);

/// The run alone, as a table: for `show`.
std::string shown_text(const About& about, const Run& run, const Style& style);

}  // namespace commitlab
