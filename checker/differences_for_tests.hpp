// For tests: what a method says otherwise than the oracle does, or than it promised to say it.
#pragma once

#include "checker/check.hpp"
#include "checker/promises_for_tests.hpp"
#include "checker/random_question_for_tests.hpp"
#include "checker/random_words_for_tests.hpp"

namespace commitlab {

constexpr bool is_invariant(Property property) {
  return property != Property::AC4 && property != Property::AC5 && property != Property::NB;
}

/// Does the question itself treat all participants alike?
inline bool alike(const Question& question) {
  const NodeSet participants = NodeSet::first(question.names.size()).without(kCoordinator);
  const NodeSet crashing = question.faults.crash_only & participants;
  return (crashing.empty() || crashing == participants) && question.conserve.empty();
}

/// AC4, on its own worlds.
template <Protocol P>
bool is_trivial(const Oracle<P>& calm) {
  const auto stuck = calm.cannot_reach([](const auto& w) { return all_committed(w); }, false);
  const bool aborts = std::any_of(calm.worlds.begin(), calm.worlds.end(), [](const auto& w) {
    return std::any_of(w.slots.begin(), w.slots.end(), [](const auto& slot) { return slot.decided.ever_abort; });
  });
  return aborts || std::find(stuck.begin(), stuck.end(), true) != stuck.end();
}

/// What the oracle says of one case.
template <Protocol P>
struct Truth {
  Truth(const P& protocol, const Question& asked, const Oracle<P>& found, const Oracle<P>& calm)
      : p(protocol), question(asked), oracle(found), orbits(found.orbits(asked)), trivial(is_trivial(calm)) {
    for (const Property property : question.check) answers[property] = oracle.answer(property, question);
  }
  const P& p;
  const Question& question;
  const Oracle<P>& oracle;
  std::size_t orbits;
  bool trivial;
  std::map<Property, Answer> answers{};

