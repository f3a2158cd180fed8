// The verdict of a search, told.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/about.hpp"

namespace commitlab {

/// What was expected of a verdict, and what differs. No `asked`, no expectation.
struct Expectation {
  bool asked = false;
  std::vector<std::string> expected{};     // "AC1=violated", "1,234 worlds"
  std::vector<std::string> differences{};  // "AC1 holds, expected violated"
};

/// A witness that was saved as a play.
struct SavedPlay {
  std::string path{};
  std::vector<std::string> replay{};  // the arguments that make it again
};

std::string verdict_text(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, const Style& style);
std::string verdict_json(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, int exit_code);

/// One line for each property: its name, plain name and status, and why.
std::string findings_table(const std::vector<Finding>& findings, const Style& style);

/// "violated: NB; holds: AC1 and AC2".
std::string verdict_line(const Verdict& verdict);

/// What was expected, and what differs; nothing if nothing was.
void add_expectation(Table& table, const Expectation& expectation);

/// What of the broken properties the protocol does not claim.
void add_claims(Table& table, const About& about);

/// The bounds, without which a verdict says nothing; `faults` is the word before the faults.
void add_bounds(Table& table, const About& about, std::string_view faults, std::uint64_t starts);

/// "39,060 worlds", or "19,716 representatives stand for 39,060 worlds exactly": how many were visited.
std::string visited_text(const Verdict& verdict, const Method& method);

Ink ink_of(Status status);

/// What no run did. A warning only where the whole was visited: a property may hold because nothing happens. Empty if there is nothing.
std::string unseen_text(const Verdict& verdict);

/// "p1 is in doubt after deciding: ...", of a run that ends so.
std::string doubted_decision_text(const Trace& run);

/// "in 12 worlds: nothing leads out of them but a new fault or a recovery".
std::string stuck_text(const Stuck& stuck);

}  // namespace commitlab
