// Part of simulate.hpp: how a handler runs, is cut short by a crash, and what its effects put on the agenda.
#pragma once

#include "sim/simulate.hpp"

namespace commitlab {

/// Runs the step's handler. False if the node crashed before any of it, so that the step has not happened.
template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::run_handler(const Step& step, Parcel parcel, const Envelope& envelope) {
  State& state = w_.slot(step.node, step.transaction).state;
  Handled<P> handled{state, {}};  // nobody watches: the handler runs in place, and here is what was before, should it be cut
  handle(p_, w_, step, envelope, kWatched ? handled.after : state, handled.out);
  Times times;
  if (!steady_) draw_times(handled.out.list(), times);
  const bool crashes = cuttable_ && draws_crash(step.node);
  if (crashes || (cuttable_ && script_.concerns(step.node))) {
    if (steady_) draw_times(handled.out.list(), times);
    if (const TimedCut cut = cut_of(step.node, crashes, handled.out.list(), times); cut.crashes) {
      if (!kWatched) std::swap(handled.after, state);
      return cut_short(step, handled, times, cut, parcel);
    }
  }
  perform(step, handled, steady_ ? nullptr : times.data(), parcel, &nodes_[index(step.node)]);
  return true;
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::draw_times(std::span<const Effect> effects, Times& times) {
  Nanoseconds* time = times.data();
  Nanoseconds at = *time = now_;
  for (const Effect& effect : effects) {
    if (effect.what == Do::force) at += draw(setting_.delays.force, rng_);
    *++time = at;
  }
}

template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::draws_crash(NodeId id) {
  const NodeSet may = setting_.faults.crash_only;
  return (may.empty() || may.has(id)) && rng_.chance(setting_.chances.crash_of(id));
}

/// Whether and where a crash falls within these effects: by chance, if it `crashes`, by a script's time, or set off by an effect.
template <Protocol P, class Votes, class Watch, class Chance>
auto Simulation<P, Votes, Watch, Chance>::cut_of(NodeId id, bool crashes, std::span<const Effect> effects, const Times& times) -> TimedCut {
  TimedCut cut;
  if (crashes) {
    static_cast<Cut&>(cut) = draw_cut<P>(effects, setting_.faults.crash_points, rng_);
    cut.at = times[cut.position];
  }
  if (!script_.concerns(id)) return cut;

  const Nanoseconds crash_at = script_.next_crash(id);
  for (std::uint8_t k = 0; crash_at >= now_ && k < effects.size() && (!cut.crashes || k <= cut.position); ++k)
    if (times[k] > crash_at || (times[k] == crash_at && crash_at > now_)) cut = {{true, k, {}}, crash_at};

  bool set_off = false;
  for (std::uint8_t k = 0; !set_off && k < (cut.crashes ? cut.position : effects.size()); ++k) {
    script_.template each_set_off<P>(id, effects[k], [&](std::uint32_t i) {
      if (script_[i].what == ScriptedFault::Do::crash && script_[i].whom == id) {
        set_off = true;
        came_up_[i] = true;
        return;
      }
      script_.time(i, times[k]);
      agenda_.schedule(times[k], Kind::script, i);
    });
    if (set_off) cut = {{true, static_cast<std::uint8_t>(k + 1), {}}, times[k]};
  }
  return cut;
}

/// The handler runs as far as the crash lets it. False as in run_handler.
template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::cut_short(Step step, const Handled<P>& handled, const Times& times, const TimedCut& drawn,
                                            Parcel parcel) {
  const auto effects = handled.out.list();
  const Cut cut = earliest<P>(drawn, effects);
  const NodeId id = step.node;
  if (cut.position == effects.size()) {
    perform(step, handled, times.data(), parcel);
    crash(id, drawn.at);
    return true;
  }
  if (cut.position == 0 && cut.part.empty()) {
    if (w_.is_up(id)) crash(id, drawn.at);
    else stay_down(id, drawn.at);
    return false;
  }
  step.cut = cut.position;
  step.nodes = cut.part;
  step.lost = draw_lost(w_, unforced_at<P>(w_, step, effects, cut.position), rng_);
  perform(step, handled, times.data(), parcel);
  stopped(id, drawn.at);
  return true;
}

/// The step happens. `parcel` is its message's, if it has one. `times` are those of its effects; none where forced writes take always
/// as long. `busy` is its node, which its handler keeps busy unless that is cut; then, if nobody watches, the state has changed already.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::perform(const Step& step, const Handled<P>& handled, const Nanoseconds* times, Parcel parcel,
                                                  Node* busy) {
  if constexpr (kWatched) watch_.step(now_, w_, step, handled);
  ++result_.steps;
  if (runs_handler(step.event)) turns_.ran(step.node);
  if (parcel != kNoParcel) settle(step, parcel);
  if (step.event == Event::timeout && result_.synchronous)
    result_.synchronous = alarms_.in_step(w_, place(step.node, step.transaction), [&] { return quiet(); });

  const auto account = [&](auto&& change) {
    if (step.crashes())
      for (const std::uint8_t t : order_) change(t);
    else change(step.transaction);
  };
  account([&](std::uint8_t t) { live_[t].due -= due_in(step.node, t); });
  TransactionEnd& end = live_[step.transaction].end;
  bool decided = w_.slot(step.node, step.transaction).decided.ever();
  Nanoseconds next = now_, at = now_;
  const auto take_place = [&](auto& slot, auto& log, const Effect& effect) {
    at = next;
    if constexpr (kTimed) watch_.effect(at);
    if (times != nullptr) next = *++times;
    else if (effect.what == Do::force) next += setting_.delays.force.time;
    switch (effect.what) {
      case Do::send: return post(step, effect, at);
      case Do::force:
      case Do::write:
        if (effect.what == Do::force) ++end.costs.forced;
        ++end.costs.written;
        return moves::write(log, step, effect.what, effect.record);
      case Do::decide:
        moves::decide(slot.decided, effect.decision);
        if (decided) return;
        decided = true;
        end.first_decision = end.first_decision < 0 ? at : std::min(at, end.first_decision);
        end.last_decision = std::max(at, end.last_decision);
        return;
      case Do::arm:
        moves::arm(w_, slot.timer, effect.ticks);
        return alarms_.set(agenda_, place(step.node, step.transaction), at + effect.ticks * setting_.delays.timeout, effect.ticks);
      case Do::disarm: slot.timer = {};
    }
  };
  if ((kWatched || busy == nullptr) && runs_handler(step.event)) w_.slot(step.node, step.transaction).state = handled.after;
  apply<P>(w_, step, handled.out.list(), keeps_flight_, take_place);
  if (busy != nullptr) busy->busy_until = next, busy->last_effect_at = at;
  account([&](std::uint8_t t) {
    live_[t].due += due_in(step.node, t);
    no_longer_due(t, 0);
  });
  if constexpr (Acts<P> || Suspects<P>) look_ahead(step);
}

/// A crash between handlers. `at` is when it happens in virtual time, which may be later than now: when what the node has
/// begun is done.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::crash(NodeId id, Nanoseconds at) {
  perform({.event = Event::crash, .node = id, .lost = draw_lost(w_, w_.log(id).unforced(), rng_)});
  stopped(id, at);
}

