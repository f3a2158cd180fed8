// For tests: a Markov chain or decision process written as rows, and what both solvers must say of it.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checker/chain.hpp"
#include "checker/schedulers.hpp"
#include "test.hpp"

namespace commitlab::families {

inline constexpr DecisionProcess::Kind kGood = 1, kBad = 2;

/// Rows of a process in which states are made as they are named: 0 is where it begins, `good()` and `bad()` are where it ends.
class Rows {
 public:
  using State = DecisionProcess::State;
  using Row = std::vector<std::pair<State, Rational>>;

  /// A new state, which ends badly until it is given a row.
  State add() {
    rows_.emplace_back();
    return static_cast<State>(rows_.size() - 1);
  }
  State good() const { return kGoodEnd; }
  State bad() const { return kBadEnd; }
  /// One choice of a state, and what it costs; a second call gives it a second choice.
  void choose(State s, Row row, const Rational& cost = 0) { rows_[s].push_back({std::move(row), cost}); }

  DecisionProcess process() const {
    DecisionWriter writer({"steps"});
    const auto place = [&](State s) { return s == kGoodEnd ? static_cast<State>(rows_.size()) : s == kBadEnd ? static_cast<State>(rows_.size() + 1) : s; };
    for (const auto& choices : rows_) {
      writer.state();
      for (const auto& [row, cost] : choices) {
        writer.choice();
        for (const auto& [to, chance] : row) writer.branch(place(to), chance);
        writer.reward(0, cost);
      }
    }
    writer.state(kGood);
    writer.stay();
    writer.state(kBad);
    writer.stay();
    return writer.take();
  }

 private:
  static constexpr State kGoodEnd = ~State{0}, kBadEnd = ~State{0} - 1;
  std::vector<std::vector<std::pair<Row, Rational>>> rows_;
};

inline Rational power(const Rational& base, unsigned exponent) { return product(std::vector<Rational>(exponent, base)); }

inline Rational binomial(unsigned n, unsigned k) {
  Rational ways = 1;
  for (unsigned i = 0; i < k; ++i) ways *= Rational(n - i, i + 1);
  return ways;
}

/// That a chain ends well with exactly this chance, and costs this much: by rational numbers, by elimination between bounds, and by moving mass.
inline void holds(const Rows& rows, const Rational& good, const std::optional<Rational>& cost = {}) {
  const DecisionProcess chain = rows.process();
  REQUIRE_FALSE(flaw_of(chain));
  REQUIRE(chain.is_chain());
  const ExactEnds exact = exact_ends(chain);
  CHECK(exact_text(exact.kinds[kGood]) == exact_text(good));
  CHECK(exact.sum() == 1);
  if (cost) CHECK(exact_text(exact.rewards[0].value()) == exact_text(*cost));
  const BoundedEnds bounds = bounded_ends(chain);
  CHECK(bounds.conclusive);
  CHECK(bounds.kinds[kGood].high - bounds.kinds[kGood].low <= 1e-9);
  CHECK(contains(bounds.kinds[kGood], good));
  if (cost) CHECK(contains(bounds.rewards[0], *cost));
  CHECK(contains(bounded_ends(chain, {}, {.eliminations = 0, .moves = 200'000}).kinds[kGood], good));
}

/// That these are the least and the greatest chance to end well, over all schedulers.
inline void extremes(const Rows& rows, const Rational& least, const Rational& greatest) {
  const DecisionProcess model = rows.process();
  REQUIRE_FALSE(flaw_of(model));
  const auto goal = states_of_kinds(model, {kGood});
  for (const auto& [extreme, expected] : {std::pair(Extreme::least, least), std::pair(Extreme::greatest, greatest)}) {
    CHECK(exact_text(exact_extreme(model, goal, extreme).chance) == exact_text(expected));
    const BoundedExtreme bounds = bounded_extreme(model, goal, extreme);
    CHECK(bounds.conclusive);
    CHECK(bounds.chance.high - bounds.chance.low <= 1e-9);
    CHECK(contains(bounds.chance, expected));
  }
}

}  // namespace commitlab::families
