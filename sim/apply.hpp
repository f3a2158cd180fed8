// How one step changes the World: the handler runs once, and its effects take place in order until a crash cuts them.
#pragma once

#include <span>
#include <vector>

#include "sim/step.hpp"
#include "sim/world.hpp"

namespace commitlab {

/// What a handler asks for, before any of it has happened.
template <Protocol P>
struct Handled {
  typename P::State after{};
  EffectsOf<P> out{};
};

/// Runs the handler that the step calls for, if any, on this state of its node, of which `self` tells what else it knows. `envelope` is
/// the message that is delivered; log() is what a recovery finds, asked for only there.
template <Protocol P>
void handle(const P& p, const Self& self, const Step& step, const typename World<P>::Envelope& envelope, auto&& log, typename P::State& state,
            EffectsOf<P>& out) {
  switch (step.event) {
    case Event::start: return p.start(state, self, out);
    case Event::timeout:
    case Event::early: return p.timeout(state, self, out);
    case Event::deliver: return p.receive(state, self, envelope.from, envelope.message, out);
    case Event::suspect:
      if constexpr (Suspects<P>) p.suspect(state, self, step.whom, out);
      return;
    case Event::act:
      if constexpr (Acts<P>) p.act(state, self, act_of<P>(step.act), out);
      return;
    case Event::recover:
    case Event::wipe: {
      const std::vector<typename P::Record> records = log();
      state = {};
      return p.recover(state, self, records, out);
    }
    case Event::miss:
    case Event::lose:
    case Event::crash:
    case Event::partition:
    case Event::heal:
    case Event::stop_faults: return;
  }
}

/// What a node finds in its log when it comes back by this step.
template <Protocol P>
std::vector<typename P::Record> found_by(const World<P>& w, const Step& step) {
  std::vector<typename P::Record> records;
  if (step.event == Event::recover)
    for (const auto& entry : w.log(step.node).entries)
      if (entry.transaction == step.transaction) records.push_back(entry.record);
  return records;
}

/// The same of a node in a World, whose state may be the one there.
template <Protocol P>
void handle(const P& p, const World<P>& w, const Step& step, const typename World<P>::Envelope& envelope, typename P::State& state,
            EffectsOf<P>& out) {
  const Self self{step.node, w.all(), w.slot(step.node, step.transaction).vote};
  handle(p, self, step, envelope, [&] { return found_by(w, step); }, state, out);
}

/// The same, on a copy. The World is not changed.
template <Protocol P>
Handled<P> handle(const P& p, const World<P>& w, const Step& step) {
  constexpr typename World<P>::Envelope kNone{};
  Handled<P> handled{w.slot(step.node, step.transaction).state, {}};
  handle(p, w, step, step.event == Event::deliver ? w.flight[step.message] : kNone, handled.after, handled.out);
  return handled;
}

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
void happen(World<P>& w, const Step& step, bool in_flight) {
  auto& slot = w.slot(step.node, step.transaction);
  const auto take = [&] {
    if (in_flight) w.flight.erase(w.flight.begin() + step.message);
  };
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

template <Protocol P>
void send(World<P>& w, const Step& step, NodeSet reached, typename P::Message message) {
  reached.each([&](NodeId to) { put(w, {step.node, to, w.number_of(step.transaction), message}); });
}
template <class Log, class Record>
void write(Log& log, const Step& step, Do what, const Record& record) {
  log.entries.push_back({record, step.transaction});
  if (what == Do::force) log.durable = static_cast<std::uint32_t>(log.entries.size());
}
inline void decide(Decisions& decided, Decision decision) {
  const bool commit = decision == Decision::commit;
  (commit ? decided.ever_commit : decided.ever_abort) = true;
  (commit ? decided.now_commit : decided.now_abort) = true;
}
template <Protocol P>
void arm(const World<P>& w, Timer& timer, std::uint8_t ticks) {
  timer = {true, w.faults.timing == Timing::synchronous ? ticks : std::uint8_t{0}};
}

/// One effect takes place, in the step's slot and its node's log.
template <Protocol P>
void perform(World<P>& w, auto& slot, auto& log, const Step& step, const auto& effect) {
  switch (effect.what) {
    case Do::send: return send(w, step, w.reached(step.node, effect.to), effect.message);
    case Do::force:
    case Do::write: return write(log, step, effect.what, effect.record);
    case Do::decide: return decide(slot.decided, effect.decision);
    case Do::arm: return arm(w, slot.timer, effect.ticks);
    case Do::disarm: slot.timer = {};
  }
}

}  // namespace moves

/// Makes one step happen, but for the state that its handler leaves: its effects, by perform(slot, log, effect) in its slot and its
/// node's log; of a torn broadcast it is given only the part that is sent. `in_flight`: the message is in World::flight.
template <Protocol P>
void apply(World<P>& w, const Step& step, std::span<const typename EffectsOf<P>::Effect> effects, bool in_flight, auto&& perform) {
  moves::happen(w, step, in_flight);
  auto& slot = w.slot(step.node, step.transaction);
  auto& log = w.log(step.node);
  const bool whole = step.cut == Step::kWhole;
  for (const auto& effect : whole ? effects : effects.first(step.cut)) perform(slot, log, effect);
  if (whole) return;
  if (!step.nodes.empty()) {
    auto torn = effects[step.cut];
    torn.to = step.nodes;
    perform(slot, log, torn);
  }
  moves::crash(w, step.node, step.lost);
}

/// Nobody watches.
struct Unobserved {
  void operator()(NodeId, std::uint8_t, const auto&) const {}
};

/// Makes one step happen, given what its handler asks for, and tells observe(NodeId, transaction, Effect) each effect as it takes
/// place; of a torn broadcast only the part that is sent.
template <Protocol P, class Observe = Unobserved>
void apply(World<P>& w, const Step& step, const Handled<P>& handled, const Observe& observe = {}) {
  if (runs_handler(step.event)) w.slot(step.node, step.transaction).state = handled.after;
  apply<P>(w, step, handled.out.list(), true, [&](auto& slot, auto& log, const auto& effect) {
    moves::perform(w, slot, log, step, effect);
    observe(step.node, step.transaction, effect);
  });
}

/// Makes one step happen. The step must be one that each_choice offers for this World.
template <Protocol P, class Observe = Unobserved>
void apply(const P& p, World<P>& w, const Step& step, const Observe& observe = {}) {
  apply(w, step, handle(p, w, step), observe);
}

}  // namespace commitlab
