// What lies between the product rule and the exact chance of a commit, by kinds of faults: plain values.
#pragma once

#include <string>
#include <vector>

#include "checker/interval.hpp"

namespace commitlab {

/// Each kind of fault that the setting has, switched off in turn.
struct Gap {
  struct Cause {
    std::string name;       // what the product rule assumes not to happen, such as "messages are lost"
    Interval commits{};     // with this switched off, and all else as it is
    double explains = 0;    // by how much that is more than with all of them; below 0 if without it fewer commit
  };
  double product = 0;         // the chance of a commit by the product rule
  double exact = 0;           // and with all faults
  std::vector<Cause> causes;  // none, if the setting has no faults that the rule assumes away
  Cause all{};                // switched off at once; what is left then is for timeouts that come too early
  double seconds = 0;         // of computing
  std::string stopped{};      // why it is not told; empty if it is
};

}  // namespace commitlab
