// How much of the gap between the product and the exact chance each kind of fault explains: closed forms.
#include "checker/explain_gap.hpp"

#include <cmath>

#include "checker/odds_instances_for_tests.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

Gap gap_of(const Setting& setting, const Voters& voters, double product) {
  const TwoPhase p{};
  return gap_between(p, setting, voters, product, exact_odds(p, setting, voters));
}

bool near(double a, double b) { return std::abs(a - b) < 1e-9; }

}  // namespace

TEST_CASE("where only messages are lost, losses explain the whole gap") {
  Setting lossy{.nodes = 3};
  lossy.chances.loss = {1, 10};
  const Gap gap = gap_of(lossy, std::vector<Voter>(2, Voter{.success = {9, 10}}), 0.81);
  REQUIRE(gap.causes.size() == 1);
  CHECK(gap.causes[0].name == "messages are lost");
  CHECK(near(gap.exact, 0.81 * std::pow(0.9, 4)));
  CHECK(near(gap.causes[0].explains, 0.81 - 0.81 * std::pow(0.9, 4)));
  CHECK(near(gap.all.explains, gap.causes[0].explains));
}

TEST_CASE("a shared host makes more commit than the product says, which is what its votes without the others' would") {
  const Setting sure{.nodes = 3};
  const Voters voters(std::vector<Voter>(2, Voter{.success = {9, 10}}), {{.participants = NodeSet::first(3).without(kCoordinator), .fails = {1, 5}}});
  const double each = 0.9 * 0.8;
  const Gap gap = gap_of(sure, voters, each * each);
  REQUIRE(gap.causes.size() == 1);
  CHECK(gap.causes[0].name == "votes depend on each other");
  CHECK(near(gap.exact, 0.81 * 0.8));
  CHECK(near(gap.causes[0].commits.low, each * each));
  CHECK(near(gap.causes[0].explains, each * each - 0.81 * 0.8));
}

TEST_CASE("several faults each explain a part, and all of them the gap, and what is left is timing") {
  Setting faulty{.nodes = 2};
  faulty.delays.horizon = 250'000'000;
  faulty.chances.loss = {1, 10}, faulty.chances.duplicate = {1, 10}, faulty.chances.crash = {1, 50};
  const Voters voters(std::vector<Voter>(1));
  const Gap gap = gap_of(faulty, voters, 1);
  REQUIRE(gap.causes.size() == 3);
  CHECK(gap.causes[0].explains > 0.1);
  CHECK(gap.causes[1].explains > 0);  // a copy does no harm, but it is handled, and handlers crash
  CHECK(gap.causes[1].explains < 0.01);
  CHECK(gap.causes[2].explains > 0.01);
  CHECK(near(gap.exact + gap.all.explains, 1));

  faulty.delays.message = Delay::constant(80'000'000);  // and a timeout after two ticks of 50 ms
  CHECK(near(gap_of(faulty, voters, 1).all.commits.high, 0));
}

TEST_CASE("without faults there is nothing to explain") { CHECK(gap_of({.nodes = 3}, std::vector<Voter>(2), 1).causes.empty()); }

}  // namespace commitlab
