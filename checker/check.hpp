// From a question to a verdict: one search for the invariants and for termination, one of its own for non-triviality.
#pragma once

#include "checker/explain.hpp"
#include "checker/search.hpp"
#include "sim/properties.hpp"
#include "sim/words.hpp"

namespace commitlab {

namespace checking {

inline bool asked(const Question& question, Property property) {
  return std::find(question.check.begin(), question.check.end(), property) != question.check.end();
}
inline bool is_liveness(Property property) { return property == Property::AC5 || property == Property::NB; }

/// Whatever has been committed at all nodes together must leave every total as it was.
template <Protocol P>
bool conserved(const World<P>& w, const std::vector<Quantity>& quantities) {
  if (!settled(w)) return true;
  for (const auto& quantity : quantities) {
    std::int64_t total = 0;
    w.all().each([&](NodeId id) {
      for (std::uint8_t t = 0; t < w.transactions; ++t)
        if (w.slot(id, t).decided.ever_commit) total += quantity.added_by_node[index(id)];
    });
    if (total != 0) return false;
  }
  return true;
}

/// Does the world itself break the property? For what can be seen in one world only.
template <Protocol P>
bool broken_here(const World<P>& w, Property property, const Question& question) {
  switch (property) {
    case Property::AC1: return !agreement(w, question.agreement == Agreement::uniform);
    case Property::AC2: return !stability(w);
    case Property::AC3: return !validity(w);
    case Property::conserve: return !conserved(w, question.conserve);
    case Property::AC4:
    case Property::AC5:
    case Property::NB:
    case Property::custom: return false;
  }
  return false;
}

/// The invariants under watch, each with the first world that breaks it.
template <Protocol P>
class Invariants {
 public:
  Invariants(const P& p, const Question& question, const World<P>& start) : p_(p), question_(question) {
    for (const Property property : question.check)
      if (!is_liveness(property) && property != Property::AC4) watched_.push_back({property, std::string(name_of(property)), {}});
    if constexpr (HasProperties<P>)
      p.properties(start, [&](std::string_view name, bool) { watched_.push_back({Property::custom, std::string(name), {}}); });
  }
  /// False once every one of them is broken: then nothing is left to look for.
  bool look(const World<P>& w, std::uint32_t id) {
    if (w.faults_stopped) return true;  // repair that only AC5 asks about
    for (auto& watched : watched_)
      if (!watched.broken_by && broken_here(w, watched.property, question_)) watched.broken_by = id, ++broken_;
    if constexpr (HasProperties<P>)
      p_.properties(w, [&](std::string_view name, bool holds) {
        for (auto& watched : watched_)
          if (!holds && !watched.broken_by && watched.property == Property::custom && watched.name == name) watched.broken_by = id, ++broken_;
      });
    return broken_ < watched_.size();
  }
  struct Watched {
    Property property;
    std::string name;
    std::optional<std::uint32_t> broken_by;
  };
  const std::vector<Watched>& list() const { return watched_; }

 private:
  const P& p_;
  const Question& question_;
  std::vector<Watched> watched_;
  std::size_t broken_ = 0;
};

/// What some run should do, and which handlers ran.
template <Protocol P>
class Coverage {
 public:
  void look(const P& p, const World<P>& w) {
    for (const auto& slot : w.slots) refuses_ = refuses_ || slot.vote == Vote::no;
    for (const auto& slot : w.slots) commits_ = commits_ || slot.decided.ever_commit, aborts_ = aborts_ || slot.decided.ever_abort;
    doubt_ = doubt_ || somebody_in_doubt(p, w);
  }
  void take(const Step& step) { events_ |= 1u << static_cast<unsigned>(step.event); }

