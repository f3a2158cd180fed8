// Parts of a World without the names of interchangeable participants: what shape a part has, and in which ways it names
// each of them.
#pragma once

#include <string>

#include "sim/world.hpp"

namespace commitlab {

struct Named {
  std::string shape{};
  std::vector<std::string> roles{};  // of each node; empty: it is not named
  bool mentions = false;
  bool separable = true;
};

namespace naming {

inline constexpr char kSomebody = '\xff';

/// Writes a value without members' names to `shape`, and how it names each of them to `roles`: a byte for each atom.
template <class T>
void take_apart(const T& value, NodeSet members, std::string& shape, std::vector<std::string>& roles, NodeSet& named) {
  each_atom(value, [&](std::string_view, const auto& atom) {
    using A = std::remove_cvref_t<decltype(atom)>;
    if constexpr (std::is_same_v<A, NodeSet>) {
      const NodeSet rest = atom - members;
      shape.append(reinterpret_cast<const char*>(&rest), sizeof rest);
      members.each([&](NodeId id) { roles[index(id)] += atom.has(id) ? '1' : '0'; });
      named = named | (atom & members);
    } else if constexpr (std::is_same_v<A, NodeId>) {
      shape += members.has(atom) ? kSomebody : static_cast<char>(atom);
      members.each([&](NodeId id) { roles[index(id)] += atom == id ? '1' : '0'; });
      if (members.has(atom)) named.add(atom);
    } else {
      shape.append(reinterpret_cast<const char*>(&atom), sizeof atom);
    }
  });
}

}  // namespace naming

/// Of a node's slots and log.
template <Protocol P>
Named own_names(const World<P>& w, NodeId node, bool with_log, NodeSet members) {
  Named its;
  its.roles.resize(w.nodes);
  NodeSet named;
  const auto put = [&](const auto& value) { its.shape.append(reinterpret_cast<const char*>(&value), sizeof value); };
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    const auto& slot = w.slot(node, t);
    naming::take_apart(slot.state, members, its.shape, its.roles, named);
    if (Suspects<P>) naming::take_apart(slot.suspected, members, its.shape, its.roles, named);
    put(slot.part), put(slot.vote), put(slot.timer.armed), put(slot.timer.ticks_left);
    put(slot.decided.ever_abort), put(slot.decided.ever_commit), put(slot.decided.now_abort), put(slot.decided.now_commit);
  }
  if (with_log) {
    const auto& log = w.log(node);
    for (std::size_t i = 0; i < log.entries.size(); ++i) {
      naming::take_apart(log.entries[i].record, members, its.shape, its.roles, named);
      put(log.entries[i].transaction), put(i < log.durable);
    }
  }
  its.mentions = !named.empty();
  return its;
}

/// Of the messages on their way to a node: their order counts only within a channel, and only if channels are fifo.
template <Protocol P>
Named inbox_names(const World<P>& w, NodeId node, NodeSet members) {
  Named its;
  its.roles.resize(w.nodes);
  std::vector<std::string> shapes;
  std::vector<std::vector<std::string>> roles(w.nodes);
  NodeSet named;
  std::uint16_t behind = 0;
  for (std::size_t i = 0; i < w.flight.size(); ++i) {
    const auto& envelope = w.flight[i];
    if (envelope.to != node) continue;
    const bool follows = w.faults.channels == Channels::fifo && i > 0 && w.flight[i - 1].same_channel(envelope);
    behind = static_cast<std::uint16_t>(follows ? behind + 1 : 0);
    NodeSet in_message;
    std::string shape;
    std::vector<std::string> its_roles(w.nodes);
    naming::take_apart(envelope.message, members, shape, its_roles, in_message);
    its.separable = its.separable && in_message.empty();
    naming::take_apart(envelope.from, members, shape, its_roles, in_message);
    shape += static_cast<char>(envelope.transaction);
    shape.append(reinterpret_cast<const char*>(&behind), sizeof behind);
    in_message.each([&](NodeId id) { roles[index(id)].push_back(shape + its_roles[index(id)]); });
    named = named | in_message;
    shapes.push_back(std::move(shape));
  }
  const auto joined = [](std::vector<std::string>& pieces) {
    std::sort(pieces.begin(), pieces.end());
    std::string all;
    for (const auto& piece : pieces) all += static_cast<char>(piece.size()) + piece;
    return all;
  };
  its.shape = joined(shapes);
  for (std::size_t id = 0; id < roles.size(); ++id) its.roles[id] = joined(roles[id]);
  its.mentions = !named.empty();
  return its;
}

}  // namespace commitlab
