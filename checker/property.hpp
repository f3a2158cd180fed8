// What is asked of a protocol, by name, and the three answers (Bernstein, Hadzilacos, Goodman 1987, ch. 7).
#pragma once

#include <cstdint>
#include <string_view>

namespace commitlab {

enum class Property : std::uint8_t {
  AC1,       // agreement: no two nodes decide differently
  AC2,       // stability: no node decides twice, differently
  AC3,       // validity: commit only if every participant voted yes
  AC4,       // non-triviality: all yes and no fault: commit, and nothing else
  AC5,       // termination: once faults stop and all recover, every node can decide
  NB,        // non-blocking: the same without any recovery, for the nodes that are up
  conserve,  // conservation: totals are what they were whenever all is settled
  custom,    // a named property of the protocol's own
};

/// The word a reader knows it by: "agreement" for AC1.
std::string_view plain_name(Property property);

enum class Status : std::uint8_t { holds, violated, inconclusive };

/// Does a decision count that was taken by a node which is down now (uniform), or not (live)?
enum class Agreement : std::uint8_t { uniform, live };

}  // namespace commitlab
