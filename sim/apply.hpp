// How one step changes the World: the handler runs once, and its effects take place in order until a crash cuts them.
#pragma once

#include "sim/step.hpp"
#include "sim/world.hpp"

namespace commitlab {

/// What a handler asks for, before any of it has happened.
template <Protocol P>
struct Handled {
  typename P::State after{};
  EffectsOf<P> out{};
};

/// Runs the handler that the step calls for, if any. The World is not changed.
template <Protocol P>
Handled<P> handle(const P& p, const World<P>& w, const Step& step) {
  const auto& slot = w.slot(step.node, step.transaction);
  const Self self{step.node, w.all(), slot.vote};
  Handled<P> handled{slot.state, {}};
  switch (step.event) {
    case Event::start: p.start(handled.after, self, handled.out); break;
    case Event::timeout:
    case Event::early: p.timeout(handled.after, self, handled.out); break;
    case Event::deliver: {
      const auto& envelope = w.flight[step.message];
      p.receive(handled.after, self, envelope.from, envelope.message, handled.out);
      break;
    }
    case Event::suspect:
      if constexpr (Suspects<P>) p.suspect(handled.after, self, step.whom, handled.out);
      break;
    case Event::act:
      if constexpr (Acts<P>) p.act(handled.after, self, act_of<P>(step.act), handled.out);
      break;
    case Event::recover:
    case Event::wipe: {
      std::vector<typename P::Record> log;
      if (step.event == Event::recover)
        for (const auto& entry : w.log(step.node).entries)
          if (entry.transaction == step.transaction) log.push_back(entry.record);
      handled.after = {};
      p.recover(handled.after, self, log, handled.out);
      break;
    }
    case Event::miss:
    case Event::lose:
    case Event::crash:
    case Event::partition:
    case Event::heal:
    case Event::stop_faults: break;
  }
  return handled;
}

/// Nobody watches.
struct Unobserved {
  void operator()(NodeId, std::uint8_t, const auto&) const {}
};

namespace moves {

/// Time jumps to the timer that fires: all others lose the ticks it still had.
template <Protocol P>
void pass_time(World<P>& w, std::uint8_t ticks) {
  if (ticks == 0) return;
  for (auto& slot : w.slots)
    if (slot.timer.armed) slot.timer.ticks_left = static_cast<std::uint8_t>(slot.timer.ticks_left - ticks);
}

/// Whoever has reported `id` may do so again: it is not now what it was then.
template <Protocol P>
void forget(World<P>& w, NodeId id) {
  for (auto& slot : w.slots) slot.suspected.remove(id);
}

/// Messages across the split vanish.
template <Protocol P>
void sever(World<P>& w) {
  std::erase_if(w.flight, [&](const auto& envelope) { return w.severed(envelope.from, envelope.to); });
}

/// The node stops: of its memory nothing is left, of its log what was forced and what the crash happened to spare.
template <Protocol P>
void crash(World<P>& w, NodeId id, std::uint8_t records_lost) {
  w.up.remove(id);
  spend(w.faults.left.crashes);
  forget(w, id);  // whoever suspected it did so falsely, and may be told now
  auto& log = w.log(id);
  assert(records_lost <= log.unforced());
  log.entries.resize(log.entries.size() - records_lost);
  log.durable = static_cast<std::uint32_t>(log.entries.size());  // what survived this crash survives the next
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    auto& slot = w.slot(id, t);
    if (!w.has_come(t, id)) continue;  // of what has not begun there is nothing to recover
    slot.state = {};
    slot.timer = {};
    slot.suspected = {};
    slot.decided.now_abort = slot.decided.now_commit = false;
    if (slot.part != Part::absent) slot.part = Part::lost;
  }
  if (w.faults.recovery != Recovery::never) return;
  // Nobody will ever get what is on its way to this node, nor read its log: a search does not tell such logs apart.
  std::erase_if(w.flight, [&](const auto& envelope) { return envelope.to == id; });
}

template <Protocol P>
void come_back(World<P>& w, const Step& step) {
  if (!w.is_up(step.node)) {
    w.up.add(step.node);
    forget(w, step.node);
    if (step.event == Event::wipe) w.log(step.node) = {}, spend(w.faults.left.disk_losses);
  }
  w.slot(step.node, step.transaction).part = Part::running;
}

/// What the event itself changes, before its handler's effects.
template <Protocol P>
void happen(World<P>& w, const Step& step) {
  auto& slot = w.slot(step.node, step.transaction);
  const auto take = [&] { w.flight.erase(w.flight.begin() + step.message); };
  switch (step.event) {
    case Event::start: slot.part = Part::running; break;
    case Event::deliver:
      if (step.copy) spend(w.faults.left.duplicates);
      if (step.overtakes) spend(w.faults.left.reorders);
      if (!step.copy && w.faults.channels != Channels::sticky) take();
      break;
    case Event::miss:
      if (step.overtakes) spend(w.faults.left.reorders);
      take();
      break;
    case Event::lose: take(), spend(w.faults.left.losses); break;
    case Event::timeout: {
      const auto ticks = slot.timer.ticks_left;
      slot.timer = {};
      pass_time(w, ticks);
      break;
    }
    case Event::early: slot.timer = {}, spend(w.faults.left.suspicions); break;
    case Event::suspect:
      slot.suspected.add(step.whom);
      if (step.falsely) spend(w.faults.left.suspicions);
      break;
    case Event::recover:
    case Event::wipe: come_back(w, step); break;
    case Event::crash: crash(w, step.node, step.lost); break;
    case Event::partition:
      w.side = step.nodes;
      spend(w.faults.left.partitions);
      if (w.faults.severed == Severed::lost) sever(w);
      break;
    case Event::heal: w.side = {}; break;
    case Event::stop_faults: w.faults = stopped(w.faults), w.faults_stopped = true; break;
    case Event::act: break;
  }
}

/// One effect takes place, in the step's slot and its node's log.
template <Protocol P>
void perform(World<P>& w, typename World<P>::Slot& slot, typename World<P>::Log& log, const Step& step, const typename EffectsOf<P>::Effect& effect) {
  switch (effect.what) {
    case Do::send:
      w.reached(step.node, effect.to).each([&](NodeId to) { put(w, {step.node, to, w.number_of(step.transaction), effect.message}); });
      break;
    case Do::force:
    case Do::write:
      log.entries.push_back({effect.record, step.transaction});
      if (effect.what == Do::force) log.durable = static_cast<std::uint32_t>(log.entries.size());
      break;
    case Do::decide: {
      const bool commit = effect.decision == Decision::commit;
      (commit ? slot.decided.ever_commit : slot.decided.ever_abort) = true;
      (commit ? slot.decided.now_commit : slot.decided.now_abort) = true;
      break;
    }
    case Do::arm: slot.timer = {true, w.faults.timing == Timing::synchronous ? effect.ticks : std::uint8_t{0}}; break;
    case Do::disarm: slot.timer = {}; break;
  }
}

}  // namespace moves

