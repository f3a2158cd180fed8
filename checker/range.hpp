// The least and the greatest chance of each outcome, whoever chooses the order of events: plain values.
#pragma once

#include <cstdint>
#include <string>

#include "checker/interval.hpp"
#include "sim/faults.hpp"

namespace commitlab {

/// Of one transaction, over all schedulers: what the unluckiest and the luckiest order of events makes of the same odds.
struct OddsRange {
  struct Extremes {
    Interval least, greatest;  // each contains the true chance

    /// From least.low to greatest.high: no scheduler is outside.
    Interval outer() const { return {least.low, greatest.high}; }
  };

  std::string refused{}; // why there is no range; empty if there is one
  Extremes commits{}, aborts{}, blocked{}, breaks{};
  Timing timing = Timing::asynchronous;  // of the orders
  std::uint32_t states = 0, choices = 0;
  bool whole = true;       // every state was looked at, however unlikely
  bool conclusive = true;  // no interval is wider than 10^-9
  double seconds = 0;      // of computing
  std::string stopped{};   // why it is not conclusive
};

}  // namespace commitlab
