// What may go wrong: budgets (how often, in a search) and switches (how the faulty world behaves).
#pragma once

#include "sim/ids.hpp"

namespace commitlab {

/// `asynchronous`: an armed timer may fire at any time. `synchronous`: time passes only when no message is on its way
/// to a node that is up; then the timers with the fewest ticks left fire, and no others.
enum class Timing : std::uint8_t { asynchronous, synchronous };

/// `bag`: messages overtake each other freely. `fifo`: in order between two nodes. `sticky`: never consumed.
enum class Channels : std::uint8_t { bag, fifo, sticky };

/// Of several transactions: `overlapping`, a node may begin any at any time. `serial`, it begins one once it has decided
/// the one before it; others may be behind.
enum class TransactionOrder : std::uint8_t { overlapping, serial };

/// `numbered`: each says of which transaction it is. `unnumbered`: it belongs to the latest that its addressee has begun, so that
/// what is left of one transaction reaches another.
enum class Messages : std::uint8_t { numbered, unnumbered };

/// Where a crash may fall: between any two effects of a handler (broadcasts torn), or between handlers only.
enum class CrashPoints : std::uint8_t { effects, handlers };

/// What a partition does to messages across it: lose them, or hold them until it heals.
enum class Severed : std::uint8_t { lost, held };

/// When a stopped node may come back with its log. `when_faults_stop` is `never` while the search injects faults, but
/// keeps disks and messages of stopped nodes, because AC5 asks what happens once everything is repaired.
enum class Recovery : std::uint8_t { never, when_faults_stop, any_time };

/// How often each fault may still happen. kUnlimited is never used up.
struct Budgets {
  std::uint8_t crashes = 0;      // a node stops
  std::uint8_t disk_losses = 0;  // a node comes back with an empty log
  std::uint8_t losses = 0;       // a message vanishes
  std::uint8_t duplicates = 0;   // a message is delivered, and stays in flight
  std::uint8_t reorders = 0;     // fifo channels: a message overtakes an earlier one
  std::uint8_t partitions = 0;   // the nodes split in two groups
  std::uint8_t suspicions = 0;   // a timer fires early, or a node that is up is reported as down
  friend constexpr bool operator==(const Budgets&, const Budgets&) = default;
};
inline constexpr std::uint8_t kUnlimited = 255;

/// The faults of one question, and in a World: those that may still happen.
struct Faults {
  Budgets left{};
  Recovery recovery = Recovery::never;
  Timing timing = Timing::asynchronous;
  Channels channels = Channels::bag;
  CrashPoints crash_points = CrashPoints::effects;
  Severed severed = Severed::lost;
  TransactionOrder transaction_order = TransactionOrder::overlapping;
  Messages messages = Messages::numbered;
  bool copies = false;    // a message equal to one in flight is a second copy (in runs), or the same one (in searches)
  NodeSet crash_only{};   // who may crash; empty: everyone
  friend constexpr bool operator==(const Faults&, const Faults&) = default;

  constexpr bool may_crash(NodeId id) const {
    return left.crashes > 0 && (crash_only.empty() || crash_only.has(id));
  }
};

/// Takes one from a budget that is not used up.
constexpr void spend(std::uint8_t& budget) {
  if (budget != kUnlimited) --budget;
}

/// The same world after faults have stopped: no new ones, and whatever is down may come back.
constexpr Faults stopped(Faults faults) {
  faults.left = {};
  faults.recovery = Recovery::any_time;
  return faults;
}

/// The same world in which nothing fails and timers tell the truth. Sticky messages know no synchrony, nor rest.
constexpr Faults undisturbed(const Faults& faults) {
  return {.timing = Timing::synchronous,
          .channels = faults.channels == Channels::fifo ? Channels::fifo : Channels::bag,
          .transaction_order = faults.transaction_order,
          .messages = faults.messages};
}

}  // namespace commitlab
