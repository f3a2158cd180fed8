// Part of simulate.hpp: how a handler runs, is cut short by a crash, and what its effects put on the agenda.
#pragma once

#include "sim/simulate.hpp"

namespace commitlab {

/// Runs the step's handler. False if the node crashed before any of it, so that the step has not happened.
template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::run_handler(const Step& step, Parcel parcel) {
  const Handled<P> handled = handle(p_, w_, step);
  const auto effects = handled.out.list();
  Times times;
  Nanoseconds* time = times.data();
  Nanoseconds at = *time = now_;
  for (const Effect& effect : effects) {
    if (effect.what == Do::force) at += draw(setting_.delays.force, rng_);
    *++time = at;
  }
  if (cuttable_)
    if (const TimedCut cut = cut_of(step, effects, times); cut.crashes) return cut_short(step, handled, times, cut, parcel);
  Node& node = nodes_[index(step.node)];
  node.busy_until = times[effects.size()];
  node.last_effect_at = effects.empty() ? now_ : times[effects.size() - 1];
  perform(step, handled, times, parcel);
  return true;
}

/// Whether and where a crash falls within these effects: by chance, by a script's time, or set off by one of the effects.
template <Protocol P, class Votes, class Watch, class Chance>
auto Simulation<P, Votes, Watch, Chance>::cut_of(const Step& step, std::span<const Effect> effects, const Times& times) -> TimedCut {
  const NodeId id = step.node;
  const NodeSet may = setting_.faults.crash_only;
  TimedCut cut;
  if ((may.empty() || may.has(id)) && rng_.chance(setting_.chances.crash_of(id))) {
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
    perform(step, handled, times, parcel);
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
  perform(step, handled, times, parcel);
  stopped(id, drawn.at);
  return true;
}

/// The step happens. `parcel` is its message's, if it has one.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::perform(const Step& step, const Handled<P>& handled, const Times& times, Parcel parcel) {
  tell(step, handled);
  ++result_.steps;
  if (runs_handler(step.event)) {
    const auto turn = std::find(turns_.begin(), turns_.end(), step.node);
    std::rotate(turn, turn + 1, turns_.end());
  }
  if (parcel != kNoParcel) settle(step, parcel);
  if (step.event == Event::timeout && result_.synchronous) result_.synchronous = alarms_.in_step(w_, place(step.node, step.transaction));

  const auto account = [&](auto&& change) {
    if (step.crashes())
      for (const std::uint8_t t : order_) change(t);
    else change(step.transaction);
  };
  account([&](std::uint8_t t) { live_[t].due -= due_in(step.node, t); });
  TransactionEnd& end = live_[step.transaction].end;
  bool decided = w_.slot(step.node, step.transaction).decided.ever();
  const Nanoseconds* time = times.data();
  apply(w_, step, handled, [&](NodeId id, std::uint8_t t, const Effect& effect) {
    const Nanoseconds at = *time++;
    switch (effect.what) {
      case Do::send: return post(id, effect, t, at);
      case Do::force: ++end.costs.forced, ++end.costs.written; return;
      case Do::write: ++end.costs.written; return;
      case Do::decide:
        if (decided) return;
        decided = true;
        end.first_decision = end.first_decision < 0 ? at : std::min(at, end.first_decision);
        end.last_decision = std::max(at, end.last_decision);
        return;
      case Do::arm: return alarms_.set(agenda_, place(id, t), at + effect.ticks * setting_.delays.timeout, effect.ticks);
      case Do::disarm: return;
    }
  });
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
void Simulation<P, Votes, Watch, Chance>::post(NodeId from, const Effect& effect, std::uint8_t t, Nanoseconds at) {
  Live& live = live_[t];
  effect.to.each([&](NodeId) { ++live.end.costs.messages; });
  const NodeSet reached = w_.reached(from, effect.to);
  for (const NodeId to : turns_) {
    if (!reached.has(to)) continue;
    ++live.due;
    agenda_.schedule(at + draw(setting_.delays.message, rng_), Kind::message, post_.add({from, to, t, effect.message}));
  }
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
