// What every commit protocol owes the world, on what the world can see of it (Bernstein, Hadzilacos, Goodman 1987, ch. 7).
#pragma once

#include "sim/world.hpp"

namespace commitlab {

/// AC1: no two nodes decide differently. Uniform agreement counts every decision ever made; otherwise those of nodes that
/// are up now.
template <Protocol P>
bool agreement(const World<P>& w, bool uniform = true) {
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    bool abort = false, commit = false;
    (uniform ? w.all() : w.up).each([&](NodeId id) {
      const Decisions& decided = w.slot(id, t).decided;
      abort = abort || decided.ever_abort;
      commit = commit || decided.ever_commit;
    });
    if (abort && commit) return false;
  }
  return true;
}

/// AC2: no node decides twice, differently.
template <Protocol P>
bool stability(const World<P>& w) {
  return std::none_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.decided.ever_abort && slot.decided.ever_commit; });
}

/// AC3: commit only if every participant votes yes.
template <Protocol P>
bool validity(const World<P>& w) {
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    bool commit = false, refused = false;
    w.all().each([&](NodeId id) {
      commit = commit || w.slot(id, t).decided.ever_commit;
      refused = refused || w.slot(id, t).vote == Vote::no;
    });
    if (commit && refused) return false;
  }
  return true;
}

/// The goal of AC5: every node is up and has decided since it last came up.
template <Protocol P>
bool all_decided(const World<P>& w) {
  return w.up == w.all() && std::all_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.part == Part::absent || slot.decided.now(); });
}

/// The goal of NB: every node that is up has decided since it last came up.
template <Protocol P>
bool live_decided(const World<P>& w) {
  bool all = true;
  w.up.each([&](NodeId id) {
    for (std::uint8_t t = 0; t < w.transactions; ++t) all = all && (w.slot(id, t).part == Part::absent || w.slot(id, t).decided.now());
  });
  return all;
}

/// The goal of AC4: every node has committed.
template <Protocol P>
bool all_committed(const World<P>& w) {
  return std::all_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.decided.now_commit; });
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
  if constexpr (Doubts<P>)
    w.up.each([&](NodeId id) {
      for (std::uint8_t t = 0; t < w.transactions; ++t) doubt = doubt || p.in_doubt(w.slot(id, t).state);
    });
  return doubt;
}

}  // namespace commitlab
