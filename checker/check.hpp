// Answers a question about a protocol, exhaustively within its budgets.
#pragma once

#include <chrono>

#include "checker/answer.hpp"
#include "checker/explain.hpp"
#include "checker/numbered.hpp"
#include "checker/symmetry.hpp"
#include "checker/watch.hpp"
#include "sim/words.hpp"

namespace commitlab {

namespace checking {

/// Makes the run through these worlds again with apply, step by step, and tells it. Each step must lead where it led.
template <Protocol P>
Told tell(const P& p, Numbered<P>& relation, Symmetry* symmetry, const std::vector<std::vector<Number>>& path, Property property, const Question& question) {
  const World<P> start = relation.world(path.front());
  World<P> w = start, next = w;
  Told told{trace_of(p, w, question.names), "", {}};
  std::vector<Number> row;
  for (std::size_t i = 1; i < path.size(); ++i) {
    std::optional<Step> found;
    each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
      if (found) return;
      next = w;
      apply(next, step, handled);
      relation.number(next, row);
      if (symmetry != nullptr) symmetry->canonical(row);
      if (row == path[i]) found = step;
    });
    if (!found) return {};
    narrate(p, w, *found, *told.trace);
  }
  finish(p, w, *told.trace);
  if (property == Property::NB) told.stuck = stuck(p, start, w, *told.trace);
  told.why = explain(p, w, property, question.names, told.stuck);
  const bool broken = property == Property::AC1   ? !agreement(w, question.agreement == Agreement::uniform)
                      : property == Property::AC2 ? !stability(w)
                      : property == Property::AC3 ? !validity(w)
                                                  : true;
  if (!broken) told.trace.reset();
  return told;
}

/// The relation of a protocol over the worlds that can be reached from these, which differ in nothing but votes.
template <Protocol P>
class Setup {
 public:
  Setup(const P& p, const Question& question, const std::vector<World<P>>& starts)
      : p_(p), question_(question), classes_(question.method.symmetry && !ordered(p) ? interchangeable(question) : std::vector<NodeSet>()),
        relation_(p, starts.front(), kinds_of(starts.front().nodes, classes_), union_of(classes_)), asked_{relation_, {}} {
    for (const auto& start : starts) relation_.number(start, asked_.starts.emplace_back());
    asked_.customs = relation_.names_of_own_properties();
    asked_.identity = "protocol " + std::string(p.name) + "\nits parts " + std::to_string(sizeof(typename P::State)) + " " + std::to_string(sizeof(typename P::Message)) + " " +
                      std::to_string(sizeof(typename P::Record)) + "\n";
    const Faults& faults = starts.front().faults;
    if (!classes_.empty()) symmetry_.emplace(relation_, classes_), asked_.symmetry = &*symmetry_;
    asked_.specification = Specification<P>, asked_.receives = !SeesStates<P>;
    asked_.doubts = Doubts<P>, asked_.suspects = Suspects<P>, asked_.acts = Acts<P>;
    asked_.recovers = faults.recovery == Recovery::any_time && faults.left.crashes > 0;
  }
  Numbered<P>& relation() { return relation_; }
  const Inquiry& asked() const { return asked_; }
  Tell tell() {
    return [this](const std::vector<std::vector<Number>>& path, Property property) { return checking::tell(p_, relation_, asked_.symmetry, path, property, question_); };
  }

 private:
  const P& p_;
  const Question& question_;
  std::vector<NodeSet> classes_;
  Numbered<P> relation_;
  std::optional<Symmetry> symmetry_;
  Inquiry asked_;
};

template <Protocol P>
std::vector<World<P>> starts_of(const Question& question, const std::vector<std::vector<NodeSet>>& votes, const Faults& faults) {
  std::vector<World<P>> starts;
  for (const auto& vector : votes) starts.push_back(initial<P>(question.names.size(), vector, faults));
  return starts;
}

/// AC5 asks what a recovery would do, also where none happens before faults stop.
inline Faults faults_of(const Question& question) {
  Faults faults = question.faults;
  if (asked(question, Property::AC5) && faults.recovery == Recovery::never) faults.recovery = Recovery::when_faults_stop;
  return faults;
}

}  // namespace checking

/// Answers the question for p, exhaustively within its budgets.
template <Protocol P>
Verdict check(const P& p, const Question& question) {
  const auto begin = std::chrono::steady_clock::now();
  Verdict verdict;
  const bool only_ac4 = question.check == std::vector{Property::AC4} && !HasProperties<P>;
  if (only_ac4) {
    refuse_to_resume(question);
  } else {
    checking::Setup<P> setup(p, question, checking::starts_of<P>(question, question.votes, checking::faults_of(question)));
    answer(setup.asked(), question, setup.tell(), verdict);
    if (question.method.symmetry && verdict.stands_for.empty()) verdict.stands_for = std::to_string(verdict.worlds);  // nobody is like another
  }
  if (asked(question, Property::AC4)) {
    const std::vector<NodeSet> all_yes(question.votes.front().size(), NodeSet::first(question.names.size()));
    checking::Setup<P> setup(p, question, checking::starts_of<P>(question, {all_yes}, undisturbed(question.faults)));
    answer_non_triviality(setup.asked(), question, setup.tell(), verdict);
  }
  std::stable_sort(verdict.findings.begin(), verdict.findings.end(), [](const auto& a, const auto& b) { return a.property < b.property; });
  verdict.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return verdict;
}

}  // namespace commitlab
