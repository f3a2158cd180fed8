// What became of one simulated run, in plain values.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/trace.hpp"

namespace commitlab {

struct Run {
  /// One transaction of the run.
  struct Transaction {
    std::string outcome{};       // "commits", "aborts", "blocked" or "breaks"
    std::int64_t began_ns = 0;
    std::int64_t latency_ns = 0;  // to the last decision; 0 if nobody decided
    std::uint64_t messages = 0, forced_writes = 0;
  };
  Trace trace{};                              // of the first transactions, as many as were asked for
  std::vector<Transaction> transactions{};    // in the order of their start
  std::uint64_t seed = 0;
  std::int64_t ended_ns = 0;
  bool horizon = false;      // it was cut there; otherwise nothing was left to happen
  bool synchronous = true;   // no timer fired while a message was on its way: the run is one of the synchronous relation too
  std::uint64_t events = 0;
  std::string stopped{};    // why it was given up before its horizon: a limit of time or memory; empty if it was not
};

}  // namespace commitlab
