// The extremes over schedulers: against all of them that decide by the state alone, each solved as a chain.
#include "checker/schedulers.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "checker/chain.hpp"
#include "checker/components.hpp"
#include "checker/dumb_chain_for_tests.hpp"
#include "test.hpp"

using namespace commitlab;

using State = DecisionProcess::State;

static constexpr DecisionProcess::Kind kGoal = 1;

/// The chance to reach a goal when each state takes a choice, counted from its first.
static Rational chance_of(const DecisionProcess& model, const std::vector<bool>& goal, const std::vector<std::uint32_t>& taken) {
  dumb::Matrix chain = dumb::full(model, taken).chance;
  const std::size_t n = chain.size();
  for (std::size_t i = 0; i < n; ++i)
    if (goal[i]) std::fill(chain[i].begin(), chain[i].end(), Rational(0));
  const auto known = dumb::reached(chain);
  dumb::Matrix a(n, std::vector<Rational>(n)), b(n, std::vector<Rational>(1));
  for (std::size_t i = 0; i < n; ++i) {
    a[i][i] = 1;
    bool leads_there = false;
    for (std::size_t j = 0; j < n; ++j) leads_there = leads_there || (known[i][j] && goal[j]);
    if (goal[i]) b[i][0] = 1;
    for (std::size_t j = 0; j < n && leads_there && !goal[i]; ++j) a[i][j] -= chain[i][j];
  }
  return dumb::solved(std::move(a), std::move(b))[model.initial][0];
}

/// The least and the greatest chance over all policies, counted through like the digits of a number.
static std::pair<Rational, Rational> over_all(const DecisionProcess& model, const std::vector<bool>& goal) {
  std::vector<std::uint32_t> taken(model.states(), 0);
  std::pair<Rational, Rational> extremes{1, 0};
  for (;;) {
    const Rational chance = chance_of(model, goal, taken);
    extremes = {std::min(extremes.first, chance), std::max(extremes.second, chance)};
    State s = 0;
    for (; s < model.states(); ++s) {
      if (taken[s] + 1 < model.first_choice[s + 1] - model.first_choice[s]) break;
      taken[s] = 0;
    }
    if (s == model.states()) return extremes;
    ++taken[s];
  }
}

/// What a scheduler gives that is said to be best.
static Rational chance_of_policy(const DecisionProcess& model, const std::vector<bool>& goal, const std::vector<DecisionProcess::Choice>& policy) {
  std::vector<std::uint32_t> taken(model.states(), 0);
  for (State s = 0; s < model.states(); ++s)
    if (policy[s] != kNoChoice) taken[s] = policy[s] - model.first_choice[s];
  return chance_of(model, goal, taken);
}

TEST_CASE("the extremes of random processes are those over all schedulers that decide by the state alone") {
  std::mt19937_64 chance(20240607);
  int with_end_components = 0, with_choice_of_end = 0, between = 0, differ = 0;
  for (int i = 0; i < 2000; ++i) {
    const DecisionProcess model = dumb::random_process(chance, {.states = 9, .choices = 3, .policies = 20});
    INFO(i);
    REQUIRE_FALSE(flaw_of(model));
    std::vector<bool> goal = states_of_kinds(model, {kGoal});
    if (i % 16 != 0) goal[model.initial] = false;
    const auto [least, greatest] = over_all(model, goal);
    for (const auto& [extreme, expected] : {std::pair(Extreme::least, least), std::pair(Extreme::greatest, greatest)}) {
      INFO((extreme == Extreme::least ? "least" : "greatest"));
      const ExactExtreme exact = exact_extreme(model, goal, extreme);
      REQUIRE(exact.chance == expected);
      REQUIRE(chance_of_policy(model, goal, exact.policy) == expected);
      const BoundedExtreme bounds = bounded_extreme(model, goal, extreme);
      REQUIRE(bounds.conclusive);
      REQUIRE(contains(bounds.chance, expected));
      if (expected == 1) REQUIRE(bounds.chance.low == 1);  // Told by the graph alone.
      if (expected == 0) REQUIRE(bounds.chance.high == 0);
      const BoundedExtreme short_of_time = bounded_extreme(model, goal, extreme, {.updates = 30, .exactly = 0});
      REQUIRE(contains(short_of_time.chance, expected));
      between += expected != 0 && expected != 1;
    }
    const EndComponents ends = end_components(model);
    bool runs_round = false, chooses = false;  // a state to stay in, or around, for ever; and one that can be left
    for (State s = 0; s < model.states(); ++s) {
      if (ends.of[s] == EndComponents::kNone || goal[s] || model.absorbing(s)) continue;
      runs_round = true;
      for (auto c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c) chooses = chooses || !ends.internal[c];
    }
    with_end_components += runs_round;
    with_choice_of_end += chooses;
    differ += least != greatest;
  }
  // Or else the generator has become tame.
  CHECK(with_end_components > 800);
  CHECK(with_choice_of_end > 500);
  CHECK(between > 600);
  CHECK(differ > 700);
}

