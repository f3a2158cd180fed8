// Participants under other numbers: the same world for a protocol that treats them alike.
#pragma once

#include "sim/world.hpp"

namespace commitlab {

/// Which number each node gets. The coordinator keeps 0.
class Renaming {
 public:
  Renaming() {
    for (std::size_t i = 0; i < to_.size(); ++i) to_[i] = node_id(i);
  }
  void swap(NodeId a, NodeId b) { std::swap(to_[index(a)], to_[index(b)]); }
  void set(NodeId id, NodeId to) { to_[index(id)] = to; }

  NodeId operator()(NodeId id) const { return to_[index(id)]; }
  NodeSet operator()(NodeSet set) const {
    NodeSet renamed;
    set.each([&](NodeId id) { renamed.add((*this)(id)); });
    return renamed;
  }
  /// Every id and set within a packed value; numbers and enumerators stay as they are.
  template <class T>
    requires(!std::is_same_v<T, NodeId> && !std::is_same_v<T, NodeSet>)
  T operator()(T value) const {
    each_atom(value, [&](std::string_view, auto& atom) {
      using A = std::remove_cvref_t<decltype(atom)>;
      if constexpr (std::is_same_v<A, NodeId> || std::is_same_v<A, NodeSet>) atom = (*this)(atom);
    });
    return value;
  }

 private:
  std::array<NodeId, kMaxNodes> to_;
};

template <Protocol P>
void rename(typename World<P>::Slot& slot, const Renaming& to) {
  slot.state = to(slot.state);
  slot.suspected = to(slot.suspected);
}
template <Protocol P>
void rename(typename World<P>::Log& log, const Renaming& to) {
  for (auto& entry : log.entries) entry.record = to(entry.record);
}
/// Messages between two nodes keep their order.
template <Protocol P>
void rename_flight(World<P>& w, const Renaming& to) {
  using Envelope = typename World<P>::Envelope;
  for (auto& envelope : w.flight) envelope = {to(envelope.from), to(envelope.to), envelope.transaction, to(envelope.message)};
  std::stable_sort(w.flight.begin(), w.flight.end(), [&](const Envelope& a, const Envelope& b) {
    if (w.faults.channels != Channels::fifo) return Envelope::order(a, b) < 0;
    return a.to != b.to ? a.to < b.to : a.from < b.from;
  });
}

/// The world in which every node has its new number.
template <Protocol P>
World<P> renamed(const World<P>& w, const Renaming& to) {
  World<P> other = w;
  other.up = to(w.up);
  other.side = to(w.side);
  other.faults.crash_only = to(w.faults.crash_only);
  w.all().each([&](NodeId id) {
    other.log(to(id)) = w.log(id);
    rename<P>(other.log(to(id)), to);
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      other.slot(to(id), t) = w.slot(id, t);
      rename<P>(other.slot(to(id), t), to);
    }
  });
  rename_flight(other, to);
  return other;
}

}  // namespace commitlab
