// The chances of a setting, each against a closed form or a setting that must come to the same: crashes of single nodes,
// stops without return, hosts that several participants share.
#include "checker/exact.hpp"
#include "checker/odds_instances_for_tests.hpp"
#include "checker/sample.hpp"
#include "protocols/three_phase.hpp"
#include "protocols/two_phase.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

constexpr std::size_t kCommits = 0, kAborts = 1, kBlocked = 2, kBreaks = 3;

Rational exactly(const Probability& chance) { return {chance.numerator, chance.denominator}; }

Rational fraction(const ExactOdds& odds, std::size_t outcome) {
  const auto read = rational_from(odds.fractions[outcome]);
  REQUIRE(read);
  return *read;
}

bool same_odds(const ExactOdds& a, const ExactOdds& b) {
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome)
    if (a.fractions[outcome].empty() || a.fractions[outcome] != b.fractions[outcome]) return false;
  return a.messages == b.messages && a.forced_writes == b.forced_writes;
}

/// Runs that end early enough for their chain to be solved on rational numbers.
Setting setting(std::size_t participants) {
  Setting setting{.nodes = participants + 1};
  setting.delays.message = Delay::constant(3'000'000);
  setting.delays.horizon = 250'000'000;
  return setting;
}

Setting crashing(std::size_t participants, const Probability& crash) {
  Setting crashing = setting(participants);
  crashing.chances.crash = crash;
  return crashing;
}

const NodeSet kBoth = NodeSet::from_bits(0b110);
const std::vector<Voter> kTwo{{.success = {9, 10}}, {.success = {4, 5}}};
const std::vector<std::string> kNames{"alice", "bob"};

}  // namespace

