// Families of settings in which the chances of a real protocol are known in closed form: all that it does must come out exactly so.
#include "checker/families_for_tests.hpp"

#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "protocols/three_phase.hpp"
#include "protocols/two_phase.hpp"

namespace commitlab::families {
namespace {

constexpr Nanoseconds kTick = 50'000'000;
const TwoPhase kCooperative{.name = "2pc-ctp", .ask = TwoPhase::Ask::everybody};

/// Messages take 3 ms, a tick is 50 ms, a transaction is given up after so many ticks.
Setting setting(std::size_t participants, int ticks) {
  Setting setting{.nodes = participants + 1};
  setting.delays.message = Delay::constant(3'000'000);
  setting.delays.horizon = ticks * kTick;
  return setting;
}

Setting lossy(std::size_t participants, int ticks, const Probability& loss) {
  Setting lossy = setting(participants, ticks);
  lossy.chances.loss = loss;
  return lossy;
}

/// Only the coordinator crashes, before or after one of its steps, either as likely, and stays down.
Setting fragile(std::size_t participants, int ticks, const Probability& crash) {
  Setting fragile = setting(participants, ticks);
  fragile.chances.crash = crash;
  fragile.faults.crash_only.add(kCoordinator);
  fragile.faults.crash_points = CrashPoints::handlers;
  return fragile;
}

Rational value(const Probability& chance) { return {chance.numerator, chance.denominator}; }

/// That the chances are these, as their exact texts say.
void ends(const auto& p, const Setting& setting, const Probability& success, const Rational& commits, const Rational& aborts) {
  const ExactOdds odds = exact_odds(p, setting, std::vector<Voter>(setting.nodes - 1, Voter{.success = success}));
  INFO(p.name << ", " << setting.nodes - 1 << " participants");
  CHECK(odds.fractions[0] == exact_text(commits));
  CHECK(odds.fractions[1] == exact_text(aborts));
  CHECK(odds.fractions[2] == exact_text(1 - commits - aborts));
  CHECK(odds.fractions[3] == "0");
}

constexpr Probability kLosses[] = {{1, 10}, {1, 3}, {1, 1000}}, kSuccesses[] = {{1, 1}, {9, 10}, {1, 3}};

}  // namespace

TEST_CASE("without faults, at rest: the product rule under 2pc, 2pc-ctp and 3pc") {
  for (const auto& p : kSuccesses)
    for (std::size_t n = 1; n <= 4; ++n) {
      const Rational all = power(value(p), static_cast<unsigned>(n));
      ends(TwoPhase{}, setting(n, 20), p, all, 1 - all);
      ends(kCooperative, setting(n, 20), p, all, 1 - all);
      ends(ThreePhase{}, setting(n, 20), p, all, 1 - all);
    }
}

TEST_CASE("2pc given up after 2 ticks, before anything is told again: each request, vote and decision must arrive, (p (1-l)^3)^n") {
  for (const auto& l : kLosses)
    for (std::size_t n = 1; n <= 3; ++n)
      for (const auto& p : kSuccesses) {
        const Rational arrives = 1 - value(l);
        const ExactOdds odds = exact_odds(TwoPhase{}, lossy(n, 2, l), std::vector<Voter>(n, Voter{.success = p}));
        CHECK(odds.fractions[0] == exact_text(power(value(p) * arrives * arrives * arrives, static_cast<unsigned>(n))));
      }
}

TEST_CASE("2pc given up after 3 ticks: the decision is told twice, so commits with ((1-l)^2 (1 - l^2))^n") {
  for (const auto& l : kLosses)
    for (std::size_t n = 1; n <= 3; ++n) {
      const Rational loss = value(l), arrives = 1 - loss;
      const ExactOdds odds = exact_odds(TwoPhase{}, lossy(n, 3, l), std::vector<Voter>(n));
      CHECK(odds.fractions[0] == exact_text(power(arrives * arrives * (1 - loss * loss), static_cast<unsigned>(n))));
    }
}

TEST_CASE("2pc, one participant, 3 ticks: aborts if it refuses, the request is lost, or the vote is and the abort is not") {
  for (const auto& l : kLosses)
    for (const auto& p : kSuccesses) {
      const Rational loss = value(l), arrives = 1 - loss, yes = value(p);
      // A participant that is not asked gives up by itself at the third tick; one that refuses has aborted.
      ends(TwoPhase{}, lossy(1, 3, l), p, yes * arrives * arrives * (1 - loss * loss), loss + arrives * (1 - yes) + yes * arrives * loss * arrives);
    }
}

TEST_CASE("2pc whose coordinator may stop at each step: it asks, counts n - 1 votes, and decides in the last or stops before, (1-c)^n (1 - c/2)") {
  for (const auto& c : kLosses)
    for (std::size_t n = 1; n <= 4; ++n) {
      const Rational crash = value(c);
      // It aborts only if it stops before it asks: then all give up waiting. After that, to stop before the decision blocks.
      ends(TwoPhase{}, fragile(n, 10, c), {1, 1}, power(1 - crash, static_cast<unsigned>(n)) * (1 - crash / 2), crash / 2);
    }
}

TEST_CASE("2pc of one participant that may refuse: commits with p (1-c) (1 - c/2), aborts if it refuses or is never asked") {
  for (const auto& c : kLosses)
    for (const auto& p : kSuccesses) {
      const Rational crash = value(c), yes = value(p);
      ends(TwoPhase{}, fragile(1, 10, c), p, yes * (1 - crash) * (1 - crash / 2), 1 - yes + yes * crash / 2);
    }
}

TEST_CASE("2pc-ctp, where broadcasts are not torn: if all vote yes nobody knows more than the others, so it blocks as 2pc does") {
  for (const auto& c : kLosses)
    for (std::size_t n = 1; n <= 3; ++n) {
      const Rational crash = value(c);
      ends(kCooperative, fragile(n, 10, c), {1, 1}, power(1 - crash, static_cast<unsigned>(n)) * (1 - crash / 2), crash / 2);
    }
}

TEST_CASE("3pc where only the coordinator stops: it never blocks, and commits if the precommit was told, (1-c)^n (1 - c/2)") {
  for (const auto& c : kLosses)
    for (std::size_t n = 1; n <= 3; ++n) {
      const Rational crash = value(c), commits = power(1 - crash, static_cast<unsigned>(n)) * (1 - crash / 2);
      ends(ThreePhase{}, fragile(n, 40, c), {1, 1}, commits, 1 - commits);
    }
}

}  // namespace commitlab::families
