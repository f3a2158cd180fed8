// A written run made again: each line is looked up among the words of all that can happen next, so reading one needs no
// grammar, and a line that cannot happen is answered with what can.
#pragma once

#include <algorithm>

#include "checker/check.hpp"
#include "checker/reach.hpp"
#include "checker/replay_words.hpp"
#include "checker/replayed.hpp"
#include "checker/straight_on.hpp"

namespace commitlab {

namespace replaying {

template <Protocol P>
struct Match {
  std::vector<Step> best;
  Fit fit = Fit::none;
  std::vector<std::string> possible;  // in words
  std::string happens;                // fit == event: the uncut thing that does
};

template <Protocol P>
Match<P> match(const P& p, const World<P>& w, std::string_view line) {
  const auto written = parts_of(line);
  Match<P> match{};
  each_choice(p, w, [&](const Step& step, const Handled<P>& handled) {
    const std::string words = told(line_of(w, step, handled));
    const Fit how = fit(written, parts_of(words));
    if (step.cut == Step::kWhole) match.possible.push_back(words);
    if (how == Fit::none || how < match.fit) return;
    if (how > match.fit) match.best.clear(), match.fit = how;
    if (how == Fit::event && match.happens.empty()) match.happens = words;
    match.best.push_back(step);
  });
  return match;
}

}  // namespace replaying

/// The properties asked, judged along a run that has been made and in the world where it ends; AC5 and NB by a search from
/// there on.
template <Protocol P>
class RunJudge {
 public:
  RunJudge(const P& p, const Question& question, const World<P>& start)
      : p_(p), question_(question), start_(start), setup_(p, question, {start}), watch_(question, setup_.relation(), setup_.asked().customs) {
    look(start);
  }
  void look(const World<P>& w) {
    setup_.relation().number(w, row_);
    watch_.look(row_, at_++);
  }

  std::vector<Finding> findings(const World<P>& end, const Trace& run) const {
    std::vector<Finding> findings;
    for (const auto& invariant : watch_.invariants()) {
      Finding finding{invariant.property, invariant.name, invariant.broken_by ? Status::violated : Status::holds};
      if (invariant.broken_by) finding.why = explain(p_, end, invariant.property, question_.names);
      findings.push_back(std::move(finding));
    }
    for (const Property property : question_.check)
      if (is_liveness(property)) findings.push_back(can_still_end(end, run, property));
    std::stable_sort(findings.begin(), findings.end(), [](const auto& a, const auto& b) { return a.property < b.property; });
    return findings;
  }

 private:
  /// From this world, with no new fault: can all decide?
  Finding can_still_end(const World<P>& last, const Trace& run, Property property) const {
    World<P> end = last;
    const bool with_recovery = property == Property::AC5;
    if (!with_recovery && end.faults_stopped) return {property, std::string(name_of(property)), Status::holds};  // NB asks of no such world
    end.faults.left = {};
    end.faults.copies = false;
    if (with_recovery) end.faults.recovery = Recovery::any_time;
    checking::Setup<P> setup(p_, question_, {end});
    const auto ended = ends(setup.relation(), property);
    if (Bounds bounds(question_.limits); goal_lies_straight_on(setup.relation(), setup.asked().starts.front(), with_recovery, ended, bounds))
      return {property, std::string(name_of(property)), Status::holds};
    Search search(setup.relation(), setup.asked().starts, question_.limits);
    Watch nothing(question_, setup.relation(), {});
    OneThread alone;
    search.run(nothing, false, alone);
    Finding finding{property, std::string(name_of(property)), Status::holds};
    if (!search.finished()) finding.status = Status::inconclusive, finding.why = search.stopped();
    else if (const bool reaches = can_reach(search, with_recovery, ended)[0]; search.bounds().is_reached()) {
      finding.status = Status::inconclusive, finding.why = search.bounds().reason();
    } else if (!reaches) {
      finding.status = Status::violated;
      if (!with_recovery) finding.stuck = stuck(p_, start_, last, run, question_.limits);
      finding.never = doomed(setup.relation(), setup.asked().starts.front(), end.transactions, property, question_.limits).at_first;
      finding.why = explain(p_, end, property, question_.names, finding.stuck, finding.never);
    }
    return finding;
  }

  const P& p_;
  const Question& question_;
  const World<P> start_;
  checking::Setup<P> setup_;
  Watch watch_;
  std::vector<Number> row_;
  std::uint32_t at_ = 0;
};

/// Makes a play again. `question.votes` has one start: the play's own.
template <Protocol P>
Replayed replay(const P& p, const Question& question, const std::vector<PlayLine>& lines) {
  using namespace replaying;
  assert(question.votes.size() == 1);
  Faults faults = question.faults;
  if (asked(question, Property::AC5) && faults.recovery == Recovery::never) faults.recovery = Recovery::when_faults_stop;
  World<P> w = initial<P>(question.names.size(), question.votes.front(), faults);
  RunJudge<P> judge(p, question, w);
  Replayed replayed;
  replayed.trace = trace_of(p, w, question.names);
  const auto stop = [&](Replayed::Outcome outcome, const PlayLine& line) {
    replayed.outcome = outcome;
    replayed.line = line.number;
    replayed.written = line.text;
  };
  const PlayLine* end = nullptr;
  for (const auto& line : lines) {
    if (is_end(line.text)) {
      end = &line;
      continue;
    }
    const auto found = match(p, w, line.text);
    const bool exact = (found.fit == Fit::whole || found.fit == Fit::prefix) && found.best.size() == 1;
    if (!exact) {
      stop(found.fit == Fit::none ? Replayed::Outcome::impossible : found.fit == Fit::event ? Replayed::Outcome::differs : Replayed::Outcome::ambiguous, line);
      replayed.happens = found.happens;
      replayed.possible = found.possible;
      break;
    }
    narrate(p, w, found.best.front(), replayed.trace);
    judge.look(w);
  }
  finish(p, w, replayed.trace);
  if (replayed.outcome != Replayed::Outcome::same) return replayed;
  replayed.findings = judge.findings(w, replayed.trace);
  if (end == nullptr) return replayed;
  // What could not be judged within the limits is no difference.
  std::vector<Finding> judged = replayed.findings;
  const auto written = parts_of(end->text);
  for (Finding& finding : judged) {
    const bool says_violated = std::find(written.begin(), written.end(), finding.name + " violated") != written.end();
    if (finding.status == Status::inconclusive && says_violated) finding.status = Status::violated;
  }
  const std::string happens = end_line(replayed.trace, judged);
  if (written.size() == 1 || written == parts_of(happens)) return replayed;  // a bare `end` claims nothing
  stop(Replayed::Outcome::differs, *end);
  replayed.happens = happens;
  return replayed;
}

}  // namespace commitlab