  std::vector<Goal> goals(const Faults& faults) const {
    constexpr bool made = !Specification<P>;  // a specification has no votes to be asked for, no start and no time
    std::vector<Goal> goals;
    if (made) goals.push_back({"some participant votes no", refuses_});
    goals.push_back({"some node commits", commits_});
    goals.push_back({"some node aborts", aborts_});
    if constexpr (Doubts<P>) goals.push_back({"somebody is in doubt", doubt_});
    const bool timers = ran(Event::timeout) || ran(Event::early);
    if (made) goals.push_back({"the handler start runs", ran(Event::start)});
    if (!SeesStates<P>) goals.push_back({"the handler receive runs", ran(Event::deliver)});
    if (made) goals.push_back({"the handler timeout runs", timers});
    if (faults.recovery == Recovery::any_time && faults.left.crashes > 0) goals.push_back({"the handler recover runs", ran(Event::recover) || ran(Event::wipe)});
    if constexpr (Suspects<P>) goals.push_back({"the handler suspect runs", ran(Event::suspect)});
    if constexpr (Acts<P>) goals.push_back({"the handler act runs", ran(Event::act)});
    return goals;
  }

 private:
  bool ran(Event event) const { return (events_ >> static_cast<unsigned>(event) & 1u) != 0; }
  bool refuses_ = false, commits_ = false, aborts_ = false, doubt_ = false;
  std::uint32_t events_ = 0;
};

/// The run to a world, told; nothing if making it again does not lead there, which would be a defect of ours.
template <Protocol P>
std::optional<Trace> witness(const P& p, const Search<P>& search, std::uint32_t id, const Question& question) {
  const auto path = search.path_to(id);
  if (!path) return std::nullopt;
  Trace trace = trace_of(p, path->start, question.names);
  World<P> w = path->start;
  for (const Step& step : path->steps) narrate(p, w, step, trace);
  finish(p, w, trace);
  return trace;
}

/// A violation is reported only with a run that shows it, made once more.
template <Protocol P>
Finding violated(const P& p, const Search<P>& search, std::uint32_t id, const Question& question, Property property, std::string name) {
  Finding finding{property, std::move(name), Status::violated, "", witness(p, search, id, question)};
  const World<P> end = search.world(id);
  finding.why = explain(p, end, property, question.names);
  const bool shown = finding.witness && (property == Property::custom || property == Property::AC4 || is_liveness(property) || broken_here(end, property, question));
  if (!shown) finding.status = Status::inconclusive, finding.why = "internal error: the witness could not be replayed";
  return finding;
}

/// AC5 or NB, on the whole graph. Of the worlds from which the goal cannot be reached, the witness leads to the nearest in
/// which somebody is in doubt already, if there is one: an earlier one is only bound to come there.
template <Protocol P>
Finding termination(const P& p, const Search<P>& search, const Question& question, Property property) {
  const bool with_recovery = property == Property::AC5;
  const auto count = static_cast<std::uint32_t>(search.worlds());
  std::vector<bool> goal(count), exempt(count), doubt(count);
  for (std::uint32_t id = 0; id < count; ++id) {
    const World<P> w = search.world(id);
    goal[id] = with_recovery ? all_decided(w) : live_decided(w);
    exempt[id] = !with_recovery && w.faults_stopped;
    doubt[id] = somebody_in_doubt(p, w);
  }
  const auto reaches = search.graph().can_reach(goal, with_recovery);
  std::optional<std::uint32_t> stuck;
  for (std::uint32_t id = 0; id < count; ++id) {
    if (reaches[id] || exempt[id]) continue;
    if (!stuck || doubt[id]) stuck = id;
    if (doubt[id]) break;
  }
  if (stuck) return violated(p, search, *stuck, question, property, std::string(name_of(property)));
  return {property, std::string(name_of(property)), Status::holds, "", {}};
}

template <Protocol P>
std::vector<World<P>> starts_of(const Question& question, const Faults& faults) {
  std::vector<World<P>> starts;
  for (const auto& votes : question.votes) starts.push_back(initial<P>(question.names.size(), votes, faults));
  return starts;
}

/// AC4, a search of its own: all vote yes, nothing fails, timing is synchronous. No abort is ever decided, and from every
/// world one can be reached in which all have committed.
template <Protocol P>
Finding non_triviality(const P& p, const Question& question, Verdict& verdict) {
  const bool fifo = question.faults.channels == Channels::fifo;
  const Faults none{.timing = Timing::synchronous, .channels = fifo ? Channels::fifo : Channels::bag};  // sticky messages know no synchrony
  const std::vector<NodeSet> all_yes(question.votes.front().size(), NodeSet::first(question.names.size()));
  Search<P> search(p, {initial<P>(question.names.size(), all_yes, none)}, question.limits);
  search.keep_graph();
  std::optional<std::uint32_t> aborted;
  std::vector<bool> goal;
  search.run(
      [&](const World<P>& w, std::uint32_t id) {
        goal.push_back(all_committed(w));
        const bool abort = std::any_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.decided.ever_abort; });
        if (abort) aborted = id;
        return !abort;
      },
      [](const Step&, const World<P>&) {});
  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  const std::string name(name_of(Property::AC4));
  if (aborted) return violated(p, search, *aborted, question, Property::AC4, name);
  if (!search.finished()) {
    verdict.stopped = search.stopped();
    return {Property::AC4, name, Status::inconclusive, search.stopped(), {}};
  }
  const auto reaches = search.graph().can_reach(goal, false);
  for (std::uint32_t id = 0; id < search.worlds(); ++id)
    if (!reaches[id]) return violated(p, search, id, question, Property::AC4, name);
  return {Property::AC4, name, Status::holds, "all yes, no fault, synchronous: " + std::to_string(search.worlds()) + " worlds", {}};
}

