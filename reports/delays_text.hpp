// How long things take in virtual time, as a report tells it.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>

#include "sim/timeline.hpp"

namespace commitlab {

/// "message 1 to 5 ms (default), force 2 ms, timeout 50 ms a tick (default), ...": which of them are what a
/// scenario has that does not say is told. Those of `varied` (a sweep's axes) are told as such. Recovery is
/// told of where stopped nodes recover, `every` where it is set.
std::string delays_text(const Delays& delays, Recovery recovery, std::span<const std::string> varied = {});

/// ", each at its mean" where a delay is not constant, for answers that take them so; else nothing.
std::string means_text(const Delays& delays);

/// The same as --delay takes them, all but an `every` that is not set:
/// "message=1ms..5ms,force=0,timeout=50ms,...".
std::string delays_option(const Delays& delays);

/// By the keys and in the form of a scenario, in nanoseconds; the names of those that are defaults under
/// "defaults".
nlohmann::ordered_json delays_json(const Delays& delays);

}  // namespace commitlab
