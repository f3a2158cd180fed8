// Does all come to rest by itself? What acknowledgements are for: without them, somebody tells his news again and again.
#pragma once

#include "checker/check.hpp"

namespace commitlab {

inline constexpr std::string_view kRest = "rest";

/// Nothing is under way, and no timer is set.
template <Protocol P>
bool at_rest(const World<P>& w) {
  return w.flight.empty() && std::none_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.timer.armed || slot.part == Part::waiting; });
}

/// Without faults, with synchronous timing, whatever the votes: from every world one can be reached that is at rest.
template <Protocol P>
Finding comes_to_rest(const P& p, const Question& question, Verdict& verdict) {
  const bool fifo = question.faults.channels == Channels::fifo;
  const Faults none{.timing = Timing::synchronous, .channels = fifo ? Channels::fifo : Channels::bag};  // sticky messages never rest
  Search<P> search(p, checking::starts_of<P>(question, none), question.limits);
  search.keep_graph();
  std::vector<bool> rest, decided;
  search.run(
      [&](const World<P>& w, std::uint32_t) {
        rest.push_back(at_rest(w)), decided.push_back(all_decided(w));
        return true;
      },
      [](const Step&, const World<P>&) {});
  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  Finding finding{Property::custom, std::string(kRest), Status::holds};
  if (!search.finished()) {
    finding.status = Status::inconclusive, finding.why = verdict.stopped = search.stopped();
    return finding;
  }
  // The witness leads to where all have decided, if it can: an earlier world is only bound to come there.
  const auto reaches = search.graph().can_reach(rest, false);
  std::optional<std::uint32_t> restless;
  for (std::uint32_t id = 0; id < search.worlds(); ++id) {
    if (reaches[id]) continue;
    if (!restless || decided[id]) restless = id;
    if (decided[id]) break;
  }
  if (!restless) return finding;
  finding = checking::violated(p, search, *restless, question, Property::custom, finding.name);
  if (finding.status == Status::violated) finding.why = "nothing failed, and yet messages and timers never end";
  return finding;
}

}  // namespace commitlab
