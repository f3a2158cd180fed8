#include "checker/steps.hpp"

#include "checker/numbered.hpp"
#include "checker/random_question_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// What the steps of one world are: what happens, and the row of the world after it.
using Happens = std::vector<std::pair<Event, std::vector<Number>>>;

template <Protocol P>
Happens by_the_world(const P& p, const World<P>& w, Numbered<P>& relation) {
  Happens all;
  each_choice(p, w, [&](const Step& step, const Handled<P>&) {
    World<P> next = w;
    apply(p, next, step);
    relation.number(next, all.emplace_back(step.event, std::vector<Number>()).second);
  });
  return all;
}

Happens by_the_row(Steps& steps, Row row) {
  Happens all;
  steps.expand(row, {}, [&](const Move& move, std::span<const Change> changes) {
    std::vector<Number> next(row.begin(), row.end());
    for (const Change& change : changes) next[change.place] = change.after;
    all.emplace_back(move.event, std::move(next));
  });
  return all;
}

/// What the worlds are like that were looked at: with others the law would be about less.
struct Looked {
  std::size_t in_pieces = 0, whole = 0, crowded = 0, twice = 0, to_itself = 0;

  template <Protocol P>
  void add(const World<P>& w, bool pieces) {
    ++(pieces ? in_pieces : whole);
    if (!pieces) return;
    const auto& flight = w.flight;
    for (std::size_t i = 0; i < flight.size(); ++i) {
      to_itself += flight[i].to == flight[i].from;
      if (i == 0 || flight[i - 1].to != flight[i].to) continue;
      ++(flight[i - 1] == flight[i] ? twice : crowded);
    }
  }
};

}  // namespace

TEST_CASE("a row has the steps that its world has, in their order, whether a node's moves are worked out whole or in pieces") {
  Looked looked;
  for (std::uint64_t seed = 0; seed < 80; ++seed)
    with_case(seed, [&]<class P>(const P& p, const Question& question, const Oracle<P>& oracle, const Oracle<P>&) {
      World<P> counted = oracle.worlds.front();
      counted.faults.copies = true;  // of equal messages each is on its way by itself
      const Oracle<P> with_copies(p, {counted}, 500);
      for (const Oracle<P>* all : {&oracle, &with_copies}) {
        Numbered<P> relation(p, all->worlds.front(), all_different(question.names.size()));
        Steps steps(relation, Idling::told);
        std::vector<Number> row;
        for (const World<P>& w : all->worlds) {
          relation.number(w, row);
          looked.add(w, relation.in_pieces());
          if (by_the_row(steps, row) == by_the_world(p, w, relation)) continue;
          FAIL("case " << seed << ": a world and its row have other steps");
        }
      }
    });
  CHECK(looked.in_pieces > 10'000);
  CHECK(looked.whole > 10'000);
  CHECK(looked.crowded > 1'000);
  CHECK(looked.twice > 100);
  CHECK(looked.to_itself > 100);
}

}  // namespace commitlab
