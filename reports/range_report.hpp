// The range of each outcome over all orders of events, told.
#pragma once

#include <string>

#include "checker/range.hpp"

namespace commitlab {

/// "0.97831 to 0.97853", rounded outwards, to four decimals at least; one number to ten decimals where the ends are less than 10^-9 apart.
std::string range_text(const OddsRange::Extremes& extremes);
/// The same of one that could not be settled says so.
std::string range_text(const OddsRange& range, const OddsRange::Extremes& extremes);

/// Bounds below 10^-9: "0 to 8.4e-11", rounded outwards; ten digits where they are no further apart than that.
std::string tiny_text(const Interval& chance);

/// Who chooses the order, how the range was found, and how far it can be trusted; or why there is none.
std::string range_sentence(const OddsRange& range);

}  // namespace commitlab
