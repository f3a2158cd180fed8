// What a scenario or an option expects of a verdict, whether it is so, and what of it makes the exit code other than 0.
#pragma once

#include <span>
#include <vector>

#include "commands/words.hpp"
#include "reports/checks_report.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

/// Any property that is violated without being expected to be is a difference too. What an unfinished search leaves open
/// is none. The worlds expected are those of a search that leaves out none; where others stand for them they are counted too.
Expectation expectation_of(const Scenario& scenario, const Method& method, const Verdict& verdict);

/// The same for each property by itself, in the order of the verdict, and for the number of worlds, if it was expected.
std::vector<Judged> judged(const Scenario& scenario, const Method& method, const Verdict& verdict);

/// Which results make the exit code other than 0, where nothing was expected. What differs from an expectation always does.
struct FailOn {
  bool violated = true, inconclusive = true;
};
/// `--fail-on violated,inconclusive`. Throws a Refusal for other words.
FailOn fail_on(const Words& words);

/// 1 for what is violated or unexpected, else 2 for what is inconclusive, else 0.
int exit_code(std::span<const Judged> judged, FailOn fail_on = {});

}  // namespace commitlab
