// The life of a transaction's slot in a World: absent, begun, at rest, retired, so that many transactions can run one
// after another in one World. These are no steps: they say which transactions the steps are about.
#pragma once

#include "sim/world.hpp"

namespace commitlab {

/// Makes w a World in which nothing has begun yet. It keeps the memory that it has.
template <Protocol P>
void clear(World<P>& w, std::size_t nodes, std::size_t transactions, const Faults& faults) {
  assert(nodes >= 1 && nodes <= static_cast<std::size_t>(kMaxNodes));
  assert(transactions >= 1 && transactions <= kMaxTransactions);
  w.faults = faults;
  w.nodes = static_cast<std::uint8_t>(nodes);
  w.transactions = static_cast<std::uint8_t>(transactions);
  w.faults_stopped = false;
  w.up = w.all();
  w.side = {};
  w.slots.assign(nodes * transactions, {.part = Part::absent});
  w.logs.resize(nodes);
  for (auto& log : w.logs) log.entries.clear(), log.durable = 0;
  w.flight.clear();
}

/// A transaction begins in a slot that is absent. Nodes that are up are going to start it; one that is down finds it when
/// it comes back, with no record of it. `yes` are those who vote yes.
template <Protocol P>
void begin(World<P>& w, std::uint8_t transaction, NodeSet yes) {
  w.all().each([&](NodeId id) {
    auto& slot = w.slot(id, transaction);
    assert(slot.part == Part::absent);
    slot = {.part = w.is_up(id) ? Part::waiting : Part::lost, .vote = id == kCoordinator || yes.has(id) ? Vote::yes : Vote::no};
  });
}

/// Is there nothing in this World that could still happen in the transaction, but for new faults? Not if it has messages
/// in flight, or a part that has not started, waits for its timer, or may be recovered.
template <Protocol P>
bool at_rest(const World<P>& w, std::uint8_t transaction) {
  bool rest = std::none_of(w.flight.begin(), w.flight.end(), [&](const auto& envelope) { return envelope.transaction == transaction; });
  w.all().each([&](NodeId id) {
    const auto& slot = w.slot(id, transaction);
    const bool may_recover = slot.part == Part::lost && (w.is_up(id) || w.faults.recovery != Recovery::never);
    rest = rest && slot.part != Part::waiting && !slot.timer.armed && !may_recover;
  });
  return rest;
}

/// The World forgets a transaction: its parts, its messages, its records.
template <Protocol P>
void retire(World<P>& w, std::uint8_t transaction) {
  w.all().each([&](NodeId id) { w.slot(id, transaction) = {.part = Part::absent}; });
  if (w.transactions == 1) {  // all messages and records are its
    w.flight.clear();
    for (auto& log : w.logs) log.entries.clear(), log.durable = 0;
    return;
  }
  std::erase_if(w.flight, [&](const auto& envelope) { return envelope.transaction == transaction; });
  const auto of_it = [&](const auto& entry) { return entry.transaction == transaction; };
  for (auto& log : w.logs) {
    const auto forced = std::count_if(log.entries.begin(), log.entries.begin() + log.durable, of_it);
    log.durable -= static_cast<std::uint32_t>(forced);
    std::erase_if(log.entries, of_it);
  }
}

/// A node that is down comes back, and there is no transaction that it would have to recover.
template <Protocol P>
void come_up_idle(World<P>& w, NodeId id) {
  assert(!w.is_up(id));
  w.up.add(id);
  for (auto& slot : w.slots) slot.suspected.remove(id);
}

}  // namespace commitlab
