// For tests of symmetry: a protocol in which everything names participants, walks through its worlds, and orders of names.
#pragma once

#include <random>
#include <vector>

#include "sim/apply.hpp"
#include "sim/choices.hpp"
#include "sim/rename.hpp"

namespace commitlab {

/// Everybody tells the others of whom it has heard: states, logs and messages name participants.
struct Gossip {
  std::string_view name = "gossip";
  std::string_view summary = "for tests";
  struct Message {
    NodeId of{};
    static constexpr void fields(auto& m, auto&& field) { field("of", m.of); }
  };
  struct Record {
    NodeId of{};
    static constexpr void fields(auto& r, auto&& field) { field("of", r.of); }
  };
  struct State {
    NodeSet heard;
    static constexpr void fields(auto& s, auto&& field) { field("heard", s.heard); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const { out.send(self.others(), {self.id}); }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    const bool old = s.heard.has(m.of);
    s.heard.add(m.of);
    if (old) return;
    out.force({m.of});
    out.send(self.others().without(from), {m.of});
  }
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State&) const { return false; }
  std::span<const Claim> claims() const { return {}; }
};

/// Worlds that come one after the other, by any steps.
template <Protocol P>
std::vector<World<P>> walk(const P& p, World<P> w, std::size_t length, std::mt19937_64& random) {
  std::vector<World<P>> worlds;
  while (worlds.size() < length) {
    worlds.push_back(w);
    std::vector<Step> steps;
    each_choice(p, w, [&](const Step& step, const Handled<P>&) { steps.push_back(step); });
    if (steps.empty()) break;
    apply(p, w, steps[random() % steps.size()]);
  }
  return worlds;
}

/// The participants in any order; the coordinator keeps its number.
inline Renaming any_order(std::size_t participants, std::mt19937_64& random) {
  Renaming to;
  for (std::size_t a = participants; a > 1; --a) to.swap(node_id(a), node_id(1 + random() % a));
  return to;
}

}  // namespace commitlab
