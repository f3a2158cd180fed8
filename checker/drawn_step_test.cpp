// What chance makes of one event, by hand: every way in which a request can reach a participant.
#include "checker/drawn_step.hpp"

#include <algorithm>

#include "checker/every_chance.hpp"
#include "protocols/two_phase.hpp"
#include "sim/script.hpp"
#include "sim/transactions.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("a request is lost, or copied or not, and cut or not: each as likely as in a run") {
  const TwoPhase p;
  Setting setting{.nodes = 2};
  setting.faults.recovery = Recovery::any_time;
  setting.chances.loss = {1, 4}, setting.chances.duplicate = {1, 3}, setting.chances.crash = {1, 2};
  const Faults faults = faults_of_run(setting);
  World<TwoPhase> w;
  clear(w, 2, 1, faults);
  begin(w, 0, NodeSet::first(2));
  for (const NodeId id : {kCoordinator, node_id(1)}) apply(p, w, Step{.event = Event::start, .node = id});
  REQUIRE(w.flight.size() == 1);

  const DrawnStep<TwoPhase> drawn(p, setting, faults);
  const Step deliver{.event = Event::deliver, .node = node_id(1)};
  const Handled<TwoPhase> handled = handle(p, w, deliver);
  REQUIRE(handled.out.list().size() == 3);  // force, send, arm: so a cut is one of four
  Rational all, lost, unheard, still_there, voted;
  EveryChance chance(0);
  do {
    chance.rewind();
    World<TwoPhase> after = w;
    drawn(after, deliver, handled, chance);
    Rational odds = 1;
    for (const auto& draw : chance.draws()) odds *= EveryChance::odds_of(draw);
    const auto in_flight = [&](TwoPhase::Message message) {
      return std::any_of(after.flight.begin(), after.flight.end(), [&](const auto& envelope) { return envelope.message == message; });
    };
    const bool up = after.is_up(node_id(1)), wrote = !after.log(node_id(1)).entries.empty();
    all += odds;
    if (up && !wrote) lost += odds;
    if (!up && !wrote) unheard += odds;
    if (!wrote) CHECK(after.flight.empty());  // what reaches a node that is down is missed
    if (in_flight(TwoPhase::Message::prepare)) still_there += odds;
    if (in_flight(TwoPhase::Message::yes)) voted += odds;
  } while (chance.next());
  CHECK(all == 1);
  CHECK(lost == Rational(1, 4));
  CHECK(unheard == Rational(3, 4) * Rational(1, 2) * Rational(1, 4));
  CHECK(still_there == Rational(3, 4) * Rational(1, 3) * Rational(7, 8));
  CHECK(voted == Rational(3, 4) * (Rational(1, 2) + Rational(1, 2) * Rational(1, 2)));  // whole, or cut behind the vote
}

}  // namespace commitlab
