// Does all come to rest by itself? What acknowledgements are for: without them, somebody tells his news again and again.
#pragma once

#include "checker/check.hpp"
#include "checker/reach.hpp"

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
  checking::Setup<P> setup(p, question, question.votes, undisturbed(question.faults));
  if (setup.asked().cut.is_reached()) return {Property::custom, std::string(kRest), Status::inconclusive, verdict.stopped = setup.asked().cut.reason()};
  Search search(setup.relation(), setup.asked().starts, question.limits, setup.asked().symmetry);
  const Question no_question;
  Watch nothing(no_question, setup.relation(), {});
  OneThread alone;
  search.run(nothing, false, alone);
  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  Finding finding{Property::custom, std::string(kRest), Status::holds};
  if (!search.finished()) {
    finding.status = Status::inconclusive, finding.why = verdict.stopped = search.stopped();
    return finding;
  }
  // The witness leads to where all have decided, if it can: an earlier world is only bound to come there.
  const auto reaches = can_reach(search, false, [&](Row row) { return at_rest(setup.relation().world(row)); });
  if (search.bounds().is_reached()) {
    finding.status = Status::inconclusive, finding.why = verdict.stopped = search.bounds().reason();
    return finding;
  }
  const auto all_have = ends(setup.relation(), Property::AC5);
  std::optional<std::uint32_t> restless;
  std::vector<Number> row;
  for (std::uint32_t id = 0; id < search.worlds(); ++id) {
    if (reaches[id]) continue;
    search.row(id, row);
    const bool decided = all_have(row);
    if (!restless || decided) restless = id;
    if (decided) break;
  }
  if (!restless) return finding;
  Told told = setup.tell()(search.path_to(*restless), Property::custom);
  finding.status = told.trace ? Status::violated : Status::inconclusive;
  finding.why = told.trace ? "nothing failed, and yet messages and timers never end" : "internal error: the witness could not be replayed";
  finding.witness = std::move(told.trace);
  return finding;
}

}  // namespace commitlab
