// A sentence that says why: the chain of causes behind what a run breaks, in words, with the names of its nodes.
#pragma once

#include <string>

#include "checker/verdict.hpp"
#include "reports/told_run.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// Why what a finding says is broken came about in its witness, in a few sentences with the numbers of steps as they are printed; empty if it has no
/// witness or is not violated. Only what the run shows is told: who decided on what, what never came, and who stopped when.
std::string why_text(const Finding& finding);

/// The same as lines of a page, "  why  ...", or nothing.
std::string why_lines(const Finding& finding, const Style& style);

/// The same for a finding about a run that it does not hold itself, such as a play that is made again.
std::string why_text(const Finding& finding, const Trace& run);

/// The same for what a run came to: for each transaction in which decisions differ, or in which somebody that is up has not decided, or nobody
/// ever has; of the first three of them. Empty if there is none. `clock`: how the lines of the run are printed.
std::string why_text(const Trace& run, Clock clock);

}  // namespace commitlab