/// Makes one step happen, given what its handler asks for, and tells observe(NodeId, transaction, Effect) each effect as
/// it takes place; of a torn broadcast only the part that is sent.
template <Protocol P, class Observe = Unobserved>
void apply(World<P>& w, const Step& step, const Handled<P>& handled, const Observe& observe = {}) {
  moves::happen(w, step);
  const auto effects = handled.out.list();
  auto& slot = w.slot(step.node, step.transaction);
  auto& log = w.log(step.node);
  if (runs_handler(step.event)) slot.state = handled.after;
  const bool whole = step.cut == Step::kWhole, tears = !whole && !step.nodes.empty();
  typename EffectsOf<P>::Effect torn;
  const auto* const last = effects.data() + (whole ? effects.size() : step.cut + (tears ? 1u : 0u));
  for (const auto* effect = effects.data(); effect != last; ++effect) {
    const auto* takes_place = effect;
    if (tears && effect + 1 == last) torn = *effect, torn.to = step.nodes, takes_place = &torn;
    moves::perform<P>(w, slot, log, step, *takes_place);
    observe(step.node, step.transaction, *takes_place);
  }
  if (!whole) moves::crash(w, step.node, step.lost);
}

/// Makes one step happen. The step must be one that each_choice offers for this World.
template <Protocol P, class Observe = Unobserved>
void apply(const P& p, World<P>& w, const Step& step, const Observe& observe = {}) {
  apply(w, step, handle(p, w, step), observe);
}

}  // namespace commitlab
