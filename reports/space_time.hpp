// A run as a space-time diagram has it: which sending each arrival belongs to, what each node is for how long, and which timer was set
// when. All pictures and foreign formats of a run are drawn from this.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/trace.hpp"

namespace commitlab {

struct SpaceTime {
  /// A place in a run: what happens in a line, or one of its effects.
  struct Point {
    static constexpr int kEvent = -1;
    std::size_t line = 0;    // as many as there are lines: behind the last
    int effect = kEvent;
    std::int64_t at_ns = 0;  // virtual time
  };

  enum class Fate : std::uint8_t {
    delivered,
    missed,    // it reached a node that is down
    lost,      // it vanished
    severed,   // it vanished in a partition: at its edge, or when it began
    stranded,  // its addressee is down, or stopped while it was under way, and nobody ever comes back
    merged,    // an equal message was under way to the same node already: it adds none
    under_way  // when the run is over
  };
  struct Message {
    std::string word{};
    int from = 0, to = 0, transaction = 0;
    Point sent{}, ended{};
    Fate fate = Fate::under_way;
    std::optional<std::size_t> copy_of{};  // one more arrival of that message
    std::size_t gone = 0;                  // the line from which on it can arrive no more: that of `ended`, unless channels are sticky
  };

  /// A node's part in one transaction, as long as it looks the same.
  struct Stretch {
    int node = 0, transaction = 0;
    Point from{}, to{};
    NodeView view{};
  };

  enum class Rings : std::uint8_t { fired, early, disarmed, set_again, crashed, running };
  struct Timer {
    int node = 0, transaction = 0, ticks = 0;
    Point armed{}, ended{};
    Rings how = Rings::running;
  };

  struct Split {
    Point from{}, to{};
    std::vector<int> side{};  // the group without node 0
  };

  std::vector<Message> messages{};                    // in the order of their sending; copies in that of their arrival, among them
  std::vector<Stretch> stretches{};                   // by node, then transaction, then time
  std::vector<Timer> timers{};                        // in the order of their setting
  std::vector<Split> splits{};
  std::vector<std::optional<std::size_t>> message_of{};  // [line]: the message that arrives or vanishes there
  std::vector<std::optional<std::size_t>> cause{};       // [line]: an earlier line without which it would not happen: of its message's
                                                         // sending, its timer's setting, the crash before a recovery
  Point end{};
};

/// Of a trace as it is recorded or narrated: its lines in parts.
SpaceTime space_time(const Trace& trace);

/// The messages that are on their way to a node once a line has happened, in the order of their sending.
std::vector<std::size_t> inbox_after(const SpaceTime& run, std::size_t line, int node);

}  // namespace commitlab
