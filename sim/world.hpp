// The whole system as one value: every node with its log, every message in flight, and what may still go wrong.
#pragma once

#include <algorithm>
#include <vector>

#include "sim/faults.hpp"
#include "sim/protocol.hpp"

namespace commitlab {

/// Transactions in one World at most.
inline constexpr std::size_t kMaxTransactions = 64;

/// A process's part in one transaction begins with `start`; in a specification all are `running` from the beginning. A crash
/// leaves it `lost` until the process has recovered it.
enum class Part : std::uint8_t { absent, waiting, running, lost };

/// What a node has decided: `ever` in its life, and `now`, that is since it last came up.
struct Decisions {
  bool ever_abort = false, ever_commit = false;
  bool now_abort = false, now_commit = false;  // at most one, unless AC2 is broken
  bool ever() const { return ever_abort || ever_commit; }
  bool now() const { return now_abort || now_commit; }
};

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

  bool partitioned() const { return !side.empty(); }
  bool severed(NodeId a, NodeId b) const { return side.has(a) != side.has(b); }
  /// On its way, as far as time is concerned: to a node that is up, and not held back by a partition.
  bool travelling(const Envelope& e) const { return is_up(e.to) && !severed(e.from, e.to); }
};

/// Named predicates of a protocol's own: properties(world, claim) calls claim(name, holds) for each of them.
template <class P>
concept HasProperties = requires(const P p, const World<P>& w) { p.properties(w, [](std::string_view, bool) {}); };

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

/// Puts a message in flight, unless it is lost at once: across a partition, or to a node that is down for good.
template <Protocol P>
void put(World<P>& w, const typename World<P>::Envelope& envelope) {
  using Envelope = typename World<P>::Envelope;
  if (!w.is_up(envelope.to) && w.faults.recovery == Recovery::never) return;
  if (w.severed(envelope.from, envelope.to) && w.faults.severed == Severed::lost) return;
  if (!w.faults.copies && std::find(w.flight.begin(), w.flight.end(), envelope) != w.flight.end()) return;
  const auto before = [&](const Envelope& a, const Envelope& b) {
    if (w.faults.channels != Channels::fifo) return Envelope::order(a, b) < 0;
    return a.to != b.to ? a.to < b.to : a.from < b.from;  // after all that is in its channel
  };
  w.flight.insert(std::upper_bound(w.flight.begin(), w.flight.end(), envelope, before), envelope);
}

}  // namespace commitlab