  /// A search for invariants alone may stop when all of them are broken: then it counts what it likes.
  bool visits_all() const {
    return std::any_of(answers.begin(), answers.end(), [](const auto& answer) { return !is_invariant(answer.first) || !answer.second.nearest; });
  }
};

/// The worlds in which this run, found by its words, may end.
template <Protocol P>
std::set<std::uint32_t> ends_of(const Truth<P>& truth, const Trace& witness) {
  std::set<std::uint32_t> here;
  for (std::uint32_t id = 0; id < truth.oracle.worlds.size() && truth.oracle.levels[id] == 1; ++id)
    if (trace_of(truth.p, truth.oracle.worlds[id], {}).votes == witness.votes) here.insert(id);
  for (const auto& line : witness.lines) {
    std::set<std::uint32_t> there;
    for (const auto id : here)
      each_choice(truth.p, truth.oracle.worlds[id], [&](const Step& step, const Handled<P>& handled) {
        if (told(line_of(truth.oracle.worlds[id], step, handled)) != told(line)) return;
        World<P> next = truth.oracle.worlds[id];
        apply(truth.p, next, step);
        there.insert(*truth.oracle.find(next));
      });
    here = there;
  }
  return here;
}

/// Does a run that ends in one of these worlds break the property?
inline bool shows(const std::set<std::uint32_t>& ends, const Answer& answer) {
  return std::any_of(ends.begin(), ends.end(), [&](std::uint32_t id) { return answer.broken[id]; });
}

/// Has nobody decided at the end of the run but those who are not named, and can those who are named never do so, whatever follows?
template <Protocol P>
bool names_the_stuck(const Truth<P>& truth, const Finding& finding, std::uint32_t end) {
  const bool with_recovery = finding.property == Property::AC5;
  const auto undecided = [&](std::uint32_t id, std::uint8_t t) {
    const World<P>& w = truth.oracle.worlds[id];
    NodeSet who;
    (with_recovery ? w.all() : w.up).each([&](NodeId node) {
      if ((standing(w, node).undecided >> t & 1u) != 0) who.add(node);
    });
    return who;
  };
  std::vector<bool> known(truth.oracle.worlds.size());
  std::vector<std::uint32_t> follows{end};
  known[end] = true;
  for (std::size_t i = 0; i < follows.size(); ++i) {
    const auto before = [](const auto& edge, std::uint32_t from) { return edge.from < from; };  // edges are in the order of their worlds
    for (auto edge = std::lower_bound(truth.oracle.edges.begin(), truth.oracle.edges.end(), follows[i], before); edge != truth.oracle.edges.end() && edge->from == follows[i]; ++edge) {
      if (edge->fault || (edge->recovers && !with_recovery) || known[edge->to]) continue;
      known[edge->to] = true, follows.push_back(edge->to);
    }
  }
  for (std::uint8_t t = 0; t < finding.never->who.size(); ++t) {
    NodeSet never = undecided(end, t);
    for (const std::uint32_t id : follows) never = never & undecided(id, t);
    if (never != finding.never->who[t] || never != undecided(end, t)) return false;
  }
  return true;
}

using Complaints = std::vector<std::string>;

template <Protocol P>
void compare_findings(const Truth<P>& truth, const Verdict& verdict, const Promise& promise, Complaints& complaints) {
  for (const auto& finding : verdict.findings) {
    const auto complain = [&](const std::string& what) { complaints.push_back(finding.name + ": " + what); };
    const Answer& answer = truth.answers.at(finding.property);
    const Status unbroken = promise.may_hold ? Status::holds : Status::inconclusive;
    const Status expected = answer.nearest ? Status::violated : unbroken;
    if (finding.status != expected) complain(std::string(name_of(finding.status)) + ", but it is " + std::string(name_of(expected)) + " (" + finding.why + ")");
    if (finding.status != Status::violated) continue;
    const auto its_ends = finding.witness ? ends_of(truth, *finding.witness) : std::set<std::uint32_t>();
    const auto named = [&](std::uint32_t end) { return names_the_stuck(truth, finding, end); };
    if (!shows(its_ends, answer)) complain("the witness is no run that breaks it");
    else if (!is_invariant(finding.property) && (!finding.never || !finding.never->known || std::none_of(its_ends.begin(), its_ends.end(), named)))
      complain("it names others than those who can never decide (" + finding.why + ")");
    else if (promise.shortest && is_invariant(finding.property) && finding.witness->lines.size() != answer.nearest)
      complain("the witness has " + std::to_string(finding.witness->lines.size()) + " steps, the shortest " + std::to_string(answer.nearest.value_or(0)));
  }
}

template <Protocol P>
void compare_counts(const Truth<P>& truth, const Verdict& verdict, const Promise& promise, Complaints& complaints) {
  const auto same = [&](std::string_view what, std::uint64_t counted, std::uint64_t expected) {
    if (counted != expected) complaints.push_back(std::to_string(counted) + " " + std::string(what) + ", but there are " + std::to_string(expected));
  };
  const auto& oracle = truth.oracle;
  const std::uint64_t worlds = oracle.worlds.size();
  if (verdict.worlds > worlds) same("worlds", verdict.worlds, worlds);
  if (promise.counts == Counts::at_most || !truth.visits_all()) return;
  same("levels", verdict.depth, oracle.depth());
  if (promise.counts == Counts::all) {
    same("worlds", verdict.worlds, worlds);
    same("steps", verdict.steps, oracle.edges.size());
  } else if (ordered(truth.p)) {
    same("worlds", verdict.worlds, worlds);  // symmetry is none of theirs
  } else {
    const bool in_full = alike(truth.question);  // else only those whom the question does not tell apart are one
    if (in_full || verdict.worlds < truth.orbits) same("orbits", verdict.worlds, truth.orbits);
    if (in_full && verdict.stands_for != std::to_string(worlds)) complaints.push_back("stands for " + verdict.stands_for + " worlds of " + std::to_string(worlds));
  }
}

template <Protocol P>
void compare_goals(const Oracle<P>& oracle, const Verdict& verdict, Complaints& complaints) {
  const auto ever = [&](auto&& so) {
    return std::any_of(oracle.worlds.begin(), oracle.worlds.end(), [&](const auto& w) { return std::any_of(w.slots.begin(), w.slots.end(), so); });
  };
  const std::map<std::string, bool> expected{
      {"some participant votes no", ever([](const auto& slot) { return slot.vote == Vote::no; })},
      {"some node commits", ever([](const auto& slot) { return slot.decided.ever_commit; })},
      {"some node aborts", ever([](const auto& slot) { return slot.decided.ever_abort; })},
      {"the handler receive runs", oracle.events.contains(Event::deliver)},
      {"the handler timeout runs", oracle.events.contains(Event::timeout) || oracle.events.contains(Event::early)},
      {"the handler recover runs", oracle.events.contains(Event::recover) || oracle.events.contains(Event::wipe)}};
  for (const auto& goal : verdict.sometimes)
    if (expected.contains(goal.name) && expected.at(goal.name) != goal.seen) complaints.push_back("not so: " + goal.name + (goal.seen ? ": seen" : ": never"));
}

/// What one method says otherwise than it should.
template <Protocol P>
Complaints complaints_about(const Promise& promise, const Truth<P>& truth, const Verdict& plain) {
  Question question = truth.question;
  question.method = promise.method;
  if (!promise.terminates) {
    question.faults = faults_met(truth.question);  // so that there are the same worlds
    std::erase_if(question.check, [](Property property) { return !is_invariant(property); });
  }
  Complaints complaints;
  const Verdict verdict = check(truth.p, question);
  compare_findings(truth, verdict, promise, complaints);
  compare_counts(truth, verdict, promise, complaints);
  compare_goals(truth.oracle, verdict, complaints);
  if (promise.word_for_word && told(verdict) != told(plain)) complaints.push_back("not the plain verdict:\n" + told(verdict) + "but\n" + told(plain));
  if (!promise.terminates) return complaints;
  question.check = {Property::AC4};
  const Status expected = truth.trivial ? Status::violated : Status::holds;
  if (check(truth.p, question).status() != expected) complaints.push_back("AC4 is " + std::string(name_of(expected)));
  return complaints;
}

}  // namespace commitlab
