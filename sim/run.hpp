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
  /// What nodes did again and again in a transaction that was given up, and would have gone on doing for ever: an act that
  /// stays enabled; or, once everybody has decided, a timer that is set anew, or a message that answers another.
  struct Endless {
    Event event = Event::act;  // or timeout, or deliver
    std::string what{};        // the act
    std::vector<int> nodes{};  // where
    std::uint64_t times = 0;   // all together
  };
  Trace trace{};                              // of the first transactions, as many as were asked for
  std::vector<Transaction> transactions{};    // in the order of their start
  std::uint64_t seed = 0;
  std::int64_t ended_ns = 0;
  bool horizon = false;      // it was cut there; otherwise nothing was left to happen
  bool synchronous = true;   // no timer fired while a message was on its way: the run is one of the synchronous relation too
  std::uint64_t events = 0;
  std::vector<Endless> endless{};
  std::vector<bool> came_up{};  // [scripted fault]: see Simulation::came_up
  std::string stopped{};    // why it was given up before its horizon: a limit of time or memory; empty if it was not
};

}  // namespace commitlab
