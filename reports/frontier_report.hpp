// The least faults that break each property, told: in words with their runs, or as a table of all vectors of faults.
#pragma once

#include <string>
#include <vector>

#include "checker/frontier.hpp"
#include "reports/about.hpp"
#include "reports/verdict_report.hpp"

namespace commitlab {

/// How the same faults are told: `runs` with a run for each breach, `table` with a row for each vector.
enum class FrontierView : std::uint8_t { runs, table };

std::string frontier_text(const About& about, const Frontier& frontier, FrontierView view, const Expectation& expectation,
                          const std::vector<SavedPlay>& plays, const Style& style);
std::string frontier_json(const About& about, const Frontier& frontier, const Expectation& expectation, const std::vector<SavedPlay>& plays,
                          int exit_code);

/// For each property a line for each breach, safe vector and open one.
std::string frontier_lines(const Frontier& frontier, const Style& style);

/// Every vector of faults: as a grid for each property where two budgets vary, otherwise a row for each. At most 80 columns
/// wide, as long as few enough budgets vary.
std::string frontier_table(const Frontier& frontier, const Style& style);

}  // namespace commitlab