TEST_CASE("a scheduler that can wait for ever avoids a goal, and does not invent a chance to reach one") {
  DecisionWriter writer;  // 0 and 1 lead to each other; from 1 the goal is reached with 1/3, or never.
  writer.state();
  writer.choice();
  writer.branch(1, 1);
  writer.state();
  writer.choice();
  writer.branch(0, 1);
  writer.choice();
  writer.branch(2, Rational(1, 3));
  writer.branch(3, Rational(2, 3));
  writer.state(kGoal);
  writer.stay();
  writer.state();
  writer.stay();
  const DecisionProcess model = writer.take();
  const std::vector<bool> goal = states_of_kinds(model, {kGoal});
  CHECK(exact_extreme(model, goal, Extreme::least).chance == 0);
  CHECK(exact_extreme(model, goal, Extreme::greatest).chance == Rational(1, 3));
  CHECK(bounded_extreme(model, goal, Extreme::least).chance.high == 0);
  for (const std::uint32_t exactly : {100U, 0U}) {
    const BoundedExtreme bounds = bounded_extreme(model, goal, Extreme::greatest, {.updates = 1000, .exactly = exactly});
    CHECK(bounds.conclusive);
    CHECK(contains(bounds.chance, Rational(1, 3)));
  }
}

/// Goes on with 1/2 or back to the start, n times; at the end one choice wins by 1/2, the other by 1/3.
static DecisionProcess retries(State n) {
  DecisionWriter writer;
  for (State i = 0; i < n; ++i) {
    writer.state();
    for (const State better : {0U, 1U}) {
      if (i + 1 < n && better == 1) break;
      writer.choice();
      if (i + 1 < n) {
        writer.branch(i + 1, Rational(1, 2));
        writer.branch(0, Rational(1, 2));
      } else {
        writer.branch(n, Rational(1, 3 - better));
        writer.branch(n + 1, Rational(2 - better, 3 - better));
      }
    }
  }
  writer.state(kGoal);
  writer.state();
  return writer.take();
}

TEST_CASE("a component in which bounds hardly move is solved exactly if it is small, and inconclusive if not") {
  for (const State n : {5U, 30U, 60U}) {
    const DecisionProcess model = retries(n);
    const std::vector<bool> goal = states_of_kinds(model, {kGoal});
    INFO(n);
    CHECK(exact_extreme(model, goal, Extreme::least).chance == Rational(1, 3));
    CHECK(exact_extreme(model, goal, Extreme::greatest).chance == Rational(1, 2));
    for (const std::uint32_t exactly : {100U, 2U}) {
      const SchedulerLimits limits{.updates = 100'000, .exactly = exactly};
      const BoundedExtreme least = bounded_extreme(model, goal, Extreme::least, limits), greatest = bounded_extreme(model, goal, Extreme::greatest, limits);
      CHECK(contains(least.chance, Rational(1, 3)));
      CHECK(contains(greatest.chance, Rational(1, 2)));
      CHECK(least.conclusive == (n == 5 || exactly == 100));
      CHECK(greatest.conclusive == (n == 5 || exactly == 100));
    }
  }
}

TEST_CASE("with one choice in each state both extremes are the chance of the chain") {
  std::mt19937_64 chance(11);
  for (int i = 0; i < 300; ++i) {
    const DecisionProcess chain = dumb::random_process(chance, {.states = 12, .choices = 1});
    std::vector<bool> goal = states_of_kinds(chain, {kGoal});
    for (State s = 0; s < chain.states(); ++s) goal[s] = goal[s] && chain.absorbing(s);
    const ExactEnds ends = exact_ends(chain);
    const Rational expected = ends.kinds.size() > kGoal ? ends.kinds[kGoal] : Rational(0);
    REQUIRE(exact_extreme(chain, goal, Extreme::least).chance == expected);
    REQUIRE(exact_extreme(chain, goal, Extreme::greatest).chance == expected);
  }
}
