// What every commit protocol owes the world, on what the world can see of it (Bernstein, Hadzilacos, Goodman 1987, ch. 7).
#pragma once

#include "sim/world.hpp"

namespace commitlab {

/// What can be seen of one node: bit t of a word speaks of its part in transaction t.
struct Standing {
  std::uint64_t commits = 0, aborts = 0;  // has ever decided so
  std::uint64_t refuses = 0;              // votes no
  std::uint64_t undecided = 0;            // takes part, and has not decided since it last came up
  std::uint64_t silent = 0;               // takes part, and has never decided
  std::uint64_t uncommitted = 0;          // has not committed since it last came up
};

template <Protocol P>
Standing standing(const World<P>& w, NodeId id) {
  Standing its;
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    const auto& slot = w.slot(id, t);
    const auto mark = [&](std::uint64_t& word, bool is_so) { word |= std::uint64_t{is_so} << t; };
    mark(its.commits, slot.decided.ever_commit);
    mark(its.aborts, slot.decided.ever_abort);
    mark(its.refuses, slot.vote == Vote::no);
    mark(its.undecided, slot.part != Part::absent && !slot.decided.now());
    mark(its.silent, slot.part != Part::absent && !slot.decided.ever());
    mark(its.uncommitted, !slot.decided.now_commit);
  }
  return its;
}

/// The standings of some nodes, one upon the other.
struct Standings {
  std::uint64_t turncoats = 0;  // somebody has decided both ways
  Standing any{};

  void add(const Standing& its) {
    turncoats |= its.commits & its.aborts;
    any.commits |= its.commits, any.aborts |= its.aborts, any.refuses |= its.refuses, any.undecided |= its.undecided;
    any.silent |= its.silent, any.uncommitted |= its.uncommitted;
  }
  /// AC1: no two nodes decide differently. Uniform agreement is asked of the standings of all, otherwise of those that are up.
  bool agree() const { return (any.commits & any.aborts) == 0; }
  /// AC2: no node decides twice, differently.
  bool stable() const { return turncoats == 0; }
  /// AC3: commit only if every participant votes yes.
  bool valid() const { return (any.commits & any.refuses) == 0; }
  /// The goal of NB for the nodes that are up, and of AC5 once that is all: everybody has decided since it last came up.
  bool decided() const { return any.undecided == 0; }
  /// The goal of AC4.
  bool committed() const { return any.uncommitted == 0; }
};

template <Protocol P>
Standings standings(const World<P>& w, NodeSet who) {
  Standings all;
  who.each([&](NodeId id) { all.add(standing(w, id)); });
  return all;
}

/// AC1 in a World. Uniform agreement counts every decision ever made; otherwise those of nodes that are up now.
template <Protocol P>
bool agreement(const World<P>& w, bool uniform = true) { return standings(w, uniform ? w.all() : w.up).agree(); }
/// AC2 in a World.
template <Protocol P>
bool stability(const World<P>& w) { return standings(w, w.all()).stable(); }
/// AC3 in a World.
template <Protocol P>
bool validity(const World<P>& w) { return standings(w, w.all()).valid(); }
/// The goal of AC5: every node is up and has decided since it last came up.
template <Protocol P>
bool all_decided(const World<P>& w) { return w.up == w.all() && standings(w, w.all()).decided(); }
/// The goal of NB: every node that is up has decided since it last came up.
template <Protocol P>
bool live_decided(const World<P>& w) { return standings(w, w.up).decided(); }
/// The goal of AC4: every node has committed.
template <Protocol P>
bool all_committed(const World<P>& w) { return standings(w, w.all()).committed(); }

/// Is this node in doubt?
template <Protocol P>
bool in_doubt(const P& p, const World<P>& w, NodeId id) {
  bool doubt = false;
  if constexpr (Doubts<P>)
    for (std::uint8_t t = 0; t < w.transactions; ++t) doubt = doubt || p.in_doubt(w.slot(id, t).state);
  return doubt;
}

/// Is this node in doubt about a transaction that it has decided? By itself that contradicts what `in_doubt` means: it may not rest so.
template <Protocol P>
bool doubts_its_decision(const P& p, const World<P>& w, NodeId id, std::uint8_t transaction) {
  if constexpr (Doubts<P>) return w.slot(id, transaction).decided.now() && p.in_doubt(w.slot(id, transaction).state);
  return false;
}

/// Settled: every node has decided at some time, and nothing is in flight to a node that is up or may come back.
template <Protocol P>
bool settled(const World<P>& w) {
  return std::all_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.part == Part::absent || slot.decided.ever(); }) &&
         std::none_of(w.flight.begin(), w.flight.end(), [&](const auto& envelope) { return w.is_up(envelope.to) || w.faults.recovery != Recovery::never; });
}

/// Is some node that is up in doubt?
template <Protocol P>
bool somebody_in_doubt(const P& p, const World<P>& w) {
  bool doubt = false;
  w.up.each([&](NodeId id) { doubt = doubt || in_doubt(p, w, id); });
  return doubt;
}

}  // namespace commitlab
