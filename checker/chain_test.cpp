// Chances of the ends of Markov chains: against an elimination that knows nothing of components, and where doubles are fooled.
#include "checker/chain.hpp"

#include <cmath>
#include <random>
#include <string>

#include "checker/dumb_chain_for_tests.hpp"
#include "checker/enclosure.hpp"
#include "test.hpp"

using namespace commitlab;

using State = DecisionProcess::State;

/// The gambler who starts in the middle of 2n - 1 states: one step of luck, or of bad luck, goes on, the other leads back to the
/// middle. Kind 1 ends the one side, kind 2 the other: each half of the time, after about 2^n steps.
static DecisionProcess retry_chain(State n) {
  DecisionWriter writer({"steps"});
  const auto side = [&](State first, State end) {
    for (State i = 1; i < n; ++i) {
      writer.state();
      writer.choice();
      writer.reward(0, 1);
      writer.branch(i + 1 < n ? first + i : end, Rational(1, 2));
      writer.branch(0, Rational(1, 2));
    }
  };
  writer.state();
  writer.choice();
  writer.reward(0, 1);
  writer.branch(1, Rational(1, 2));
  writer.branch(n, Rational(1, 2));
  side(1, 2 * n - 1);
  side(n, 2 * n);
  writer.state(1);
  writer.stay();
  writer.state(2);
  writer.stay();
  return writer.take();
}

/// What is often done: values from 0, until a round changes none by more than 10^-6.
static double until_nothing_changes(const DecisionProcess& chain, DecisionProcess::Kind goal) {
  std::vector<double> value(chain.states(), 0);
  for (State s = 0; s < chain.states(); ++s) value[s] = chain.kind[s] == goal ? 1 : 0;
  for (double change = 1; change > 1e-6;) {
    change = 0;
    std::vector<double> next = value;
    for (State s = 0; s < chain.states(); ++s) {
      if (chain.absorbing(s)) continue;
      next[s] = 0;
      for (std::uint32_t b = chain.first_branch_of(s); b < chain.end_branch_of(s); ++b)
        next[s] += to_double(chain.numbers[chain.branches[b].chance]) * value[chain.branches[b].to];
      change = std::max(change, std::abs(next[s] - value[s]));
    }
    value = std::move(next);
  }
  return value[chain.initial];
}

TEST_CASE("a chain that goes back to its start until it ends by luck ends either way exactly half of the time") {
  for (State n = 5; n <= 60; ++n) {
    INFO(n);
    const DecisionProcess chain = retry_chain(n);
    REQUIRE_FALSE(flaw_of(chain));
    const ExactEnds exact = exact_ends(chain);
    CHECK(exact.kinds == std::vector<Rational>{0, Rational(1, 2), Rational(1, 2)});
    CHECK(exact.cycles == 0);
    CHECK(exact.rewards[0] == Rational(3 * (Rational::Whole(1) << (n - 1)) - 2, 1));
    const BoundedEnds bounds = bounded_ends(chain);
    CHECK(bounds.conclusive);
    CHECK(contains(bounds.kinds[1], Rational(1, 2)));
    CHECK(contains(bounds.rewards[0], *exact.rewards[0]));
    if (n >= 25) CHECK(until_nothing_changes(chain, 1) == 0);
  }
}

