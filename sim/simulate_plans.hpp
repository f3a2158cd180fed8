// Part of simulate.hpp: what a node does by itself, and what its failure detector tells it.
#pragma once

#include "sim/simulate.hpp"

namespace commitlab {

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::report(Entry entry) {
  if constexpr (Suspects<P>) {
    const std::uint32_t where = entry.which() / kMaxNodes;
    const NodeId observer = node_of(where), whom = node_id(entry.which() % kMaxNodes);
    const std::uint8_t t = transaction_of(where);
    if (!spontaneous_[where].reports.has(whom)) return;
    spontaneous_[where].reports.remove(whom);
    no_longer_due(t);
    if (w_.is_up(whom) || w_.slots[where].suspected.has(whom)) return;
    const auto on_its_way = [&](const auto& envelope) { return envelope.from == whom && w_.travelling(envelope); };
    if (std::any_of(w_.flight.begin(), w_.flight.end(), on_its_way)) return plan_report(observer, t, whom);
    run_handler({.event = Event::suspect, .node = observer, .transaction = t, .whom = whom});
  }
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::act(Entry entry) {
  if constexpr (Acts<P>) {
    Step step = step_of(Event::act, entry);
    if (!spontaneous_[entry.which()].act) return;
    spontaneous_[entry.which()].act = false;
    no_longer_due(step.transaction);
    std::uint32_t acts = p_.acts(w_.slots[entry.which()].state, w_.self(step.node, step.transaction));
    if (acts == 0) return;
    for (auto skip = rng_.below(static_cast<std::uint64_t>(std::popcount(acts))); skip > 0; --skip) acts &= acts - 1;
    step.act = static_cast<std::uint8_t>(std::countr_zero(acts));
    run_handler(step);
  }
}

/// After a handler has run: what the node may do by itself from now on, and whom it will miss.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::look_ahead(const Step& step) {
  const std::uint32_t where = place(step.node, step.transaction);
  if (!runs_handler(step.event) || !w_.is_up(step.node)) return;
  if constexpr (Acts<P>) {
    if (!spontaneous_[where].act && p_.acts(w_.slots[where].state, w_.self(step.node, step.transaction)) != 0) {
      spontaneous_[where].act = true;
      ++live_[step.transaction].due;
      agenda_.schedule(nodes_[index(step.node)].busy_until + draw(setting_.delays.message, rng_), Kind::act, where);
    }
  }
  if constexpr (Suspects<P>) {
    const bool comes = step.event == Event::start || step.event == Event::recover || step.event == Event::wipe;
    if (comes) (w_.all() - w_.up).each([&](NodeId whom) { plan_report(step.node, step.transaction, whom); });
  }
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::plan_report(NodeId observer, std::uint8_t t, NodeId whom) {
  auto& reports = spontaneous_[place(observer, t)].reports;
  if (reports.has(whom)) return;
  reports.add(whom);
  ++live_[t].due;
  agenda_.schedule(now_ + setting_.delays.timeout, Kind::report, place(observer, t) * kMaxNodes + static_cast<std::uint32_t>(index(whom)));
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::forget_plans(NodeId id, std::uint8_t t) {
  auto& plans = spontaneous_[place(id, t)];
  no_longer_due(t, static_cast<std::uint32_t>(plans.reports.size()) + (plans.act ? 1u : 0u));
  plans = {};
}

}  // namespace commitlab
