// The timers of a run in virtual time: when each is due, and whether they ring as they would under synchronous timing.
#pragma once

#include <vector>

#include "sim/agenda.hpp"
#include "sim/choices.hpp"

namespace commitlab {

/// One alarm for each slot of the World, in its order. Whether it is armed, the World knows.
class Alarms {
 public:
  void clear(std::size_t slots) { alarms_.assign(slots, {}); }

  /// `ticks` are those that synchronous timing would count. An alarm that was set before is forgotten: its entry stays on the
  /// agenda and moves to the new time when it comes up, so that setting an alarm again and again costs no room.
  void set(Agenda& agenda, std::size_t slot, Nanoseconds at, std::uint8_t ticks) {
    Alarm& alarm = alarms_[slot];
    alarm.ticks_left = ticks;
    alarm.due = agenda.entry(at, Agenda::Kind::timer, static_cast<std::uint32_t>(slot));
    if (alarm.on_agenda.order == 0 || alarm.due < alarm.on_agenda) agenda.push(alarm.on_agenda = alarm.due);
  }
  /// An entry of the agenda has come up. Does the alarm ring?
  bool rings(Agenda& agenda, const Agenda::Entry& entry, bool armed) {
    Alarm& alarm = alarms_[entry.which()];
    if (entry.order != alarm.on_agenda.order) return false;
    alarm.on_agenda = {};
    if (!armed) return false;
    if (is_set(entry)) return true;
    agenda.push(alarm.on_agenda = alarm.due);
    return false;
  }
  /// Is this entry what its alarm was last set to?
  bool is_set(const Agenda::Entry& entry) const { return alarms_[entry.which()].due.order == entry.order; }

  /// Is this entry, on the agenda, the one that stands for its alarm? And when does that ring?
  bool on_agenda(const Agenda::Entry& entry) const { return alarms_[entry.which()].on_agenda.order == entry.order; }
  const Agenda::Entry& due(std::size_t slot) const { return alarms_[slot].due; }

  /// The alarm of this slot rings, and all others lose the ticks that it still had. Could it, under synchronous timing? `quiet`
  /// says of the World what relation::quiet does.
  template <Protocol P>
  bool in_step(const World<P>& w, std::size_t slot, auto&& quiet) {
    const std::uint8_t ticks = alarms_[slot].ticks_left;
    if (ticks == 0) return true;
    if (!quiet()) return false;
    const auto armed = [&](std::size_t other) { return w.slots[other].timer.armed; };
    for (std::size_t other = 0; other < alarms_.size(); ++other)
      if (armed(other) && alarms_[other].ticks_left < ticks) return false;
    for (std::size_t other = 0; other < alarms_.size(); ++other)
      if (armed(other)) alarms_[other].ticks_left = static_cast<std::uint8_t>(alarms_[other].ticks_left - ticks);
    return true;
  }

 private:
  struct Alarm {
    Agenda::Entry due{};
    Agenda::Entry on_agenda{};  // order 0: there is none
    std::uint8_t ticks_left = 0;
  };
  std::vector<Alarm> alarms_{};
};

}  // namespace commitlab
