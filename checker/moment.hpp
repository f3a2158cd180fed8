// What a simulated run goes on from, as bytes that leave out what makes no difference: runs at equal moments go on alike, with
// the same odds, and pay the same from there. Times count from now; of serial numbers only the order is told.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "checker/part_bytes.hpp"
#include "checker/run_state.hpp"
#include "sim/rename.hpp"

namespace commitlab {

/// Tells moments of runs of one setting, each over the one before.
///
/// With `alike`, participants change their names before the moment is told, and are named in the order of their turns: moments that
/// differ only in who is who are equal. The simulator knows nobody by number; who asks for this must know that the protocol does not
/// either, nor the setting, but for who may crash and how likely.
template <Protocol P>
class Moment {
 public:
  static constexpr Nanoseconds kNothingDue = -1;

  Moment(const Setting& setting, bool alike) : setting_(setting), alike_(alike) {
    for (std::size_t i = 0; i < setting.nodes; ++i) who_.push_back(node_id(i));
  }

  std::string_view of(auto& simulation) {
    const auto state = simulation.state();  // references
    now_ = RunState::now(state);
    collect(state);
    if (alike_) name(state);
    PartWriter out(bytes_);
    tell_nodes(state, out);
    tell_mail(state, out);
    tell_agenda(state, out);
    return out.bytes();
  }

  /// Of the moment that was told last: how long until its next event.
  Nanoseconds wait() const { return due_.empty() ? kNothingDue : due_.front().at - now_; }

 private:
  using Entry = Agenda::Entry;
  using Kind = Agenda::Kind;
  static constexpr std::uint8_t kNoMore = 0xff;

  /// What is over makes no difference any more.
  Nanoseconds from_now(Nanoseconds at) const { return std::max<Nanoseconds>(at - now_, 0); }
  template <class T>
  T named(const T& value) const { return alike_ ? to_(value) : value; }
  static bool gone(const auto& state, std::uint32_t parcel) { return RunState::post(state).at(parcel).stage == Post<P>::Stage::gone; }

  /// What is due, without what is void by now.
  void collect(const auto& state) {
    const auto& w = RunState::world(state);
    const auto& alarms = RunState::alarms(state);
    const auto& nodes = RunState::nodes(state);
    due_.clear();
    for (Entry entry : RunState::agenda(state).entries()) {
      const std::uint32_t which = entry.which();
      switch (entry.kind()) {
        case Kind::message:
          if (gone(state, which)) continue;
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
  }

  /// Nobody will ever read its log, or hear of its state.
  static bool lost_for_good(const World<P>& w, NodeId id) { return w.faults.recovery == Recovery::never && !w.is_up(id); }

  /// Gives the participants their names: in the order of their turns. Whoever is lost for good has no turn, and comes last.
  void name(const auto& state) {
    const auto& w = RunState::world(state);
    who_.assign(1, kCoordinator);
    for (const NodeId id : RunState::turns(state))
      if (id != kCoordinator) who_.push_back(id);
    const auto lost = std::stable_partition(who_.begin() + 1, who_.end(), [&](NodeId id) { return !lost_for_good(w, id); });
    std::stable_sort(lost, who_.end(), [&](NodeId a, NodeId b) { return left_behind(w, a) < left_behind(w, b); });
    for (std::size_t i = 0; i < who_.size(); ++i) to_.set(who_[i], node_id(i));
  }

  /// What tells those who are lost apart, without their numbers: what they have decided, and what the coordinator knows of them.
  static std::uint64_t left_behind(const World<P>& w, NodeId id) {
    const auto& decided = w.slot(id, 0).decided;
    std::uint64_t left = (decided.ever_abort ? 1u : 0u) | (decided.ever_commit ? 2u : 0u);
    each_atom(w.slot(kCoordinator, 0).state, [&](std::string_view, const auto& atom) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(atom)>, NodeSet>) left = left << 1 | (atom.has(id) ? 1u : 0u);
    });
    return left;
  }

