// The curves of a report: from the rows of a sweep, or counted for the occasion.
#pragma once

#include <string>
#include <vector>

#include "commands/session.hpp"
#include "reports/report_page.hpp"

namespace commitlab {

/// Of the rows in a file that `sweep` wrote. Throws a Refusal: 66 for a file that cannot be read, 65 for one that holds no such rows.
Curves curves_of_file(const std::string& file);

/// How often each outcome comes as the chance of losses grows, and as that of crashes does; `like` says how runs are drawn, of which 2,000 are
/// enough for each point. Of chances that the scenario has, from a tenth of them to a hundred times as much, and not above 1/2.
std::vector<Part<Curves>> counted_curves(const Asked& asked, const Sampling& like, const std::string& sweep_command);

}  // namespace commitlab
