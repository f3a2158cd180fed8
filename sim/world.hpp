// The whole system as one value: every node with its log, every message in flight, and what may still go wrong.
#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "sim/faults.hpp"
#include "sim/protocol.hpp"

namespace commitlab {

/// Transactions in one World at most.
inline constexpr std::size_t kMaxTransactions = 64;

/// A process's part in one transaction begins with `start`; in a specification all are `running` from the beginning. A crash
/// leaves it `lost` until the process has recovered it.
enum class Part : std::uint8_t { absent, waiting, running, lost };

/// A node's one timer of one transaction. Under asynchronous timing the ticks left are not kept: it may always fire.
struct Timer {
  bool armed = false;
  std::uint8_t ticks_left = 0;  // 0 while armed: due at this very instant
};

template <Protocol P>
struct World {
  using State = typename P::State;
  using Message = typename P::Message;
  using Record = typename P::Record;
  using Envelope = commitlab::Envelope<Message>;

  /// One node's part in one transaction.
  struct Slot {
    State state{};
    Part part = Part::waiting;
    Timer timer{};
    Decisions decided{};
    Vote vote = Vote::yes;
    NodeSet suspected{};  // whom its failure detector has reported
  };
  struct Entry {
    Record record{};
    std::uint8_t transaction = 0;
  };
  /// A node's disk: one log for all its transactions. Forcing a record forces all that was written before it.
  struct Log {
    std::vector<Entry> entries{};
    std::uint32_t durable = 0;  // so many of them survive any crash
    std::size_t unforced() const { return entries.size() - durable; }
  };

  Faults faults{};              // what may still go wrong
  std::uint8_t nodes = 0;       // the coordinator included
  std::uint8_t transactions = 1;
  bool faults_stopped = false;  // from here on AC5 counts: no new fault, and everything may recover
  NodeSet up{};
  NodeSet side{};               // of a partition: the group without node 0; empty while the network is whole
  std::vector<Slot> slots{};    // [node * transactions + transaction]
  std::vector<Log> logs{};      // [node]
  std::vector<Envelope> flight{};

  NodeSet all() const { return NodeSet::first(nodes); }
  Slot& slot(NodeId id, std::uint8_t transaction = 0) { return slots[index(id) * transactions + transaction]; }
  const Slot& slot(NodeId id, std::uint8_t transaction = 0) const { return slots[index(id) * transactions + transaction]; }
  Log& log(NodeId id) { return logs[index(id)]; }
  const Log& log(NodeId id) const { return logs[index(id)]; }
  Self self(NodeId id, std::uint8_t transaction = 0) const { return {id, all(), slot(id, transaction).vote}; }
  bool is_up(NodeId id) const { return up.has(id); }

  /// May the node take part in this transaction yet?
  bool has_come(std::uint8_t transaction, NodeId id) const {
    return transaction == 0 || faults.transaction_order == TransactionOrder::overlapping || slot(id, static_cast<std::uint8_t>(transaction - 1)).decided.ever();
  }
  /// The number that a message of this transaction carries.
  std::uint8_t number_of(std::uint8_t transaction) const { return faults.messages == Messages::numbered ? transaction : std::uint8_t{0}; }
  /// The transaction that a message to this node is given to: the one whose number it carries, or else the latest that the node
  /// takes part in. None if it takes part in none such now.
  std::optional<std::uint8_t> receiving(NodeId id, std::uint8_t number) const {
    const bool numbered = faults.messages == Messages::numbered;
    for (std::uint8_t t = numbered ? number : static_cast<std::uint8_t>(transactions - 1);; --t) {
      if (slot(id, t).part == Part::running) return t;
      if (numbered || t == 0) return std::nullopt;
    }
  }

  bool partitioned() const { return !side.empty(); }
  bool severed(NodeId a, NodeId b) const { return side.has(a) != side.has(b); }
  /// Those of `to` to whom a message from this node is not lost at once: across a partition, or to a node that is down for good.
  NodeSet reached(NodeId from, NodeSet to) const {
    if (faults.recovery == Recovery::never) to = to & up;
    if (partitioned() && faults.severed == Severed::lost) to = side.has(from) ? to & side : to - side;
    return to;
  }
  /// Does `a` stand before `b` in flight, wherever they come from? In a fifo channel messages stand as they were sent.
  bool before(const Envelope& a, const Envelope& b) const {
    if (faults.channels != Channels::fifo) return Envelope::order(a, b) < 0;
    return a.to != b.to ? a.to < b.to : a.from < b.from;
  }
  /// On its way, as far as time is concerned: to a node that is up, not held back by a partition, and not of a transaction that its
  /// addressee may not begin yet.
  bool travelling(const Envelope& e) const { return is_up(e.to) && !severed(e.from, e.to) && has_come(e.transaction, e.to); }
};

/// The world before anything has happened. votes[i] says who votes yes in transaction i; node 0 coordinates.
template <Protocol P>
World<P> initial(std::size_t nodes, std::span<const NodeSet> votes, const Faults& faults) {
  assert(nodes >= 1 && nodes <= static_cast<std::size_t>(kMaxNodes));
  assert(!votes.empty() && votes.size() <= kMaxTransactions);
  World<P> w;
  w.faults = faults;
  w.nodes = static_cast<std::uint8_t>(nodes);
  w.transactions = static_cast<std::uint8_t>(votes.size());
  w.up = w.all();
  w.slots.resize(nodes * votes.size());
  w.logs.resize(nodes);
  for (std::uint8_t t = 0; t < w.transactions; ++t)
    w.all().each([&](NodeId id) {
      auto& slot = w.slot(id, t);
      slot.vote = id == kCoordinator || votes[t].has(id) ? Vote::yes : Vote::no;
      if constexpr (Specification<P>) slot.part = Part::running;
    });
  return w;
}
template <Protocol P>
World<P> initial(std::size_t nodes, NodeSet yes, const Faults& faults) {
  return initial<P>(nodes, std::span<const NodeSet>(&yes, 1), faults);
}

/// Puts a message in flight that is not lost at once.
template <Protocol P>
void put(World<P>& w, const typename World<P>::Envelope& envelope) {
  constexpr std::size_t kFew = 32;
  auto& flight = w.flight;
  if (!w.faults.copies && std::find(flight.begin(), flight.end(), envelope) != flight.end()) return;
  if (flight.size() > kFew) {
    const auto before = [&](const auto& a, const auto& b) { return w.before(a, b); };
    flight.insert(std::upper_bound(flight.begin(), flight.end(), envelope, before), envelope);
    return;
  }
  flight.push_back(envelope);
  auto place = flight.end() - 1;
  for (; place != flight.begin() && w.before(envelope, place[-1]); --place) *place = place[-1];
  *place = envelope;
}

}  // namespace commitlab
