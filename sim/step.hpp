// One move of the environment. A run is an initial World and a list of these; nothing else is random.
#pragma once

#include "sim/ids.hpp"

namespace commitlab {

enum class Event : std::uint8_t {
  deliver,      // a message reaches a node that is up, and its handler runs
  miss,         // a message reaches a node that is down
  lose,         // a message vanishes
  start,        // a node begins its part in a transaction
  timeout,      // a timer fires, truthfully
  early,        // a timer fires though its time has not come
  suspect,      // the failure detector reports `whom`, rightly or wrongly
  act,          // a spontaneous act of the protocol
  recover,      // a node comes back with its log (or has: then it recovers one more transaction)
  wipe,         // a node comes back with an empty log
  crash,        // a node stops, between handlers
  partition,    // the nodes split into `nodes` and the rest
  heal,         // the network is whole again
  stop_faults,  // from here on nothing new goes wrong, and everything may recover
};

struct Step {
  static constexpr std::uint8_t kWhole = 0xff;

  Event event{};
  NodeId node{};                 // whom it happens to
  std::uint8_t transaction = 0;  // deliver: the one that it is given to
  NodeId whom{};                 // suspect
  std::uint8_t act = 0;          // act: which
  std::uint16_t message = 0;     // deliver, miss, lose: the place in World::flight
  bool copy = false;             // deliver: the message stays in flight as well (duplicate)
  bool overtakes = false;        // deliver: out of order in its fifo channel
  bool falsely = false;          // suspect: whom is up
  std::uint8_t cut = kWhole;     // crash right after so many effects ...
  NodeSet nodes{};               // ... and, of the broadcast that comes next, only these are reached; partition: the split
  std::uint8_t lost = 0;         // crash: so many unforced records are gone, the latest first
  friend bool operator==(const Step&, const Step&) = default;

  bool crashes() const { return cut != kWhole || event == Event::crash; }
};

/// Does a handler of the protocol run?
constexpr bool runs_handler(Event event) {
  switch (event) {
    case Event::deliver:
    case Event::start:
    case Event::timeout:
    case Event::early:
    case Event::suspect:
    case Event::act:
    case Event::recover:
    case Event::wipe: return true;
    case Event::miss:
    case Event::lose:
    case Event::crash:
    case Event::partition:
    case Event::heal:
    case Event::stop_faults: return false;
  }
  return false;
}

/// A new fault, of which a budget may allow only so many. Coming back and healing are none.
constexpr bool is_fault(const Step& step) {
  switch (step.event) {
    case Event::lose:
    case Event::early:
    case Event::wipe:
    case Event::crash:
    case Event::partition: return true;
    case Event::deliver:
    case Event::start:
    case Event::timeout:
    case Event::suspect:
    case Event::act:
    case Event::recover:
    case Event::miss: return step.crashes() || step.copy || step.overtakes || step.falsely;
    case Event::heal:
    case Event::stop_faults: return false;
  }
  return false;
}

}  // namespace commitlab
