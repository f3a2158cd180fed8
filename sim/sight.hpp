// What a process may do by itself, given what it may see: its own state, or with a specification the messages on their
// way to it, or everybody's state.
#pragma once

#include "sim/world.hpp"

namespace commitlab {

/// What is in flight to a node in one transaction.
template <Protocol P>
Inbox<typename P::Message> inbox(const World<P>& w, NodeId id, std::uint8_t transaction) {
  const auto first = std::find_if(w.flight.begin(), w.flight.end(), [&](const auto& envelope) { return envelope.to == id; });
  const auto last = std::find_if(first, w.flight.end(), [&](const auto& envelope) { return envelope.to != id; });
  return {std::span(first, last), transaction};  // flight is sorted by addressee
}

/// A bit for each act that the node may do now in one transaction, as P::acts says; none if it has no acts.
template <Protocol P>
std::uint32_t acts_now(const P& p, const World<P>& w, NodeId id, std::uint8_t transaction) {
  const auto& state = w.slot(id, transaction).state;
  const Self self = w.self(id, transaction);
  if constexpr (SeesInbox<P>) {
    return p.acts(state, self, inbox(w, id, transaction));
  } else if constexpr (SeesStates<P>) {
    std::array<typename P::State, kMaxNodes> everyone;
    for (std::size_t i = 0; i < w.nodes; ++i) everyone[i] = w.slot(node_id(i), transaction).state;
    return p.acts(state, self, std::span<const typename P::State>(everyone.data(), w.nodes));
  } else if constexpr (Acts<P>) {
    return p.acts(state, self);
  } else {
    return 0;
  }
}

}  // namespace commitlab
