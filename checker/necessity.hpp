// What a protocol could do without, in plain values: one thing that it does no more, and what that breaks.
#pragma once

#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "checker/weakening.hpp"

namespace commitlab {

/// What becomes of the properties that the protocol keeps, without that one thing. If any is violated, the thing is needed;
/// if all hold, it is not: for these properties, under these faults.
struct Necessity {
  Weakening without{};
  Verdict verdict{};
};

struct Necessities {
  Verdict whole{};                  // of the protocol as it is
  std::vector<std::string> asked{};  // the properties that it keeps, in their order: only those are asked again
  std::vector<Necessity> without{};  // one for each thing that it does in some run
  double seconds = 0;
};

}  // namespace commitlab
