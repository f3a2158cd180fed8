// One thing that a protocol is made to do without, in plain values.
#pragma once

#include <cstdint>
#include <string>

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

}  // namespace commitlab
