// A play that was read and made again, for the verbs that tell of it.
#pragma once

#include "commands/session.hpp"
#include "scenarios/diagnostic.hpp"

namespace commitlab {

/// The lines of the play made again, names turned into numbers.
Replayed replayed(const Asked& asked, const Question& question);

/// 0, 3 or 65.
int exit_code(Replayed::Outcome outcome);

/// What is wrong with the line at which a play stopped: it cannot happen, fits several things, or happens otherwise.
Diagnostic objection_to(const Asked& asked, const Replayed& replayed);

/// What is said on standard error of a line that cannot happen or that fits several things; empty for the others.
std::string complaint_about(const Asked& asked, const Replayed& replayed);

}  // namespace commitlab
