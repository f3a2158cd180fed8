// What a protocol could do without, in plain values: one thing that it does no more, and what that breaks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/verdict.hpp"

namespace commitlab {

/// Of whom something is said. Each node but the coordinator is a participant, whatever duties it takes over.
enum class Role : std::uint8_t { coordinator, participant };

enum class Loss : std::uint8_t {
  unforced,   // a record is written where it was forced: a crash may lose it
  unwritten,  // a record is not written at all
  unsent,     // a message is not sent
};

/// A protocol weakened in one respect: no node of that role does the one thing any more. `what` is the kind of a record or
/// message: its enumerator, or that of its first field which has enumerators.
struct Weakening {
  Role who{};
  Loss how{};
  std::string what{};
  friend bool operator==(const Weakening&, const Weakening&) = default;
};

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
