// Participants that no rule and no fault tells apart, renamed in an order of what each is: of worlds that differ in names alone most
// become one.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "sim/rename.hpp"
#include "sim/timeline.hpp"

namespace commitlab {

/// Of Worlds of one transaction whose votes have been drawn. Whatever the order, a renamed World has the same future as before, up to
/// names; so a poor order only lets more worlds stand.
template <Protocol P>
class SortedParticipants {
 public:
  SortedParticipants(const P& p, std::size_t nodes, const Faults& faults, const Chances& chances) : keys_(nodes) {
    const NodeSet participants = NodeSet::first(nodes).without(kCoordinator);
    const bool crash_alike = faults.crash_only.includes(participants) || (faults.crash_only - participants) == faults.crash_only;
    bool likely_alike = true;
    participants.each([&](NodeId id) { likely_alike = likely_alike && chances.crash_of(id) == chances.crash_of(node_id(1)); });
    if (ordered(p) || !crash_alike || !likely_alike) return;
    participants.each([&](NodeId id) { names_.push_back(id); });
  }

  /// Those that may be renamed.
  NodeSet names() const {
    NodeSet names;
    for (const NodeId id : names_) names.add(id);
    return names;
  }

  void operator()(World<P>& w) {
    if (names_.size() < 2) return;
    for (const NodeId id : names_) tell(w, id, keys_[index(id)]);
    const auto before = [&](NodeId a, NodeId b) { return keys_[index(a)] < keys_[index(b)]; };
    if (std::is_sorted(names_.begin(), names_.end(), before)) return;
    std::vector<NodeId> order = names_;
    std::stable_sort(order.begin(), order.end(), before);
    Renaming to;
    for (std::size_t i = 0; i < order.size(); ++i) to.set(order[i], names_[i]);
    w = renamed(w, to);
  }

 private:
  /// What a participant is, in words that are the same whatever its name and those of others.
  static void tell(const World<P>& w, NodeId self, std::string& key) {
    key.clear();
    const auto put = [&](const auto& value) { key.append(reinterpret_cast<const char*>(&value), sizeof value); };
    const auto role = [&](NodeId id) { put(id == self ? 's' : id == kCoordinator ? 'c' : 'o'); };
    const auto tell_all = [&](const auto& value) {
      each_atom(value, [&](std::string_view, const auto& atom) {
        using A = std::remove_cvref_t<decltype(atom)>;
        if constexpr (std::is_same_v<A, NodeId>) role(atom);
        else if constexpr (std::is_same_v<A, NodeSet>) put(atom.has(self)), put(atom.has(kCoordinator)), put(atom.size());
        else put(atom);
      });
    };
    const auto& slot = w.slot(self);
    put(w.is_up(self)), put(slot.part), put(slot.vote), put(slot.timer.armed), put(slot.timer.ticks_left);
    put(slot.decided.ever_abort), put(slot.decided.ever_commit), put(slot.decided.now_abort), put(slot.decided.now_commit);
    tell_all(slot.state);
    for (const auto& entry : w.log(self).entries) tell_all(entry.record);
    each_atom(w.slot(kCoordinator).state, [&](std::string_view, const auto& atom) {
      using A = std::remove_cvref_t<decltype(atom)>;
      if constexpr (std::is_same_v<A, NodeId>) put(atom == self);
      else if constexpr (std::is_same_v<A, NodeSet>) put(atom.has(self));
    });
    for (const auto& envelope : w.flight)
      if (envelope.from == self || envelope.to == self) role(envelope.from), role(envelope.to), tell_all(envelope.message);
  }

  std::vector<NodeId> names_;  // of those that may be renamed
  std::vector<std::string> keys_;
};

}  // namespace commitlab