  void tell_nodes(const auto& state, PartWriter& out) {
    const auto& w = RunState::world(state);
    out.put(named(w.up)), out.put(named(w.side)), out.put(RunState::begun(state)), out.put(RunState::taken(state));
    out.put(from_now(RunState::end(state).last_decision + 1));  // it may be still to come, or fall just now
    for (const NodeId id : RunState::turns(state))
      if (!lost_for_good(w, id)) out.put(named(id));
    for (const NodeId id : who_) {
      const auto& node = RunState::nodes(state)[index(id)];
      out.put(from_now(node.busy_until));
      if (!setting_.script.empty()) out.put(from_now(node.last_effect_at)), out.put(from_now(node.down_since));
      const Probability crash = setting_.chances.crash_of(id);
      out.put(setting_.faults.crash_only.has(id)), out.put(crash.numerator), out.put(crash.denominator);
      const auto& slot = w.slot(id, 0);
      out.put(slot.decided.ever_abort), out.put(slot.decided.ever_commit);
      if (lost_for_good(w, id)) continue;  // what it leaves behind is what it has decided
      out.put(named(slot.state)), out.put(slot.part), out.put(slot.vote), out.put(slot.timer.armed);
      out.put(slot.decided.now_abort), out.put(slot.decided.now_commit);
      if (Suspects<P>) out.put(named(slot.suspected));
      const auto& spontaneous = RunState::spontaneous(state)[index(id)];
      out.put(spontaneous.act), out.put(named(spontaneous.reports));
      if (w.faults.recovery == Recovery::never) continue;
      const auto& log = w.log(id);
      out.put(static_cast<std::uint32_t>(log.entries.size())), out.put(log.durable);
      for (const auto& entry : log.entries) out.put(named(entry.record)), out.put(entry.transaction);
    }
  }

  /// What has been sent and not handled, but for what is on the agenda.
  void tell_mail(const auto& state, PartWriter& out) {
    const auto& w = RunState::world(state);
    if (w.faults.channels == Channels::sticky)  // what has been handled lies there still
      for (const auto& envelope : w.flight) out.put(envelope.from), out.put(envelope.to), out.put(envelope.transaction), out.put(envelope.message);
    out.put(kNoMore);
    for (const NodeId id : who_) {
      const auto& node = RunState::nodes(state)[index(id)];
      for (std::size_t place = node.read; place < node.inbox.size(); ++place) {
        const Entry& entry = node.inbox[place];
        if (entry.kind() == Kind::message && gone(state, entry.which())) continue;
        out.put(entry.kind());
        if (entry.kind() == Kind::message) tell_parcel(state, entry.which(), out);
        else out.put(entry.kind() == Kind::timer && RunState::alarms(state).is_set(entry)), tell_which(entry, out);
      }
      out.put(kNoMore);
    }
    for (const Entry& entry : RunState::held(state)) tell_parcel(state, entry.which(), out);
    out.put(kNoMore);
    if (w.faults.channels == Channels::fifo)
      for (std::uint32_t id = 0; id < RunState::post(state).size(); ++id)
        if (RunState::post(state).at(id).stage == Post<P>::Stage::behind) tell_parcel(state, id, out);
    out.put(kNoMore);
  }

  void tell_agenda(const auto& state, PartWriter& out) {
    for (const Entry& entry : due_) {
      out.put(entry.kind()), out.put(entry.at - now_);
      if (entry.kind() == Kind::message) tell_parcel(state, entry.which(), out);
      else tell_which(entry, out);
    }
    if (!setting_.script.empty()) RunState::script(state).tell(now_, [&](std::int64_t number) { out.put(number); });
  }

  void tell_parcel(const auto& state, std::uint32_t id, PartWriter& out) {
    const auto& post = RunState::post(state);
    const auto& parcel = post.at(id);
    out.put(named(parcel.envelope.from)), out.put(named(parcel.envelope.to)), out.put(parcel.envelope.transaction), out.put(named(parcel.envelope.message));
    out.put(parcel.stage), out.put(parcel.overtakes), out.put(parcel.turn_drawn), out.put(parcel.doomed);
    if (RunState::world(state).faults.channels == Channels::fifo) out.put(static_cast<std::uint32_t>(post.turn(id)));
  }

  /// A node, in a run of one transaction, or a node that is to hear of another; a begin or a line of the script is of nobody.
  void tell_which(const Entry& entry, PartWriter& out) {
    const bool of_node = entry.kind() != Kind::begin && entry.kind() != Kind::script && entry.kind() != Kind::report;
    out.put(of_node ? static_cast<std::uint32_t>(index(named(node_id(entry.which())))) : entry.which());
  }

  const Setting& setting_;
  const bool alike_;
  std::vector<NodeId> who_{};  // by its name, who has it
  Renaming to_{};
  std::string bytes_{};
  std::vector<Entry> due_{};
  Nanoseconds now_ = 0;
};

}  // namespace commitlab