/// What has waited for the node is missed, and what it was going to do is forgotten.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::stopped(NodeId id, Nanoseconds at) {
  Node& node = nodes_[index(id)];
  look_at_ends_ = true;
  if constexpr (kTimed) watch_.stopped(at);
  node.down_since = at;
  node.busy_until = node.last_effect_at = 0;
  node.wake_at = -1;
  if (faults_.recovery == Recovery::never) purge([&](const auto& parcel) { return parcel.envelope.to == id; });
  for (const std::uint8_t t : order_) {
    forget_plans(id, t);
    if constexpr (Suspects<P>)
      w_.up.each([&](NodeId observer) {
        if (w_.slot(observer, t).part == Part::running) plan_report(observer, t, id);
      });
  }
  for (; !node.idle(); ++node.read)
    if (node.inbox[node.read].kind() == Kind::message) turn_to(node.inbox[node.read]);
  node.inbox.clear();
  node.read = 0;
  stay_down(id, at);
}

/// The node is down. If nodes come back by themselves it may; if it never will, nothing waits for it any longer.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::stay_down(NodeId id, Nanoseconds at) {
  look_at_ends_ = true;
  if (!returns_ || !rng_.chance(setting_.chances.recovery)) return;
  nodes_[index(id)].back_at = at + draw(setting_.delays.recovery, rng_);
  agenda_.schedule(nodes_[index(id)].back_at, Kind::recover, static_cast<std::uint32_t>(index(id)));
}

/// A message leaves for all to whom it is not lost at once, in the order of their turns.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::post(const Step& step, const Effect& effect, Nanoseconds at) {
  Live& live = live_[step.transaction];
  effect.to.each([&](NodeId) { ++live.end.costs.messages; });
  const NodeSet reached = w_.reached(step.node, effect.to);
  if (keeps_flight_) put_in_flight(step, reached, effect.message);
  const auto leave_for = [&](NodeId to) {
    ++live.due;
    agenda_.schedule(at + draw(setting_.delays.message, rng_), Kind::message, post_.add({step.node, to, step.transaction, effect.message}));
  };
  if (!reached.empty() && reached == NodeSet(reached.lowest())) return leave_for(reached.lowest());
  for (const NodeId to : turns_)
    if (reached.has(to)) leave_for(to);
}

/// Is nothing on its way to a node that is up, and has every node begun what it may?
template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::quiet() const {
  if (keeps_flight_) return relation::quiet(w_);
  return !post_.any([&](const Envelope& envelope) { return w_.travelling(envelope); }) && relation::all_take_part(w_);
}

/// A parcel has been handled: a copy goes on its way again, and else the next in its channel need not wait any longer.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::settle(const Step& step, Parcel parcel) {
  if (step.copy) {
    post_[parcel].stage = Post<P>::Stage::travelling;
    return agenda_.schedule(now_ + draw(setting_.delays.message, rng_), Kind::message, parcel);
  }
  if (const Parcel next = post_.remove(parcel); next != kNoParcel) release(next);
  --live_[step.transaction].due;
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::release(Parcel parcel) {
  post_[parcel].stage = Post<P>::Stage::travelling;
  agenda_.schedule(now_, Kind::message, parcel);
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::purge(auto&& lost) {
  post_.purge(lost, [&](const auto& parcel) { no_longer_due(parcel.envelope.transaction); }, [&](Parcel next) { release(next); });
  std::erase_if(held_, [&](const Entry& entry) { return post_[entry.which()].stage != Post<P>::Stage::held; });
}

}  // namespace commitlab
