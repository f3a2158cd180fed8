// Part of simulate.hpp: how a run goes from event to event, and its transactions from beginning to end.
#pragma once

#include "sim/simulate.hpp"

namespace commitlab {

template <Protocol P, class Votes, class Watch, class Chance>
Simulation<P, Votes, Watch, Chance>::Simulation(const P& p, const Setting& setting, Votes& votes, Watch& watch)
    : p_(p),
      setting_(setting),
      faults_(faults_of_run(setting)),
      votes_(votes),
      watch_(watch),
      returns_(setting.returns()),
      cuttable_(faults_.left.crashes > 0 || !setting.script.empty()),
      steady_(is_certain(setting.delays.force)),
      keeps_flight_(kWatched || Suspects<P> || faults_.channels == Channels::sticky),
      came_up_(setting.script.size(), false) {}

template <Protocol P, class Votes, class Watch, class Chance>
RunEnd Simulation<P, Votes, Watch, Chance>::run(const Chance& chance) {
  start_run(chance);
  if constexpr (kWatched) while (advance()) continue;
  else hasten();
  result_.at = now_;
  return result_;
}

/// To the end of the run.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::hasten() {
  while (advance()) continue;
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::start_run(const Chance& chance) {
  clear(chance);
  if (setting_.transactions > 0) agenda_.schedule(0, Kind::begin, 0);
  for (std::uint32_t i = 0; i < script_.size(); ++i) {
    if (script_[i].at < 0) continue;
    script_.time(i, script_[i].at);
    agenda_.schedule(script_[i].at, Kind::script, i);
  }
}

template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::advance() {
  if (begun_ >= setting_.transactions && order_.empty()) return false;
  const std::size_t in_flight = std::max(w_.flight.size(), post_.count());
  const bool full = in_flight > kMostInFlight || post_.size() > kMostParcels || agenda_.serial() > kMostScheduled;
  if (full || result_.steps >= setting_.most_steps) {
    result_.why = full ? Ending::full : Ending::steps;
    while (!order_.empty()) end(order_.front(), true);
    return false;
  }
  if (agenda_.empty()) {  // a partition may hold messages for ever
    end(order_.front(), false);
  } else if (agenda_.first().at > deadline_) {
    now_ = deadline_;
    if (order_.empty()) return false;
    end(order_.front(), true);
  } else {
    happen(agenda_.pop());
    if (look_at_ends_) rest();
  }
  return true;
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::clear(const Chance& chance) {
  const std::size_t many = setting_.delays.every == 0 ? 1 : kMaxTransactions;
  const std::size_t slots = setting_.transactions <= kMaxTransactions ? std::max(setting_.transactions, 1u) : many;
  rng_ = chance;
  commitlab::clear(w_, setting_.nodes, slots, faults_);
  agenda_.clear();
  post_.clear(setting_.nodes, faults_.channels);
  alarms_.clear(w_.slots.size());
  script_.clear(setting_);
  nodes_.resize(setting_.nodes);
  for (auto& node : nodes_) {
    auto inbox = std::move(node.inbox);
    inbox.clear();
    node = {.inbox = std::move(inbox)};
  }
  spontaneous_.assign(w_.slots.size(), {});
  std::fill_n(live_.begin(), w_.transactions, Live{});
  order_.clear();
  held_.clear();
  result_ = {};
  now_ = planned_ = 0;
  begun_ = 0;
  begin_waits_ = look_at_ends_ = false;
  turns_.clear(setting_.nodes);
  update_deadline();
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::happen(const Entry& entry) {
  const std::uint32_t which = entry.which();
  const auto arrive_at = [&](NodeId id) { now_ = entry.at, arrive(id, entry); };
  switch (entry.kind()) {
    case Kind::script: return now_ = entry.at, play(which, entry.at);
    case Kind::begin: return now_ = entry.at, begin_next();
    case Kind::wake: return wake(node_id(which), entry.at);
    case Kind::recover:
      if (w_.is_up(node_id(which)) || nodes_[which].back_at != entry.at) return;
      return now_ = entry.at, come_back(node_id(which));
    case Kind::message:
      if (post_[which].stage == Post<P>::Stage::gone) return post_.free(which);
      return now_ = entry.at, message(entry, false);
    case Kind::timer:
      if (alarms_.rings(agenda_, entry, w_.slots[which].timer.armed)) arrive_at(node_of(which));
      return;
    case Kind::start:
    case Kind::act: return arrive_at(node_of(which));
    case Kind::report: return arrive_at(node_of(which / kMaxNodes));
    case Kind::part: assert(false);  // in an inbox only
  }
}

/// Ends what has come to an end.
template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::rest() {
  look_at_ends_ = false;
  for (std::size_t i = 0; i < order_.size();) {
    if (is_over(order_[i])) end(order_[i], false);
    else ++i;
  }
}

template <Protocol P, class Votes, class Watch, class Chance>
bool Simulation<P, Votes, Watch, Chance>::is_over(std::uint8_t t) const {
  if (live_[t].due > 0) return false;
  bool owed = false;
  w_.all().each([&](NodeId id) {
    const bool returns = w_.is_up(id) || nodes_[index(id)].back_at >= 0 || script_.returns(id);
    owed = owed || (returns && w_.slot(id, t).part == Part::lost);
  });
  return !owed && (begun_ < setting_.transactions || script_.over());
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::begin_next() {
  const auto wanted = static_cast<std::uint8_t>(begun_ % w_.transactions);
  std::uint8_t t = wanted;
  while (live_[t].taken) {
    t = static_cast<std::uint8_t>((t + 1) % w_.transactions);
    if (t == wanted) {
      begin_waits_ = true;
      return;
    }
  }
  const NodeSet yes = votes_(begun_, rng_);
  watch_.begin(now_, w_, begun_, t, yes);
  begin(w_, t, yes);
  live_[t] = {.end = {.index = begun_, .slot = t, .begun = now_}, .taken = true};
  order_.push_back(t);
  turns_.prefer(yes);
  for (const NodeId id : turns_) {
    if (!w_.is_up(id)) continue;
    ++live_[t].due;
    agenda_.schedule(now_, Kind::start, place(id, t));
  }
  ++begun_;
  update_deadline();
  look_at_ends_ = true;
  if (setting_.delays.every == 0 || begun_ == setting_.transactions) return;
  planned_ += setting_.delays.every;
  agenda_.schedule(std::max(now_, planned_), Kind::begin, 0);
}

template <Protocol P, class Votes, class Watch, class Chance>
void Simulation<P, Votes, Watch, Chance>::end(std::uint8_t t, bool given_up) {
  Live& live = live_[t];
  live.end.outcome = outcome(p_, w_, t);
  live.end.given_up = given_up;
  live.end.ended = now_;
  watch_.end(w_, live.end);
  result_.costs += live.end.costs;
  ++result_.outcomes[static_cast<std::size_t>(live.end.outcome)];
  if (given_up && result_.why == Ending::at_rest) result_.why = Ending::horizon;

  retire(w_, t);
  if (live.due > 0) purge([&](const auto& parcel) { return parcel.envelope.transaction == t; });
  w_.all().each([&](NodeId id) { spontaneous_[place(id, t)] = {}; });
  live.taken = false;
  order_.erase(std::find(order_.begin(), order_.end(), t));
  update_deadline();
  if (begun_ == setting_.transactions || (setting_.delays.every > 0 && !begin_waits_)) return;
  begin_waits_ = false;
  agenda_.schedule(now_, Kind::begin, 0);
}

}  // namespace commitlab
