// The one relation: all that can happen next in a World. Every engine is a way of picking from it.
#pragma once

#include "sim/apply.hpp"
#include "sim/sight.hpp"

namespace commitlab {

namespace relation {

/// Does every node that is up take part in what has come?
template <Protocol P>
bool all_take_part(const World<P>& w) {
  bool all_running = true;
  w.up.each([&](NodeId id) {
    for (std::uint8_t t = 0; t < w.transactions; ++t) {
      const Part part = w.slot(id, t).part;
      const bool later = part == Part::waiting && !w.has_come(t, id);
      all_running = all_running && (part == Part::running || part == Part::absent || later);
    }
  });
  return all_running;
}

/// Synchronous timing: nothing is on its way to a node that is up, and every node that is up takes part in what has come.
template <Protocol P>
bool quiet(const World<P>& w) {
  for (const auto& envelope : w.flight)
    if (w.travelling(envelope)) return false;
  return all_take_part(w);
}

inline constexpr int kNoTimer = 256;

/// The ticks left of the timer that is due first.
template <Protocol P>
int fewest_ticks(const World<P>& w) {
  int fewest = kNoTimer;
  for (const auto& slot : w.slots)
    if (slot.timer.armed) fewest = std::min<int>(fewest, slot.timer.ticks_left);
  return fewest;
}

/// Which armed timers may fire truthfully: those with at most so many ticks left. While messages travel, these are the
/// timers that were due at the instant at which the first of them fired.
template <Protocol P>
int ticks_due(const World<P>& w) {
  if (w.faults.timing == Timing::asynchronous) return 0;
  return quiet(w) ? fewest_ticks(w) : 0;
}

inline constexpr std::size_t kMostRecordsLost = 255;  // by one crash: Step::lost has 8 bits

/// Calls visit(records_lost) for each suffix of the unforced records that a crash may take.
template <Protocol P>
void each_tail(const World<P>& w, std::size_t unforced, auto&& visit) {
  if (w.faults.recovery == Recovery::never) return visit(std::uint8_t{0});
  for (std::size_t lost = 0; lost <= std::min<std::size_t>(unforced, kMostRecordsLost); ++lost) visit(static_cast<std::uint8_t>(lost));
}

/// Calls visit(step, handled) for each way a crash may cut the step's effects short. A cut behind everything is left out:
/// it is the whole step, then a crash. So is one before everything, unless time has jumped to this step, or the disk is gone
/// with it: it is a crash, then the same event at a node that is down.
template <Protocol P>
void each_cut(const World<P>& w, Step step, const Handled<P>& handled, auto&& visit) {
  const auto effects = handled.out.list();
  std::size_t unforced = step.event == Event::wipe ? 0 : w.log(step.node).unforced();
  bool same_as_before = step.event != Event::wipe && (step.event != Event::timeout || w.faults.timing == Timing::asynchronous);
  for (std::size_t cut = 0; cut < effects.size(); ++cut) {
    step.cut = static_cast<std::uint8_t>(cut);
    const auto offer = [&](NodeSet part) {
      step.nodes = part;
      each_tail(w, unforced, [&](std::uint8_t lost) { step.lost = lost, visit(step, handled); });
    };
    if (!same_as_before) offer({});
    const auto& next = effects[cut];
    next.to.each_part(offer);
    if (next.what == Do::force) unforced = 0;
    if (next.what == Do::write) ++unforced;
    same_as_before = next.what == Do::arm || next.what == Do::disarm;  // a crash takes the timer anyway
  }
}

/// One event that runs a handler, whole and in every cut.
template <Protocol P>
void offer(const P& p, const World<P>& w, const Step& step, auto&& visit) {
  const Handled<P> handled = handle(p, w, step);
  visit(step, handled);
  if (w.faults.crash_points == CrashPoints::effects && w.faults.may_crash(step.node)) each_cut(w, step, handled, visit);
}

/// What a node must know of all the others before its own steps can be told.
struct Surroundings {
  int due = 0;        // timers with at most so many ticks left may fire truthfully
  NodeSet talking{};  // nodes with a message still on its way to somebody; asked only for protocols that suspect
};

template <Protocol P>
Surroundings surroundings(const World<P>& w) {
  Surroundings around{ticks_due(w), {}};
  if constexpr (Suspects<P>)
    for (const auto& envelope : w.flight)
      if (w.travelling(envelope)) around.talking.add(envelope.from);
  return around;
}

template <Protocol P>
void each_message(const P& p, const World<P>& w, NodeId id, auto&& visit) {
  const bool fifo = w.faults.channels == Channels::fifo, sticky = w.faults.channels == Channels::sticky;
  const Handled<P> nothing{};
  for (std::size_t i = 0; i < w.flight.size(); ++i) {
    const auto& envelope = w.flight[i];
    if (envelope.to != id || w.severed(envelope.from, envelope.to)) continue;
    const bool follower = i > 0 && w.flight[i - 1].same_channel(envelope);
    if (!fifo && i > 0 && w.flight[i - 1] == envelope) continue;  // a copy of the one before
    Step step{.event = Event::deliver, .node = envelope.to, .transaction = envelope.transaction};
    step.message = static_cast<std::uint16_t>(i);
    step.overtakes = fifo && follower;
    const bool in_turn = !step.overtakes;
    if (!w.is_up(envelope.to)) {
      step.event = Event::miss;
      if ((in_turn || w.faults.left.reorders > 0) && !sticky) visit(step, nothing);
      continue;
    }
    const auto receiving = w.receiving(envelope.to, envelope.transaction);
    if ((in_turn || w.faults.left.reorders > 0) && receiving) {
      step.transaction = *receiving;
      offer(p, w, step, visit);
      step.copy = true;
      if (w.faults.left.duplicates > 0) offer(p, w, step, visit);
    }
    if (in_turn && w.faults.left.losses > 0)
      visit(Step{.event = Event::lose, .node = envelope.to, .transaction = envelope.transaction, .message = step.message}, nothing);
  }
}

template <Protocol P>
void each_suspicion(const P& p, const World<P>& w, NodeId id, std::uint8_t t, NodeSet talking, auto&& visit) {
  (w.all().without(id) - w.slot(id, t).suspected).each([&](NodeId whom) {
    const bool falsely = w.is_up(whom);
    if (falsely ? w.faults.left.suspicions > 0 : !talking.has(whom))
      offer(p, w, Step{.event = Event::suspect, .node = id, .transaction = t, .whom = whom, .falsely = falsely}, visit);
  });
}

/// What may happen to one running part of a node, but for messages.
template <Protocol P>
void each_move(const P& p, const World<P>& w, NodeId id, std::uint8_t t, const Surroundings& around, auto&& visit) {
  const auto& slot = w.slot(id, t);
  if (slot.timer.armed && slot.timer.ticks_left <= around.due)
    offer(p, w, Step{.event = Event::timeout, .node = id, .transaction = t}, visit);
  else if (slot.timer.armed && w.faults.left.suspicions > 0)
    offer(p, w, Step{.event = Event::early, .node = id, .transaction = t}, visit);
  if constexpr (Suspects<P>) each_suspicion(p, w, id, t, around.talking, visit);
  if constexpr (Acts<P>)
    for (std::uint32_t rest = acts_now(p, w, id, t); rest != 0; rest &= rest - 1)
      offer(p, w, Step{.event = Event::act, .node = id, .transaction = t, .act = static_cast<std::uint8_t>(std::countr_zero(rest))}, visit);
}

template <Protocol P>
void each_event(const P& p, const World<P>& w, NodeId id, const Surroundings& around, auto&& visit) {
  const auto& left = w.faults.left;
  for (std::uint8_t t = 0; t < w.transactions; ++t) {
    const Part part = w.slot(id, t).part;
    if (w.is_up(id) && part == Part::waiting && w.has_come(t, id)) offer(p, w, Step{.event = Event::start, .node = id, .transaction = t}, visit);
    if (w.is_up(id) && part == Part::running) each_move(p, w, id, t, around, visit);
    if (part != Part::lost) continue;
    if (w.is_up(id) || w.faults.recovery == Recovery::any_time)
      offer(p, w, Step{.event = Event::recover, .node = id, .transaction = t}, visit);
    if (!w.is_up(id) && w.faults.recovery == Recovery::any_time && left.disk_losses > 0 && !w.log(id).entries.empty())
      offer(p, w, Step{.event = Event::wipe, .node = id, .transaction = t}, visit);
  }
  if (w.is_up(id) && w.faults.may_crash(id))
    each_tail(w, w.log(id).unforced(), [&](std::uint8_t lost) {
      visit(Step{.event = Event::crash, .node = id, .lost = lost}, Handled<P>{});
    });
}

/// All that may happen at one node. It rests on nothing but this node, the messages to it, what may still go wrong, and
/// its surroundings: so a search need work it out only once for each of these.
template <Protocol P>
void each_step_of(const P& p, const World<P>& w, NodeId id, const Surroundings& around, auto&& visit) {
  each_message(p, w, id, visit);
  each_event(p, w, id, around, visit);
}

template <Protocol P>
void each_split(const World<P>& w, auto&& visit) {
  const Handled<P> nothing{};
  if (w.partitioned()) return visit(Step{.event = Event::heal}, nothing);
  const NodeSet rest = w.all().without(kCoordinator);
  if (w.faults.left.partitions == 0 || rest.empty()) return;
  const auto split = [&](NodeSet side) { visit(Step{.event = Event::partition, .nodes = side}, nothing); };
  split(rest);
  rest.each_part(split);
}

/// What may happen to all at once.
template <Protocol P>
void each_common_step(const World<P>& w, auto&& visit) {
  each_split(w, visit);
  if (w.faults.recovery == Recovery::when_faults_stop) visit(Step{.event = Event::stop_faults}, Handled<P>{});
}

}  // namespace relation

/// Calls visit(Step, Handled) for everything that may happen next, in a fixed order. `Handled` is what the step's handler
/// asks for, run once and shared by all its cuts.
template <Protocol P>
void each_choice(const P& p, const World<P>& w, auto&& visit) {
  const relation::Surroundings around = relation::surroundings(w);
  w.all().each([&](NodeId id) { relation::each_step_of(p, w, id, around, visit); });
  relation::each_common_step(w, visit);
}

/// Can this very step happen now?
template <Protocol P>
bool can_happen(const P& p, const World<P>& w, const Step& step) {
  bool found = false;
  each_choice(p, w, [&](const Step& choice, const Handled<P>&) { found = found || choice == step; });
  return found;
}

}  // namespace commitlab
