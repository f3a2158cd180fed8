// What a simulated run goes on from, as bytes that leave out what makes no difference: runs at equal moments go on alike, with
// the same odds, and pay the same from there. Times count from now; of serial numbers only the order is told.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "checker/part_bytes.hpp"
#include "sim/simulate.hpp"

namespace commitlab {

/// Tells moments of runs of one setting, each over the one before.
template <Protocol P>
class Moment {
 public:
  explicit Moment(const Setting& setting) : setting_(setting) {}

  std::string_view of(auto& simulation) {
    const auto state = simulation.state();  // references, in its order
    const auto& w = std::get<0>(state);
    const auto& agenda = std::get<1>(state);
    const auto& post = std::get<2>(state);
    const auto& alarms = std::get<3>(state);
    const auto& script = std::get<4>(state);
    const auto& nodes = std::get<5>(state);
    const auto& spontaneous = std::get<6>(state);
    const auto& live = std::get<7>(state);
    const auto& held = std::get<9>(state);
    const auto& now = std::get<11>(state);
    const auto& deadline = std::get<12>(state);
    const auto& begun = std::get<14>(state);
    PartWriter out(bytes_);
    now_ = now;
    out.put(w.up), out.put(w.side), out.put(begun), out.put(live[0].taken), out.put(deadline - now);
    const bool no_return = w.faults.recovery == Recovery::never;
    for (std::size_t i = 0; i < w.slots.size(); ++i) {
      const auto& slot = w.slots[i];
      if (no_return && !w.is_up(node_id(i / w.transactions))) {  // what it leaves behind is what it has decided
        out.put(slot.decided.ever_abort), out.put(slot.decided.ever_commit);
        continue;
      }
      out.put(slot.state), out.put(slot.part), out.put(slot.vote), out.put(slot.timer.armed);
      out.put(slot.decided.ever_abort), out.put(slot.decided.ever_commit), out.put(slot.decided.now_abort), out.put(slot.decided.now_commit);
      if (Suspects<P>) out.put(slot.suspected);
      out.put(spontaneous[i].act), out.put(spontaneous[i].reports);
    }
    for (const auto& log : w.logs) {
      if (no_return) break;  // nobody will ever read it
      out.put(static_cast<std::uint32_t>(log.entries.size())), out.put(log.durable);
      for (const auto& entry : log.entries) out.put(entry.record), out.put(entry.transaction);
    }
    if (w.faults.channels == Channels::sticky)  // what has been handled lies there still
      for (const auto& envelope : w.flight) out.put(envelope.from), out.put(envelope.to), out.put(envelope.transaction), out.put(envelope.message);
    out.put(kNoMore);
    const bool fifo = w.faults.channels == Channels::fifo;
    const auto tell_parcel = [&](std::uint32_t id) {
      const auto& parcel = post.at(id);
      out.put(parcel.envelope.from), out.put(parcel.envelope.to), out.put(parcel.envelope.transaction), out.put(parcel.envelope.message);
      out.put(parcel.stage), out.put(parcel.overtakes), out.put(parcel.turn_drawn), out.put(parcel.doomed);
      if (fifo) out.put(static_cast<std::uint32_t>(post.turn(id)));
    };
    const auto gone = [&](std::uint32_t id) { return post.at(id).stage == Post<P>::Stage::gone; };

    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const auto& node = nodes[i];
      out.put(from_now(node.busy_until));
      if (!setting_.script.empty()) out.put(from_now(node.last_effect_at)), out.put(from_now(node.down_since));
      for (std::size_t place = node.read; place < node.inbox.size(); ++place) {
        const auto& entry = node.inbox[place];
        if (entry.kind() == Kind::message && gone(entry.which())) continue;
        out.put(entry.kind());
        if (entry.kind() == Kind::message) tell_parcel(entry.which());
        else out.put(entry.which()), out.put(entry.kind() == Kind::timer && alarms.is_set(entry));
      }
      out.put(kNoMore);
    }
    for (const auto& entry : held) tell_parcel(entry.which());
    out.put(kNoMore);
    if (fifo)
      for (std::uint32_t id = 0; id < post.size(); ++id)
        if (post.at(id).stage == Post<P>::Stage::behind) tell_parcel(id);
    out.put(kNoMore);

    due_.clear();
    for (Entry entry : agenda.entries()) {
      const std::uint32_t which = entry.which();
      switch (entry.kind()) {
        case Kind::message:
          if (gone(which)) continue;
          break;
        case Kind::timer:  // it rings when its alarm says, should the entry be older
          if (!alarms.on_agenda(entry) || !w.slots[which].timer.armed) continue;
          entry = alarms.due(which);
          break;
        case Kind::wake:
          if (nodes[which].wake_at != entry.at) continue;
          break;
        case Kind::recover:
          if (w.is_up(node_id(which)) || nodes[which].back_at != entry.at) continue;
          break;
        case Kind::script:
        case Kind::begin:
        case Kind::part:
        case Kind::start:
        case Kind::report:
        case Kind::act: break;
      }
      due_.push_back(entry);
    }
    std::sort(due_.begin(), due_.end());
    for (const Entry& entry : due_) {
      out.put(entry.kind()), out.put(entry.at - now);
      if (entry.kind() == Kind::message) tell_parcel(entry.which());
      else out.put(entry.which());
    }
    if (!setting_.script.empty()) script.tell(now, [&](std::int64_t number) { out.put(number); });
    return out.bytes();
  }

 private:
  using Entry = Agenda::Entry;
  using Kind = Agenda::Kind;
  static constexpr std::uint8_t kNoMore = 0xff;

  /// What is over makes no difference any more.
  Nanoseconds from_now(Nanoseconds at) const { return std::max<Nanoseconds>(at - now_, 0); }

  const Setting& setting_;
  std::string bytes_;
  std::vector<Entry> due_;
  Nanoseconds now_ = 0;
};

}  // namespace commitlab
