// Virtual time in plain values: how long things take, how likely faults are, and which are scripted.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/delays.hpp"
#include "sim/faults.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// How long things take, in nanoseconds of virtual time.
struct Delays {
  Delay message = Delay::uniform(1'000'000, 5'000'000);  // from sending to arrival
  Delay force{};                                                 // of one forced write
  Delay recovery = Delay::constant(200'000'000);         // from a crash to coming back, where recovery is on
  Nanoseconds timeout = 50'000'000;                              // one tick of a timer
  Nanoseconds every = 0;                                         // between the starts of transactions; 0: when the last is over
  Nanoseconds horizon = 10'000'000'000;                          // a transaction is given up when it is older than this
};

/// Odds, all independent. A fault without a chance does not happen in a run, unless it is scripted.
struct Chances {
  Probability loss{};          // per message
  Probability duplicate{};     // per message
  Probability reorder{};       // per message of a fifo channel: it does not wait for earlier ones
  Probability crash{};         // per handler run, of every node alike
  Probability disk_loss{};     // per recovery
  Probability recovery{1, 1};  // per stop, where recovery is on: the node comes back some time, instead of never
  std::vector<Probability> crash_by_node{};  // [node], instead of `crash`; 0 for a node beyond its end; empty: see `crash`

  Probability crash_of(NodeId id) const {
    if (crash_by_node.empty()) return crash;
    return index(id) < crash_by_node.size() ? crash_by_node[index(id)] : Probability{};
  }
  bool may_crash(NodeId id) const { return crash_of(id).numerator > 0; }
  bool may_crash() const {
    if (crash_by_node.empty()) return crash.numerator > 0;
    return std::any_of(crash_by_node.begin(), crash_by_node.end(), [](const Probability& chance) { return chance.numerator > 0; });
  }
};

/// What several participants run on. Whether it fails is drawn once a transaction: then the work of none of them succeeds.
struct SharedHost {
  NodeSet participants{};
  Probability fails{};
  friend constexpr bool operator==(const SharedHost&, const SharedHost&) = default;
};

/// A fault at a time, or when a node first does something.
struct ScriptedFault {
  enum class Do : std::uint8_t { crash, recover, partition, heal };

  Nanoseconds at = -1;  // virtual time; negative: see `node` and `words`
  NodeId node{};        // whose effect it waits for ...
  std::string words{};  // ... in the words of a play: "force yes"
  Do what = Do::crash;
  NodeId whom{};        // crash, recover
  NodeSet side{};       // partition: one of the two groups
};

/// What a simulated run is made of, apart from its protocol, its votes and its seed. Of `faults`, the switches count: the
/// budgets, and the timing, are a search's. Recovery::any_time brings stopped nodes back by themselves, with Chances::recovery.
struct Setting {
  std::size_t nodes = 2;  // the coordinator included
  Faults faults{};
  Chances chances{};
  Delays delays{};
  std::vector<ScriptedFault> script{};
  std::uint32_t transactions = 1;                         // one after another, or every `delays.every`
  std::uint64_t most_steps = std::uint64_t{1} << 32;      // a run ends after so many, come what may

  /// May a stopped node come back by itself?
  bool returns() const { return faults.recovery == Recovery::any_time && chances.recovery.numerator > 0; }
};

}  // namespace commitlab
