#include "checker/answer.hpp"

#include <algorithm>
#include <memory>

#include "checker/attendant.hpp"
#include "checker/reach.hpp"
#include "checker/threads.hpp"
#include "sim/names.hpp"

namespace commitlab {

namespace {

/// How the votes may fall, over all starts and transactions.
struct Ballots {
  bool some_no = false, some_yes = false;  // of a participant
  bool all_yes = false;                    // of all participants of a transaction
};

Ballots ballots(const Question& question) {
  const NodeSet participants = NodeSet::first(question.names.size()).without(kCoordinator);
  Ballots ballots;
  for (const auto& start : question.votes)
    for (const NodeSet yes : start) {
      const bool all = yes.includes(participants);
      ballots.all_yes = ballots.all_yes || all;
      ballots.some_no = ballots.some_no || !all;
      ballots.some_yes = ballots.some_yes || !(yes & participants).empty();
    }
  return ballots;
}

/// Which of them the question allows: that nobody aborts is no news where all vote yes and nothing can go wrong.
std::vector<Goal> goals(const Watch& watch, const Inquiry& asked, const Question& question) {
  std::vector<Goal> goals;
  const auto add = [&](const char* name, bool seen, bool allowed = true) { goals.push_back({name, seen, allowed}); };
  const bool made = !asked.specification;
  const Ballots votes = ballots(question);
  const Faults& faults = question.faults;
  // Without a fault truthful timers need never fire, and all that vote yes have no reason to abort.
  const bool calm = made && faults.timing == Timing::synchronous && faults.left == Budgets{};
  if (made) add("some participant votes no", watch.refuses(), votes.some_no);
  add("some node commits", watch.commits(), !made || votes.all_yes);
  add("some node aborts", watch.aborts(), !calm || votes.some_no);
  if (asked.doubts) add("somebody is in doubt", watch.doubts(), !made || votes.some_yes);
  if (made) add("the handler start runs", watch.ran(Event::start));
  if (asked.receives) add("the handler receive runs", watch.ran(Event::deliver));
  if (made) add("the handler timeout runs", watch.ran(Event::timeout) || watch.ran(Event::early), !calm);
  if (asked.recovers) add("the handler recover runs", watch.ran(Event::recover) || watch.ran(Event::wipe));
  const bool suspected = faults.left.crashes > 0 || faults.left.suspicions > 0;
  if (asked.suspects) add("the handler suspect runs", watch.ran(Event::suspect), suspected);
  if (asked.acts) add("the handler act runs", watch.ran(Event::act));
  return goals;
}

std::unique_ptr<Expansion> expansion(const Method& method) {
  if (method.threads > 1) return std::make_unique<Crew>(method.threads);
  return std::make_unique<OneThread>();
}

Finding violated(Search& search, std::uint32_t id, Property property, std::string name, const Tell& tell) {
  const auto path = search.path_to(id);
  Told told = path.empty() ? Told{} : tell(path, property);
  Finding finding{property, std::move(name), Status::violated, std::move(told.why), std::move(told.trace), std::move(told.stuck), std::move(told.never)};
  if (!finding.witness) finding.status = Status::inconclusive, finding.why = "internal error: the witness could not be replayed";
  return finding;
}

void count(const Search& search, Verdict& verdict) {
  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  if (!search.stopped().empty()) verdict.stopped = search.stopped();
  if (search.has_symmetry()) verdict.stands_for = (Symmetry::Integer(verdict.stands_for.empty() ? "0" : verdict.stands_for) + search.stands_for()).str();
}

/// AC5 or NB. Of the worlds from which the goal cannot be reached, that to which the witness leads: the nearest in which
/// somebody is in doubt already, if there is one, as an earlier one is only bound to come there.
struct Ending {
  Property property;
  std::optional<std::uint32_t> stuck{};
  bool known = false;
};

Ending ending(Search& search, Property property) {
  Ending ending{property};
  const bool with_recovery = property == Property::AC5;
  const Relation& relation = search.relation();
  const auto reaches = can_reach(search, with_recovery, ends(relation, property));
  ending.known = true;
  std::vector<Number> row;
  for (std::uint32_t id = 0; id < search.worlds(); ++id) {
    if (reaches[id]) continue;
    if (search.bounds().reached()) {  // perhaps while that was asked: then this world may reach it all the same
      ending.known = ending.stuck.has_value();
      break;
    }
    search.row(id, row);
    if (!with_recovery && relation.header(row[kHeader]).faults_stopped) continue;  // NB asks of no such world
    const bool doubt = somebody_in_doubt(relation, row);
    if (!ending.stuck || doubt) ending.stuck = id;
    if (doubt) break;
  }
  return ending;
}

/// None is known of a search that has not visited all worlds for certain.
std::vector<Ending> endings(Search& search, const Question& question) try {
  std::vector<Ending> endings;
  for (const Property property : question.check)
    if (is_liveness(property)) endings.push_back(search.finished() ? ending(search, property) : Ending{property});
  return endings;
} catch (const WorldLeftOut& left_out) {
  if (question.method.resume.empty()) throw;
  throw CheckpointError(CheckpointError::Kind::damaged, question.method.resume, left_out.what());
}

Finding termination(Search& search, const Ending& ending, Keep keep, const Tell& tell) {
  const std::string name(name_of(ending.property));
  if (keep != Keep::exact) return {ending.property, name, Status::inconclusive, name + " asks of all worlds, and only fingerprints of them were kept", {}};
  if (!ending.known) return {ending.property, name, Status::inconclusive, search.finished() ? search.bounds().reason() : search.stopped(), {}};
  if (ending.stuck) return violated(search, *ending.stuck, ending.property, name, tell);
  return {ending.property, name, Status::holds, "", {}};
}

}  // namespace

/// A limit has ended it.
static void tell_of_logs(Search& search, const Inquiry& asked) {
  if (!asked.log_that_grows) return;
  std::vector<Number> row;
  search.row(static_cast<std::uint32_t>(search.worlds() - 1), row);
  if (const std::string log = asked.log_that_grows(row); !log.empty()) search.explain_stop("; " + log);
}

/// Not even the starts could be made.
static void leave_open(const Question& question, const std::string& why, Verdict& verdict) {
  verdict.stopped = why, verdict.starts = question.votes.size();
  for (const Property property : question.check)
    if (property != Property::AC4) verdict.findings.push_back({property, std::string(name_of(property)), Status::inconclusive, why, {}});
}

void answer(const Inquiry& asked, const Question& question, const Tell& tell, Verdict& verdict) {
  std::optional<PartialOrder> order;
  if (question.method.partial_order) {
    order.emplace(asked.relation, asked.starts, question, asked.relation.has_properties());
    verdict.not_reduced = order->why_not();
  }
  if (asked.cut.is_reached()) return leave_open(question, asked.cut.reason(), verdict);
  Search search(asked.relation, asked.starts, question.limits, asked.symmetry, question.method.keep, verdict.not_reduced.empty() && order ? &*order : nullptr);
  const bool to_the_end = std::any_of(question.check.begin(), question.check.end(), is_liveness);
  if (to_the_end) search.keep_ways();
  Watch watch(question, asked.relation, asked.customs);
  Attendant attendant(asked, question, search, watch);
  verdict.seconds = search.seconds_before();
  search.heed(question.method.interrupt);
  const auto by = expansion(question.method);
  search.run(watch, !to_the_end, *by, [&] { attendant.look(); });
  if (search.bounds().is_reached() || search.worlds() > question.limits.worlds) tell_of_logs(search, asked);
  count(search, verdict);
  verdict.depth = search.depth();
  verdict.starts = asked.starts.size();
  verdict.bytes = search.footprint();
  if (search.finished()) verdict.sometimes = goals(watch, asked, question);
  const auto how_it_ends = endings(search, question);
  const bool all_known = !search.finished() || std::all_of(how_it_ends.begin(), how_it_ends.end(), [](const Ending& ending) { return ending.known; });
  if (!all_known) verdict.stopped = search.bounds().reason();
  // To tell a run numbers parts that the search need not have met: a search that goes on must not know them.
  attendant.leave(verdict);
  for (const auto& invariant : watch.invariants()) {
    if (invariant.broken_by) verdict.findings.push_back(violated(search, *invariant.broken_by, invariant.property, invariant.name, tell));
    else verdict.findings.push_back({invariant.property, invariant.name, search.finished() ? Status::holds : Status::inconclusive, search.stopped(), {}});
  }
  if (watch.doubted_decision()) verdict.doubted_decision = tell(search.path_to(*watch.doubted_decision()), Property::custom).trace;
  for (const Ending& its : how_it_ends) verdict.findings.push_back(termination(search, its, question.method.keep, tell));
}

void answer_non_triviality(const Inquiry& asked, const Question& question, const Tell& tell, Verdict& verdict) {
  // An abort is what breaks "valid" where one vote is no: so it is watched as a property of its own.
  Question nothing_else = question;
  nothing_else.check.clear();
  Search search(asked.relation, asked.starts, question.limits, asked.symmetry);
  Watch watch(nothing_else, asked.relation, {});
  OneThread alone;
  search.heed(question.method.interrupt);
  search.keep_ways();
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
  if (search.bounds().is_reached()) return verdict.findings.push_back({Property::AC4, name, Status::inconclusive, verdict.stopped = search.bounds().reason(), {}});
  const auto stuck = std::find(reaches.begin(), reaches.end(), false);
  if (stuck != reaches.end()) return verdict.findings.push_back(violated(search, static_cast<std::uint32_t>(stuck - reaches.begin()), Property::AC4, name, tell));
  verdict.findings.push_back({Property::AC4, name, Status::holds, "all yes, no fault, synchronous: " + std::to_string(search.worlds()) + (search.has_symmetry() ? " representatives" : " worlds"), {}});
}

void refuse_to_resume(const Question& question) {
  if (question.method.resume.empty()) return;
  throw CheckpointError(CheckpointError::Kind::other_question, question.method.resume, "a search for AC4 alone is never saved");
}

}  // namespace commitlab
