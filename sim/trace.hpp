// A run told in words: plain strings, no protocol types, so that reports need to know none.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/faults.hpp"
#include "sim/step.hpp"

namespace commitlab {

/// What a node is at some moment, in words, for the reader of a run.
struct NodeView {
  bool up = true;
  bool in_doubt = false;
  std::string state{};                // "prepared"; with further fields behind it where they are not empty
  std::vector<std::string> log{};     // records, oldest first; an unforced one ends in "?"
  std::string decided{};              // "commit", "abort", both, or nothing: since it last came up
};

struct Trace {
  /// One effect in parts, for pictures and other formats; its words are in Line::effects, at the same place.
  struct Effect {
    enum class What : std::uint8_t { send, force, write, decide, arm, disarm, crash };
    What what{};
    std::string word{};         // the message, the record, or "commit" or "abort"
    std::vector<int> to{};      // send: to whom
    int count = 0;              // arm: ticks; crash: records lost
    std::int64_t at_ns = 0;     // virtual time, later than its line's if a forced write came before it
  };
  struct Line {
    std::int64_t at_ns = 0;             // virtual time; 0 in searches
    int node = 0;
    int transaction = 0;
    bool network = false;               // happened to the network, not to a node: partition, heal, faults stop
    std::string happened{};               // "deliver prepare from 0"
    std::vector<std::string> effects{};   // "force yes", "send yes to 0", "crash"
    NodeView after{};                   // of the node it happened to
    // The same in parts.
    Event event{};
    int peer = -1;                        // who sent the message, or who is suspected
    std::string word{};                   // the message, or the act
    bool copy = false;                    // the message stays on its way, too
    bool falsely = false;                 // who is suspected is up
    int lost_records = 0;                 // crash between handlers
    std::vector<int> side{};              // partition: the group without node 0
    std::vector<Effect> parts{};          // as long as `effects`
    std::int64_t stopped_ns = 0;          // virtual time of the node's crash, if it crashes: no earlier than at_ns
  };
  std::string protocol{};
  std::vector<std::string> names{};       // of the nodes; [0] is the coordinator
  std::vector<std::string> votes{};       // one line of words for each transaction: "yes no"
  int transactions = 1;
  Faults faults{};                        // under which it began
  std::vector<NodeView> begin{};          // of every node before the first line, as `end`; empty in a simulated run
  std::vector<Line> lines{};
  std::vector<NodeView> end{};            // of every node when the run is over: [node * transactions + transaction]
};

/// One line in the words of a play: "1 deliver prepare from 0; force prepared; send yes to 0".
inline std::string told(const Trace::Line& line) {
  std::string words = line.network ? line.happened : std::to_string(line.node) + ' ' + line.happened;
  for (const auto& effect : line.effects) words += "; " + effect;
  return words;
}

}  // namespace commitlab
