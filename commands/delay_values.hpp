// The delays of virtual time as options have them: --delay, and the axes of --vary that are times.
#pragma once

#include <optional>
#include <string_view>

#include "commands/values.hpp"
#include "sim/timeline.hpp"

namespace commitlab {

/// Sets those delays that are given: "message=1ms..5ms,force=2ms,timeout=50ms". A distribution is a time, the
/// least and the greatest of equally likely ones, "exponential:MEAN", or "lognormal:MEDIAN:SIGMA".
void set_delays(const Value& value, Delays& delays);

}  // namespace commitlab
