// `show --format`: a run in our own format, or in that of another tool.
#pragma once

#include <optional>
#include <string>

#include "commands/session.hpp"
#include "reports/run_formats.hpp"
#include "sim/run.hpp"

namespace commitlab {

/// The format that is asked for, if one is. Throws a Refusal for one that there is not, and beside --json.
std::optional<RunFormat> run_format_of(const Words& words);

/// A play or a trace that was made again, as far as it went.
std::string formatted(RunFormat format, const Asked& asked, const Replayed& again);

/// A run that was simulated; a trace of it also says how the properties stand at its end, found within the limits. Throws a Refusal for a trace of one that could not be made again.
std::string formatted(RunFormat format, const Asked& asked, const Run& run, const Limits& limits);

}  // namespace commitlab
