// Freezes the reachable worlds of a question: every world, every step and all their words as plain values, for who wants to walk in them.
#pragma once

#include <functional>

#include "checker/check.hpp"
#include "checker/frozen.hpp"

namespace commitlab {

namespace freezing {

/// All of a world in words.
struct Told {
  Budgets left{};
  std::vector<NodeView> views{};  // [node * transactions + transaction], as if all were up
  struct Message {
    std::size_t to = 0;
    FrozenGraph::Message words{};
  };
  std::vector<Message> flight{};
};

/// What a protocol has to say; the rest is the same for all of them.
struct Words {
  std::function<Told(Row)> world;
  std::function<std::vector<Trace::Line>(Row)> choices;  // all that can happen next, in the order of each_choice
};

template <Protocol P>
Words words(const P& p, const Numbered<P>& relation) {
  return {
      .world =
          [&](Row row) {
            World<P> w = relation.world(row);
            Told told{.left = w.faults.left};
            w.up = w.all();
            each_view(p, w, [&](NodeView view) { told.views.push_back(std::move(view)); });
            for (const auto& envelope : w.flight)
              told.flight.push_back({index(envelope.to), {static_cast<int>(index(envelope.from)), envelope.transaction, word_of_value(envelope.message)}});
            return told;
          },
      .choices =
          [&](Row row) {
            std::vector<Trace::Line> lines;
            const World<P> w = relation.world(row);
            each_choice(p, w, [&](const Step& step, const Handled<P>& handled) { lines.push_back(line_of(w, step, handled)); });
            return lines;
          },
  };
}

/// As many worlds as question.limits allow.
FrozenGraph freeze(const Inquiry& asked, const Question& question, const Words& words);

}  // namespace freezing

/// The worlds of `check` without any reduction, breadth first, as many as question.limits allow.
template <Protocol P>
FrozenGraph freeze(const P& p, Question question) {
  question.method.symmetry = false;
  const Faults faults = checking::faults_of(question);
  checking::Setup<P> setup(p, question, question.votes, faults);
  FrozenGraph graph = freezing::freeze(setup.asked(), question, freezing::words(p, setup.relation()));
  graph.protocol = p.name, graph.summary = p.summary;
  if (asked(question, Property::AC4)) {  // it is asked of other worlds: those in which nothing goes wrong
    question.check = {Property::AC4};
    const Status status = check(p, question).findings.front().status;
    for (auto& judged : graph.judged)
      if (judged.property == Property::AC4) judged.status = status;
  }
  for (std::size_t i = 0; i < graph.starts.size(); ++i) graph.starts[i].votes = trace_of(p, initial<P>(question.names.size(), question.votes[i], faults), {}).votes;
  return graph;
}

}  // namespace commitlab
