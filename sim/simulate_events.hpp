// Part of simulate.hpp: what comes to a node, when its time has come: scripted faults, recoveries, messages, alarms.
#pragma once

#include "sim/simulate.hpp"

namespace commitlab {

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::play(std::uint32_t i, Nanoseconds at) {
  using What = ScriptedFault::Do;
  const ScriptedFault& fault = script_[i];
  const Node& node = nodes_[index(fault.whom)];
  script_.happened(i, at);
  look_at_ends_ = true;
  switch (fault.what) {
    case What::crash:
      if (!w_.is_up(fault.whom)) {
        came_up_[i] = came_up_[i] || node.down_since == at;  // it has cut a handler short
        return;
      }
      if (node.last_effect_at <= now_) return came_up_[i] = true, crash(fault.whom, now_);
      script_.time(i, node.last_effect_at);  // too late to cut what it does: it comes when that is done
      return agenda_.schedule(node.last_effect_at, Kind::script, i);
    case What::recover:
      if (!w_.is_up(fault.whom) && node.down_since <= now_) came_up_[i] = true, come_back(fault.whom);
      return;
    case What::partition: return came_up_[i] = true, partition(fault.side.has(kCoordinator) ? w_.all() - fault.side : fault.side);
    case What::heal: return came_up_[i] = came_up_[i] || w_.partitioned(), heal();
  }
}

/// One split at a time: another takes the place of the first.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::partition(NodeSet side) {
  if (side.empty()) return;
  heal();
  perform({.event = Event::partition, .nodes = side});
  if (faults_.severed == Severed::lost)
    purge([&](const auto& parcel) { return w_.severed(parcel.envelope.from, parcel.envelope.to); });
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::heal() {
  if (!w_.partitioned()) return;
  perform({.event = Event::heal});
  for (const Entry& entry : held_) release(entry.which());
  held_.clear();
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::come_back(NodeId id) {
  nodes_[index(id)].back_at = -1;
  const auto lost = [&](std::uint8_t t) { return w_.slot(id, t).part == Part::lost; };
  const auto first = std::find_if(order_.begin(), order_.end(), lost);
  if (first == order_.end()) return come_up_idle(w_, id);
  const bool wiped = faults_.left.disk_losses > 0 && !w_.log(id).entries.empty() && rng_.chance(setting_.chances.disk_loss);
  run_handler({.event = wiped ? Event::wipe : Event::recover, .node = id, .transaction = *first});
  if (!w_.is_up(id)) return;
  for (const std::uint8_t t : order_)
    if (lost(t)) wait(id, agenda_.entry(now_, Kind::part, place(id, t)));
}

/// Something comes to a node, which has no time for it if it is busy, or others have come before.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::arrive(NodeId id, Entry entry) {
  const Node& node = nodes_[index(id)];
  if (!w_.is_up(id)) return;
  if (now_ < node.busy_until || !node.idle()) return wait(id, entry);
  take(entry);
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::wait(NodeId id, Entry entry) {
  Node& node = nodes_[index(id)];
  node.inbox.push_back(entry);
  if (node.wake_at >= 0) return;
  node.wake_at = std::max(now_, node.busy_until);
  agenda_.schedule(node.wake_at, Kind::wake, static_cast<std::uint32_t>(index(id)));
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::wake(NodeId id, Nanoseconds at) {
  Node& node = nodes_[index(id)];
  if (node.wake_at != at) return;
  now_ = at;
  node.wake_at = -1;
  while (!node.idle() && node.busy_until <= now_) {
    const Entry entry = node.inbox[node.read++];
    if (2 * node.read >= node.inbox.size()) {
      node.inbox.erase(node.inbox.begin(), node.inbox.begin() + static_cast<std::ptrdiff_t>(node.read));
      node.read = 0;
    }
    take(entry);
  }
  if (node.idle() || node.wake_at >= 0) return;
  node.wake_at = node.busy_until;
  agenda_.schedule(node.wake_at, Kind::wake, static_cast<std::uint32_t>(index(id)));
}

/// A node that is up and has time turns to what is next. What has been overtaken by events comes to nothing.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::take(Entry entry) {
  const auto part = [&] { return w_.slots[entry.which()].part; };
  Step step = step_of(Event::start, entry);
  switch (entry.kind()) {
    case Kind::start:
      if (part() != Part::waiting) return;
      break;
    case Kind::part:
      if (part() != Part::lost) return;
      step.event = Event::recover;
      break;
    case Kind::timer:
      if (!w_.slots[entry.which()].timer.armed || !alarms_.is_set(entry)) return;
      step.event = Event::timeout;
      break;
    case Kind::message: return turn_to(entry);
    case Kind::report: return report(entry);
    case Kind::act: return act(entry);
    case Kind::script:
    case Kind::begin:
    case Kind::wake:
    case Kind::recover: return assert(false);  // these come to no node
  }
  run_handler(step);
}

/// A message arrives, or the node that it had been waiting for turns to it.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::message(Entry entry, bool from_inbox) {
  using Stage = typename Post<P>::Stage;
  const Parcel id = entry.which();
  auto& parcel = post_[id];
  if (parcel.stage == Stage::gone) return post_.free(id);
  const auto envelope = parcel.envelope;
  if (w_.severed(envelope.from, envelope.to)) {
    parcel.stage = Stage::held;
    held_.push_back(entry);
    return;
  }
  const bool ahead = post_.turn(id) > 0;  // of its turn, in a fifo channel
  if (ahead && !parcel.turn_drawn) parcel.turn_drawn = true, parcel.overtakes = rng_.chance(setting_.chances.reorder);
  const bool up = w_.is_up(envelope.to);
  if (ahead && (!up || !parcel.overtakes || parcel.doomed)) {
    parcel.stage = Stage::behind;
    return;
  }
  const auto vanish = [&](Event event) {
    Step step{.event = event, .node = envelope.to, .transaction = envelope.transaction};
    if (keeps_flight_) step.message = static_cast<std::uint16_t>(post_.place(w_, id));
    perform(step, id);
  };
  if (!up && faults_.channels == Channels::sticky) {  // it lies there for ever
    post_.remove(id);
    return no_longer_due(envelope.transaction);
  }
  if (!up) return vanish(Event::miss);
  const Node& node = nodes_[index(envelope.to)];
  if (!from_inbox && (now_ < node.busy_until || !node.idle())) {
    parcel.stage = Stage::queued;
    return wait(envelope.to, entry);
  }
  const bool lost = parcel.doomed || (faults_.left.losses > 0 && rng_.chance(setting_.chances.loss));
  if (!lost) return deliver(entry, ahead);
  if (!ahead) return vanish(Event::lose);
  parcel.doomed = true;
  parcel.stage = Stage::behind;
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::deliver(Entry entry, bool overtakes) {
  const auto envelope = post_[entry.which()].envelope;
  assert(w_.slot(envelope.to, envelope.transaction).part == Part::running);
  const Step step{.event = Event::deliver,
                  .node = envelope.to,
                  .transaction = envelope.transaction,
                  .message = keeps_flight_ ? static_cast<std::uint16_t>(post_.place(w_, entry.which())) : std::uint16_t{0},
                  .copy = faults_.left.duplicates > 0 && rng_.chance(setting_.chances.duplicate),
                  .overtakes = overtakes};
  if (!run_handler(step, entry.which(), envelope)) turn_to(entry);  // the node crashed before it heard of it
}

}  // namespace commitlab
