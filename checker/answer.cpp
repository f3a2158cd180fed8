#include "checker/answer.hpp"

#include <algorithm>
#include <memory>

#include "checker/reach.hpp"
#include "checker/threads.hpp"
#include "sim/names.hpp"

namespace commitlab {

namespace {

std::vector<Goal> goals(const Watch& watch, const Asked& asked) {
  std::vector<Goal> goals{{"some participant votes no", watch.refuses()}, {"some node commits", watch.commits()}, {"some node aborts", watch.aborts()}};
  if (asked.doubts) goals.push_back({"somebody is in doubt", watch.doubts()});
  goals.push_back({"the handler start runs", watch.ran(Event::start)});
  goals.push_back({"the handler receive runs", watch.ran(Event::deliver)});
  goals.push_back({"the handler timeout runs", watch.ran(Event::timeout) || watch.ran(Event::early)});
  if (asked.recovers) goals.push_back({"the handler recover runs", watch.ran(Event::recover) || watch.ran(Event::wipe)});
  if (asked.suspects) goals.push_back({"the handler suspect runs", watch.ran(Event::suspect)});
  if (asked.acts) goals.push_back({"the handler act runs", watch.ran(Event::act)});
  return goals;
}

std::unique_ptr<Expansion> expansion(const Method& method) {
  if (method.threads > 1) return std::make_unique<Crew>(method.threads);
  return std::make_unique<OneThread>();
}

Finding violated(const Search& search, std::uint32_t id, Property property, std::string name, const Tell& tell) {
  Told told = tell(search.path_to(id), property);
  Finding finding{property, std::move(name), Status::violated, std::move(told.why), std::move(told.trace)};
  if (!finding.witness) finding.status = Status::inconclusive, finding.why = "internal error: the witness could not be replayed";
  return finding;
}

void count(const Search& search, Verdict& verdict) {
  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  if (!search.stopped().empty()) verdict.stopped = search.stopped();
}

/// AC5 or NB. Of the worlds from which the goal cannot be reached, the witness leads to the nearest in which somebody is in
/// doubt already, if there is one: an earlier one is only bound to come there.
Finding termination(Search& search, Property property, const Tell& tell) {
  const bool with_recovery = property == Property::AC5;
  const Relation& relation = search.relation();
  const auto reaches = can_reach(search, with_recovery, ends(relation, property));
  std::optional<std::uint32_t> stuck;
  std::vector<Number> row;
  for (std::uint32_t id = 0; id < search.worlds(); ++id) {
    if (reaches[id]) continue;
    search.row(id, row);
    if (!with_recovery && relation.header(row[kHeader]).faults_stopped) continue;  // NB asks of no such world
    const bool doubt = somebody_in_doubt(relation, row);
    if (!stuck || doubt) stuck = id;
    if (doubt) break;
  }
  if (stuck) return violated(search, *stuck, property, std::string(name_of(property)), tell);
  return {property, std::string(name_of(property)), Status::holds, "", {}};
}

}  // namespace

void answer(const Asked& asked, const Question& question, const Tell& tell, Verdict& verdict) {
  std::optional<PartialOrder> order;
  if (question.method.partial_order) {
    order.emplace(asked.relation, asked.starts, question, !asked.customs.empty());
    verdict.not_reduced = order->why_not();
  }
  Search search(asked.relation, asked.starts, question.limits, asked.symmetry, verdict.not_reduced.empty() && order ? &*order : nullptr);
  Watch watch(question, asked.relation, asked.customs);
  const auto by = expansion(question.method);
  search.run(watch, std::none_of(question.check.begin(), question.check.end(), is_liveness), *by);
  count(search, verdict);
  verdict.depth = search.depth();
  verdict.starts = asked.starts.size();
  verdict.bytes = search.footprint();
  if (asked.symmetry != nullptr) verdict.stands_for = search.stands_for().str();
  if (search.finished()) verdict.sometimes = goals(watch, asked);
  for (const auto& invariant : watch.invariants()) {
    if (invariant.broken_by) verdict.findings.push_back(violated(search, *invariant.broken_by, invariant.property, invariant.name, tell));
    else verdict.findings.push_back({invariant.property, invariant.name, search.finished() ? Status::holds : Status::inconclusive, search.stopped(), {}});
  }
  for (const Property property : question.check) {
    if (!is_liveness(property)) continue;
    if (search.finished()) verdict.findings.push_back(termination(search, property, tell));
    else verdict.findings.push_back({property, std::string(name_of(property)), Status::inconclusive, search.stopped(), {}});
  }
}

void answer_non_triviality(const Asked& asked, const Question& question, const Tell& tell, Verdict& verdict) {
  // An abort is what breaks "valid" where one vote is no: so it is watched as a property of its own.
  Question nothing_else = question;
  nothing_else.check.clear();
  Search search(asked.relation, asked.starts, question.limits, asked.symmetry);
  Watch watch(nothing_else, asked.relation, {});
  OneThread alone;
  search.run(watch, false, alone);
  count(search, verdict);
  const Relation& relation = asked.relation;
  const NodeSet all = NodeSet::first(relation.nodes());
  const std::string name(name_of(Property::AC4));
  std::vector<Number> row;
  for (std::uint32_t id = 0; watch.aborts() && id < search.worlds(); ++id) {
    search.row(id, row);
    if (standings_of(relation, row, all).any.aborts != 0) return verdict.findings.push_back(violated(search, id, Property::AC4, name, tell));
  }
  if (!search.finished()) return verdict.findings.push_back({Property::AC4, name, Status::inconclusive, search.stopped(), {}});
  const auto reaches = can_reach(search, false, [&](Row world) { return standings_of(relation, world, all).committed(); });
  const auto stuck = std::find(reaches.begin(), reaches.end(), false);
  if (stuck != reaches.end()) return verdict.findings.push_back(violated(search, static_cast<std::uint32_t>(stuck - reaches.begin()), Property::AC4, name, tell));
  verdict.findings.push_back({Property::AC4, name, Status::holds, "all yes, no fault, synchronous: " + std::to_string(search.worlds()) + " worlds", {}});
}

}  // namespace commitlab