TEST_CASE("mass that is moved for too short a time is inconclusive, and the bounds hold") {
  for (const State n : {5U, 20U, 60U}) {
    const BoundedEnds bounds = bounded_ends(retry_chain(n), {}, {.eliminations = 0, .moves = 100'000});
    INFO(n);
    CHECK(bounds.conclusive == (n == 5));
    CHECK(contains(bounds.kinds[1], Rational(1, 2)));
    CHECK(contains(bounds.kinds[2], Rational(1, 2)));
    CHECK(std::isinf(bounds.rewards[0].high));
  }
}

TEST_CASE("random chains end as an elimination of all states at once says") {
  std::mt19937_64 chance(20240607);
  int circles = 0, cycles = 0, infinite = 0, inconclusive = 0;
  for (int i = 0; i < 2000; ++i) {
    const DecisionProcess chain = dumb::random_process(chance, {.states = 12, .choices = 1});
    INFO(i);
    REQUIRE_FALSE(flaw_of(chain));
    const ExactEnds exact = exact_ends(chain);
    const dumb::Ends dumb = dumb::ends(chain);
    REQUIRE(exact.kinds == dumb.kinds);
    REQUIRE(exact.cycles == dumb.cycles);
    REQUIRE(exact.rewards == dumb.rewards);
    REQUIRE(exact.sum() == 1);
    circles += dumb.circles;
    cycles += dumb.cycles != 0;
    infinite += !dumb.rewards[0];

    const ChainLimits by_moving{.eliminations = 0, .moves = chance() % 2 == 0 ? 10'000U : 40U};
    for (const auto& limits : {ChainLimits{}, by_moving}) {
      const BoundedEnds bounds = bounded_ends(chain, {}, limits);
      REQUIRE(bounds.kinds.size() == exact.kinds.size());
      for (std::size_t k = 0; k < exact.kinds.size(); ++k) REQUIRE(contains(bounds.kinds[k], exact.kinds[k]));
      REQUIRE(contains(bounds.cycles, exact.cycles));
      for (std::size_t r = 0; r < exact.rewards.size(); ++r) {
        if (!exact.rewards[r]) REQUIRE(std::isinf(bounds.rewards[r].high));
        else REQUIRE(exact_rational(bounds.rewards[r].low) <= *exact.rewards[r]);
        if (exact.rewards[r] && std::isfinite(bounds.rewards[r].high)) REQUIRE(contains(bounds.rewards[r], *exact.rewards[r]));
      }
      if (limits.eliminations > 0) REQUIRE(bounds.conclusive);
      inconclusive += !bounds.conclusive;
    }
  }
  // Or else the generator has become tame.
  CHECK(circles > 900);
  CHECK(cycles > 250);
  CHECK(infinite > 250);
  CHECK(inconclusive > 60);
}

TEST_CASE("a cycle that is given a name is counted as an end of that kind") {
  DecisionWriter writer({"messages"});
  writer.state();
  writer.choice();
  writer.branch(1, Rational(1, 3));
  writer.branch(3, Rational(2, 3));
  for (const State to : {2U, 1U}) {
    writer.state(4);
    writer.choice();
    writer.branch(to, 1);
  }
  writer.state(1);
  const DecisionProcess chain = writer.take();
  CHECK(exact_ends(chain).cycles == Rational(1, 3));
  CHECK(exact_ends(chain).rewards[0] == Rational(0));
  const auto name = [&](std::span<const State> states) -> std::optional<DecisionProcess::Kind> { return chain.kind[states[0]]; };
  CHECK(exact_ends(chain, name).kinds == std::vector<Rational>{0, Rational(2, 3), 0, 0, Rational(1, 3)});
  CHECK(exact_ends(chain, name).cycles == 0);
  CHECK(contains(bounded_ends(chain, name).kinds[4], Rational(1, 3)));
}

TEST_CASE("what is no decision process is refused in words that say where") {
  DecisionWriter writer;
  writer.state();
  writer.choice();
  writer.branch(0, Rational(1, 2));
  writer.branch(0, Rational(0));
  CHECK(flaw_of(writer.take()) == "the chances of choice 0 of state 0 sum to 0.5, not to 1");
  DecisionProcess chain = retry_chain(3);
  chain.branches[0].to = 99;
  CHECK(flaw_of(chain) == "choice 0 of state 0 leads to state 99, which does not exist");
  chain = retry_chain(3);
  chain.numbers[chain.branches[0].chance] = -1;
  CHECK(flaw_of(chain).value().find("only those above 0") != std::string::npos);
  chain = retry_chain(3);
  chain.rewards[0].of_choice.pop_back();
  CHECK(flaw_of(chain).has_value());
  chain = retry_chain(3);
  chain.initial = 50;
  CHECK(flaw_of(chain).has_value());
}

TEST_CASE("sums, products and quotients of enclosures contain the true ones, and are points where those are doubles") {
  std::mt19937_64 chance(7);
  const auto any = [&] { return std::ldexp(static_cast<double>(chance() >> 11), static_cast<int>(chance() % 2000) - 1074); };
  for (int i = 0; i < 8000; ++i) {
    const double a = any(), b = any();
    if (a == 0 || b == 0) continue;
    const Rational x = exact_rational(a), y = exact_rational(b);
    const auto holds = [](const Enclosure& found, const Rational& number) {
      const bool below = std::isinf(found.high) || exact_rational(found.high) >= number;
      return below && exact_rational(found.low) <= number && found.high <= next_above(next_above(found.low));
    };
    REQUIRE(holds(Enclosure(a, a) + Enclosure(b, b), x + y));
    REQUIRE(holds(Enclosure(a, a) * Enclosure(b, b), x * y));
    REQUIRE(holds(Enclosure(a, a) / Enclosure(b, b), x / y));
    REQUIRE(holds(Enclosure(x / y), x / y));
    const double part = std::ldexp(static_cast<double>(chance() >> 11), -static_cast<int>(53 + chance() % 20));
    REQUIRE(exact_rational(one_less_down(part)) <= 1 - exact_rational(part));
    REQUIRE(exact_rational(one_less_up(part)) >= 1 - exact_rational(part));
  }
  CHECK(Enclosure(0.5, 0.5) * Enclosure(0.25, 0.25) == Enclosure(0.125, 0.125));
  CHECK(Enclosure(0.5, 0.5) + Enclosure(0.25, 0.25) == Enclosure(0.75, 0.75));
  CHECK(Enclosure(0.5, 0.5) / Enclosure(0.25, 0.25) == Enclosure(2, 2));
  CHECK((Enclosure(1, 1) / Enclosure(3, 3)).width() > 0);
}
