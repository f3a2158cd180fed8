// Answers a question about a protocol, exhaustively within its budgets.
#pragma once

#include <chrono>

#include "checker/answer.hpp"
#include "checker/doomed.hpp"
#include "checker/explain.hpp"
#include "checker/numbered.hpp"
#include "checker/symmetry.hpp"
#include "checker/watch.hpp"
#include "sim/words.hpp"

namespace commitlab {

namespace checking {

/// A run that is made again step by step with apply, to worlds that are known by their rows, and told.
template <Protocol P>
class Walk {
 public:
  Walk(const P& p, Numbered<P>& relation, const World<P>& start, const std::vector<std::string>& names)
      : p_(p), relation_(relation), w_(start), next_(start), trace_(trace_of(p, start, names)) {}

  const World<P>& world() const { return w_; }
  /// Takes the first step to this row that is accepted; false if there is none. With symmetry, to one that it stands for.
  bool go_to(const std::vector<Number>& row, Symmetry* symmetry, auto&& accept) {
    std::optional<Step> found;
    each_choice(p_, w_, [&](const Step& step, const Handled<P>& handled) {
      if (found || !accept(step)) return;
      next_ = w_;
      apply(next_, step, handled);
      relation_.number(next_, row_);
      if (symmetry != nullptr) symmetry->canonical(row_);
      if (row_ == row) found = step;
    });
    if (found) narrate(p_, w_, *found, trace_);
    return found.has_value();
  }
  Trace told() {
    finish(p_, w_, trace_);
    return trace_;
  }

 private:
  const P& p_;
  Numbered<P>& relation_;
  World<P> w_, next_;
  std::vector<Number> row_;
  Trace trace_;
};

/// Is the goal of this property out of reach, if it is broken in w? Else what w itself shows breaks it.
template <Protocol P>
bool is_doomed(const World<P>& w, Property property) {
  return is_liveness(property) || (property == Property::AC4 && standings(w, w.all()).any.aborts == 0);
}

/// Makes the run through these worlds again, step by step, and tells it. Each step must lead where it led.
template <Protocol P>
Told tell(const P& p, Numbered<P>& relation, Symmetry* symmetry, const std::vector<std::vector<Number>>& path, Property property, const Question& question) {
  const World<P> start = relation.world(path.front());
  Walk<P> walk(p, relation, start, question.names);
  for (std::size_t i = 1; i < path.size(); ++i)
    if (!walk.go_to(path[i], symmetry, [](const Step&) { return true; })) return {};
  Told told;
  if (is_doomed(walk.world(), property)) {
    std::vector<Number> row;
    relation.number(walk.world(), row);
    const Doomed doomed = commitlab::doomed(relation, row, start.transactions, property, question.limits);
    for (const auto& next : doomed.path)
      if (!walk.go_to(next, nullptr, [](const Step& step) { return !is_fault(step); })) return {};
    told.never = doomed.at_last;
    told.never->shown_by = doomed.path.size();
  }
  const World<P>& w = walk.world();
  told.trace = walk.told();
  if (property == Property::NB) told.stuck = stuck(p, start, w, *told.trace, question.limits);
  told.why = explain(p, w, property, question.names, told.stuck, told.never);
  const bool broken = property == Property::AC1   ? !agreement(w, question.agreement == Agreement::uniform)
                      : property == Property::AC2 ? !stability(w)
                      : property == Property::AC3 ? !validity(w)
                                                  : true;
  if (!broken) told.trace.reset();
  return told;
}

/// Of a search that a limit has ended: a log that has become so long is the likely reason why there was no end to its worlds.
template <Protocol P>
std::string log_that_grows(const World<P>& w, const std::vector<std::string>& names) {
  constexpr std::size_t kLong = 16;
  std::optional<NodeId> longest;
  const auto length = [&](NodeId id) { return w.log(id).entries.size(); };
  w.all().each([&](NodeId id) {
    if (length(id) >= (longest ? length(*longest) + 1 : kLong)) longest = id;
  });
  if (!longest) return "";
  return "the log of " + names[index(*longest)] + " grows without end: " + std::to_string(length(*longest)) + " records in the last world, the last of them " +
         word_of_value(w.log(*longest).entries[length(*longest) - 1].record);
}

/// The relation of a protocol over the worlds that can be reached from some, which differ in nothing but votes.
template <Protocol P>
class Setup {
 public:
  /// From one start for each vector of votes. A World is large, so each is made, numbered and forgotten.
  Setup(const P& p, const Question& question, const std::vector<std::vector<NodeSet>>& votes, const Faults& faults)
      : Setup(p, question, std::vector{initial<P>(question.names.size(), votes.front(), faults)}) {
    asked_.cut = Bounds(question.limits);
    for (std::size_t i = 1; i < votes.size() && !asked_.cut.reached(16); ++i)
      relation_.number(initial<P>(question.names.size(), votes[i], faults), asked_.starts.emplace_back());
  }
  Setup(const P& p, const Question& question, const std::vector<World<P>>& starts)
      : p_(p), question_(question), classes_(question.method.symmetry && !ordered(p) ? interchangeable(question) : std::vector<NodeSet>()),
        relation_(p, starts.front(), kinds_of(starts.front().nodes, classes_), union_of(classes_)), asked_{relation_, {}} {
    for (const auto& start : starts) relation_.number(start, asked_.starts.emplace_back());
    asked_.customs = relation_.names_of_own_properties();
    asked_.log_that_grows = [this](Row row) { return checking::log_that_grows(relation_.world(row), question_.names); };
    asked_.identity = "protocol " + std::string(p.name) + "\nits parts " + std::to_string(sizeof(typename P::State)) + " " + std::to_string(sizeof(typename P::Message)) + " " +
                      std::to_string(sizeof(typename P::Record)) + "\n";
    const Faults& faults = starts.front().faults;
    if (!classes_.empty()) relation_.hold_alike(classes_), symmetry_.emplace(relation_, classes_), asked_.symmetry = &*symmetry_;
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
    checking::Setup<P> setup(p, question, question.votes, checking::faults_of(question));
    answer(setup.asked(), question, setup.tell(), verdict);
    if (question.method.symmetry && verdict.stands_for.empty()) verdict.stands_for = std::to_string(verdict.worlds);  // nobody is like another
  }
  if (asked(question, Property::AC4)) {
    const std::vector<NodeSet> all_yes(question.votes.front().size(), NodeSet::first(question.names.size()));
    checking::Setup<P> setup(p, question, {all_yes}, undisturbed(question.faults));
    answer_non_triviality(setup.asked(), question, setup.tell(), verdict);
  }
  std::stable_sort(verdict.findings.begin(), verdict.findings.end(), [](const auto& a, const auto& b) { return a.property < b.property; });
  verdict.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return verdict;
}

}  // namespace commitlab