TEST_CASE("two participants on one host commit with (1 - h) p1 p2, exactly, and the counted interval contains it") {
  for (const Probability fails : {Probability{1, 100}, Probability{1, 3}, Probability{0, 1}, Probability{1, 1}}) {
    const Voters voters(kTwo, {{kBoth, fails}});
    const ExactOdds odds = exact_odds(TwoPhase{}, setting(2), voters);
    const Rational commits = (1 - exactly(fails)) * Rational(72, 100);
    INFO("fails with " << exact_text(exactly(fails)));
    CHECK(fraction(odds, kCommits) == commits);
    CHECK(fraction(odds, kAborts) == 1 - commits);
    CHECK(contains(sample(TwoPhase{}, setting(2), kNames, voters, 1, 20'000).commits, commits));
  }
}

TEST_CASE("a participant on two hosts needs both, and hosts fail independently of each other") {
  const std::vector<Voter> three(3, {.success = {9, 10}});
  const Voters voters(three, {{NodeSet::from_bits(0b0110), {1, 10}}, {NodeSet::from_bits(0b1100), {1, 5}}});
  const ExactOdds odds = exact_odds(ThreePhase{}, setting(3), voters);
  CHECK(fraction(odds, kCommits) == Rational(9, 10) * Rational(4, 5) * Rational(729, 1000));
}

TEST_CASE("a vote that is fixed needs no host, and who cannot pay votes no on any") {
  const Voters fixed({{.success = {9, 10}, .fixed = Vote::yes}, {.success = {4, 5}}}, {{kBoth, {1, 2}}});
  CHECK(fraction(exact_odds(TwoPhase{}, setting(2), fixed), kCommits) == Rational(2, 5));
  const Voters poor({{.holds = {1}, .does = {-2}}, {}}, {{kBoth, {1, 2}}});
  CHECK(fraction(exact_odds(TwoPhase{}, setting(2), poor), kCommits) == 0);
}

TEST_CASE("a shared host breaks the product rule, which is told with the names and the chance") {
  const Estimate estimate = sample(TwoPhase{}, setting(2), kNames, Voters(kTwo, {{kBoth, {1, 4}}}), 1, 20'000);
  CHECK(estimate.factors[0].success == "0.675");  // each by itself, host included
  CHECK(estimate.factors[1].success == "0.6");
  CHECK(estimate.product == "0.405");
  CHECK_FALSE(estimate.product_inside);
  REQUIRE(estimate.broken_assumptions.size() == 1);
  CHECK(estimate.broken_assumptions.front() == "votes depend on each other: alice and bob share a host, which fails with 0.25 and takes them all with it");

  const auto broken = [](std::vector<Voter> voters, const Probability& fails) {
    return sample(TwoPhase{}, setting(2), kNames, Voters(std::move(voters), {{kBoth, fails}}), 1, 10).broken_assumptions;
  };
  CHECK(broken(kTwo, {0, 1}).empty());
  CHECK(broken(kTwo, {1, 1}).empty());
  CHECK(broken({{.fixed = Vote::yes}, {}}, {1, 2}).empty());
}

TEST_CASE("where no host may fail nothing is drawn for it, and votes are those of the same seed as ever") {
  const Voters without(kTwo), with(kTwo, {{kBoth, {1, 2}}}), never(kTwo, {{kBoth, {0, 1}}});
  int fewer = 0;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Rng plain(seed), same(seed), other(seed);
    CHECK(without(0, plain) == never(0, same));
    CHECK(plain == same);
    fewer += with(0, other).size() == 1;
  }
  CHECK(fewer > 80);  // of 102 expected
}

TEST_CASE("a chance of crashes for every node alike is that of each node, and one for some is that of crash_only") {
  const Voters voters(kTwo);
  const Probability crash{1, 20};
  Setting alike = crashing(2, crash), each = setting(2);
  each.chances.crash_by_node = {crash, crash, crash};
  CHECK(same_odds(exact_odds(TwoPhase{}, alike, voters), exact_odds(TwoPhase{}, each, voters)));
  for (const NodeSet who : {NodeSet(kCoordinator), NodeSet(node_id(2))}) {
    Setting only = alike, one = setting(2);
    only.faults.crash_only = who;
    one.chances.crash_by_node.resize(index(who.lowest()) + 1);
    one.chances.crash_by_node.back() = crash;
    const ExactOdds odds = exact_odds(TwoPhase{}, one, voters);
    CHECK(same_odds(odds, exact_odds(TwoPhase{}, only, voters)));
    CHECK(sample(TwoPhase{}, one, kNames, voters, 5, 3'000).outcomes.commits == sample(TwoPhase{}, only, kNames, voters, 5, 3'000).outcomes.commits);
  }
}

TEST_CASE("a participant that stops as it starts, or as it is asked, never votes: the closed form of its commits") {
  // One participant runs `start` and `deliver prepare`, then it decides with `deliver commit`: the coordinator commits if it lives
  // through the first, and through the second at least as far as its vote: behind `force prepared; send yes`, or between that and
  // the timer, of three effects and so four places for a crash to fall.
  const Probability crash{1, 10};
  Setting one = setting(1);
  one.chances.crash_by_node = {{0, 1}, crash};
  const ExactOdds odds = exact_odds(TwoPhase{}, one, std::vector<Voter>(1));
  const Rational lives = 1 - exactly(crash);
  CHECK(fraction(odds, kCommits) == lives * (lives + exactly(crash) * Rational(1, 2)));
  CHECK(fraction(odds, kBreaks) == 0);
}

TEST_CASE("recovery that never comes is none, and one that always comes is that of before") {
  const Voters voters(std::vector<Voter>(1, {.success = {4, 5}}));
  Setting none = crashing(1, {1, 20});
  none.delays.recovery = Delay::constant(20'000'000);
  Setting sure = none;
  sure.faults.recovery = Recovery::any_time;
  Setting never = sure, half = sure;
  never.chances.recovery = {0, 1}, half.chances.recovery = {1, 2};
  const ExactOdds of_none = exact_odds(TwoPhase{}, none, voters), of_sure = exact_odds(TwoPhase{}, sure, voters);
  const ExactOdds of_never = exact_odds(TwoPhase{}, never, voters), of_half = exact_odds(TwoPhase{}, half, voters);
  CHECK(same_odds(of_none, of_never));
  CHECK(of_none.moments == of_never.moments);
  const auto blocked = [](const ExactOdds& odds) { return odds.blocked.low; };
  CHECK(blocked(of_sure) < blocked(of_half));
  CHECK(blocked(of_half) < blocked(of_none));
  const Estimate counted = sample(TwoPhase{}, half, {"alice"}, voters, 3, 40'000);
  for (const auto& [interval, odds] : {std::pair(counted.commits, of_half.commits), std::pair(counted.blocked, of_half.blocked), std::pair(counted.aborts, of_half.aborts)}) {
    CHECK(interval.low <= odds.high);
    CHECK(odds.low <= interval.high);
  }
}

TEST_CASE("after one stop that is scripted, the odds with a chance of recovery are those with and those without it, mixed") {
  const Voters voters(kTwo);
  Setting with = setting(2);
  with.delays.recovery = Delay::constant(100'000'000);
  with.script = {{.node = node_id(1), .words = "force prepared", .what = ScriptedFault::Do::crash, .whom = kCoordinator}};
  with.faults.recovery = Recovery::any_time;
  Setting without = with, mixed = with;
  without.chances.recovery = {0, 1}, mixed.chances.recovery = {2, 7};
  const ExactOdds sure = exact_odds(TwoPhase{}, with, voters), none = exact_odds(TwoPhase{}, without, voters), some = exact_odds(TwoPhase{}, mixed, voters);
  CHECK(fraction(none, kBlocked) > fraction(sure, kBlocked));
  for (std::size_t outcome = 0; outcome < kOutcomes; ++outcome)
    CHECK(fraction(some, outcome) == Rational(2, 7) * fraction(sure, outcome) + Rational(5, 7) * fraction(none, outcome));
}

}  // namespace commitlab