/// The invariants and termination, in one search.
template <Protocol P>
void main_search(const P& p, const Question& question, Verdict& verdict) {
  Faults faults = question.faults;
  if (asked(question, Property::AC5) && faults.recovery == Recovery::never) faults.recovery = Recovery::when_faults_stop;
  const auto starts = starts_of<P>(question, faults);
  Search<P> search(p, starts, question.limits);
  const bool liveness = std::any_of(question.check.begin(), question.check.end(), is_liveness);
  if (liveness) search.keep_graph();
  Invariants<P> invariants(p, question, starts.front());
  Coverage<P> coverage;
  search.run(
      [&](const World<P>& w, std::uint32_t id) {
        coverage.look(p, w);
        return invariants.look(w, id) || liveness;
      },
      [&](const Step& step, const World<P>&) { coverage.take(step); });

  verdict.worlds += search.worlds();
  verdict.steps += search.steps();
  verdict.depth = search.depth();
  verdict.starts = starts.size();
  verdict.bytes = search.footprint();
  if (!search.stopped().empty()) verdict.stopped = search.stopped();
  if (search.finished()) verdict.sometimes = coverage.goals(faults);
  for (const auto& watched : invariants.list()) {
    if (watched.broken_by) verdict.findings.push_back(violated(p, search, *watched.broken_by, question, watched.property, watched.name));
    else verdict.findings.push_back({watched.property, watched.name, search.finished() ? Status::holds : Status::inconclusive, search.stopped(), {}});
  }
  for (const Property property : question.check) {
    if (!is_liveness(property)) continue;
    if (search.finished()) verdict.findings.push_back(termination(p, search, question, property));
    else verdict.findings.push_back({property, std::string(name_of(property)), Status::inconclusive, search.stopped(), {}});
  }
}

}  // namespace checking

/// Answers the question for p, exhaustively within its budgets.
template <Protocol P>
Verdict check(const P& p, const Question& question) {
  const auto begin = std::chrono::steady_clock::now();
  Verdict verdict;
  const bool only_ac4 = question.check == std::vector{Property::AC4} && !HasProperties<P>;
  if (!only_ac4) checking::main_search(p, question, verdict);
  if (checking::asked(question, Property::AC4)) verdict.findings.push_back(checking::non_triviality(p, question, verdict));
  std::stable_sort(verdict.findings.begin(), verdict.findings.end(), [](const auto& a, const auto& b) { return a.property < b.property; });
  verdict.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return verdict;
}

}  // namespace commitlab
