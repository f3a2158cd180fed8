// Why a world that breaks NB is stuck: who waits for whom in the worlds that follow it, and whose recovery would end it.
#pragma once

#include "checker/numbered.hpp"
#include "checker/verdict.hpp"
#include "sim/words.hpp"

namespace commitlab {

/// The worlds that follow `first` without a new fault or a recovery; 0 if they are too many to count.
std::uint64_t worlds_after(Relation& relation, const std::vector<Number>& first, const Limits& limits = {});

/// Who can never decide waits for whom, and whose recovery would do, as far as can be found within the limits of time and memory. In
/// `first` disks and messages are kept, and whoever is down may recover.
Stuck stuck_in(Relation& relation, const std::vector<Number>& first, std::size_t transactions, const std::vector<std::string>& names,
               const Limits& limits = {});

/// "p1 and p2 wait for the coordinator: in doubt until the coordinator returns". `doubt`: somebody is in doubt.
std::string words_of(const Stuck& stuck, const std::vector<std::string>& names, bool doubt);

namespace aftermath {

/// The world where a run ends that is made again from another start; nothing if it cannot be.
template <Protocol P>
std::optional<World<P>> end_of(const P& p, World<P> w, const Trace& run) {
  for (const auto& line : run.lines) {
    const std::string words = told(line);
    std::optional<Step> found;
    each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
      if (!found && told(line_of(w, step, handled)) == words) found = step;
    });
    if (!found) return {};
    apply(p, w, *found);
  }
  return w;
}

template <Protocol P>
std::pair<Numbered<P>, std::vector<Number>> without_faults(const P& p, World<P> w, Recovery recovery) {
  w.faults.left = {};
  w.faults.copies = false;
  w.faults.recovery = recovery;
  std::pair<Numbered<P>, std::vector<Number>> all{Numbered<P>(p, w, all_different(w.nodes)), {}};
  all.first.number(w, all.second);
  return all;
}

}  // namespace aftermath

/// How the end of a run is stuck that begins in `start`. Where nobody may recover, disks and messages of those that are down
/// are forgotten: so the run is made again in a world that keeps them. Nothing if that leads elsewhere.
template <Protocol P>
std::optional<Stuck> stuck(const P& p, World<P> start, const World<P>& end, const Trace& run, const Limits& limits = {}) {
  const bool forgets = start.faults.recovery == Recovery::never;
  auto [as_asked, row] = aftermath::without_faults(p, end, forgets ? Recovery::never : Recovery::any_time);
  if (forgets) start.faults.recovery = Recovery::when_faults_stop;
  const auto kept = aftermath::end_of(p, std::move(start), run);
  if (!kept) return {};
  auto [repaired, first] = aftermath::without_faults(p, *kept, Recovery::any_time);
  Stuck stuck = stuck_in(repaired, first, end.transactions, run.names, limits);
  stuck.worlds = worlds_after(as_asked, row, limits);
  return stuck;
}

}  // namespace commitlab
