// What a moment tells, and what it leaves out.
#include "checker/moment.hpp"

#include <string>

#include "checker/every_chance.hpp"
#include "protocols/all.hpp"
#include "sim/votes.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// A run of 2pc whose transaction has begun, and in which nothing else has happened.
struct Begun {
  Setting setting{.nodes = 4};
  TwoPhase p{};
  Voters votes{std::vector<Voter>(3)};
  Unwatched watch{};
  Simulation<TwoPhase, Voters, Unwatched, EveryChance> run{p, setting, votes, watch};
  Begun() {
    run.start_run(EveryChance(0));
    run.advance();
  }
  std::string told(bool alike = false) { return std::string(Moment<TwoPhase>(setting, alike).of(run)); }
};

}  // namespace

TEST_CASE("a moment tells whose turn it is") {
  Begun begun;
  const std::string before = begun.told(), before_alike = begun.told(true);
  CHECK(begun.told() == before);
  auto state = begun.run.state();
  RunState::turns(state).ran(node_id(2));
  CHECK(begun.told() != before);
  RunState::turns(state).ran(kCoordinator);  // among equal participants its place still makes a difference
  CHECK(begun.told(true) != before_alike);
}

TEST_CASE("a moment counts times from now") {
  Begun begun;
  const std::string before = begun.told();
  auto state = begun.run.state();
  RunState::end(state).last_decision = 7;  // still to come
  const std::string pending = begun.told();
  CHECK(pending != before);
  RunState::end(state).last_decision = -1;
  CHECK(begun.told() == before);
}

TEST_CASE("a moment tells how likely each participant crashes, so that unequal ones keep their names apart") {
  Begun begun;
  for (const bool alike : {false, true}) {
    begun.setting.chances.crash_by_node.clear();
    const std::string before = begun.told(alike);
    begun.setting.chances.crash_by_node = {{0, 1}, {1, 2}, {0, 1}, {0, 1}};
    const std::string first = begun.told(alike);
    begun.setting.chances.crash_by_node = {{0, 1}, {0, 1}, {1, 2}, {0, 1}};
    CHECK(first != before);
    CHECK(begun.told(alike) != first);
  }
}

}  // namespace commitlab
