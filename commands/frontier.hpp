// The least faults that break each property, as two verbs tell them.
#pragma once

#include "commands/session.hpp"
#include "reports/frontier_report.hpp"

namespace commitlab {

/// Answers `frontier`, with a table, or `check --min-faults`, with runs and, if `--save` is given, a play for each.
Answer answer_least_faults(const Words& words, const Session& session, Verb verb, FrontierView view);

}  // namespace commitlab
