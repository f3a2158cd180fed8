// Skeen's theorem on our protocols: the concurrency sets of the literature, state by state.
#include "checker/skeen.hpp"

#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using Sets = std::map<std::string, std::set<std::string>>;

/// The letters of the literature: q initial, w waiting, p prepared to commit, a aborted, c committed; C or S before them.
std::string letters(const LocalState& state) {
  static const std::map<std::string, std::string> kLetters{
      {"coordinator idle", "q"},        {"coordinator collecting", "w"},   {"coordinator idle(duty=votes)", "w"}, {"coordinator waiting", "w"},
      {"coordinator precommitted", "p"}, {"coordinator precommitted(duty=acks)", "p"}, {"coordinator aborted", "a"}, {"coordinator committed", "c"},
      {"participant idle", "q"},        {"participant prepared", "w"},     {"participant waiting", "w"},          {"participant precommitted", "p"},
      {"participant aborted", "a"},     {"participant committed", "c"}};
  const auto found = kLetters.find(std::string(name_of(state.who)) + " " + state.name);
  if (found == kLetters.end()) FAIL("no letter for " << name_of(state.who) << " " << state.name);
  return (state.who == Role::coordinator ? "C:" : "S:") + found->second;
}

Sets sets_of(const Concurrency& concurrency) {
  Sets sets;
  for (const auto& state : concurrency.states) {
    auto& set = sets[letters(state)];
    CHECK(set.empty());  // no two of our states are one of theirs
    for (const std::size_t place : state.beside) set.insert(letters(concurrency.states[place]));
  }
  return sets;
}

/// The places where condition 1, or 2, fails.
std::vector<std::string> failing(const Concurrency& concurrency, bool LocalState::*fails) {
  std::vector<std::string> where;
  for (const auto& state : concurrency.states)
    if (state.*fails) where.push_back(letters(state));
  return where;
}

template <Protocol P>
Concurrency concurrency_of(const P& p, std::size_t participants) { return concurrency(p, participants, Limits{}); }

const Sets kTwoPhase{{"C:q", {"S:q"}},
                     {"C:w", {"S:a", "S:q", "S:w"}},
                     {"C:c", {"S:c", "S:w"}},
                     {"C:a", {"S:a", "S:q", "S:w"}},
                     {"S:q", {"C:a", "C:q", "C:w", "S:a", "S:q", "S:w"}},
                     {"S:w", {"C:a", "C:c", "C:w", "S:a", "S:c", "S:q", "S:w"}},
                     {"S:a", {"C:a", "C:w", "S:a", "S:q", "S:w"}},
                     {"S:c", {"C:c", "S:c", "S:w"}}};
const Sets kThreePhase{{"C:q", {"S:q"}},
                       {"C:w", {"S:a", "S:q", "S:w"}},
                       {"C:p", {"S:p", "S:w"}},
                       {"C:c", {"S:c", "S:p"}},
                       {"C:a", {"S:a", "S:q", "S:w"}},
                       {"S:q", {"C:a", "C:q", "C:w", "S:a", "S:q", "S:w"}},
                       {"S:w", {"C:a", "C:p", "C:w", "S:a", "S:p", "S:q", "S:w"}},
                       {"S:p", {"C:c", "C:p", "S:c", "S:p", "S:w"}},
                       {"S:a", {"C:a", "C:w", "S:a", "S:q", "S:w"}},
                       {"S:c", {"C:c", "S:c", "S:p"}}};

}  // namespace

TEST_CASE("2pc has the concurrency sets of the literature, and fails both conditions where a participant waits") {
  for (const std::size_t participants : {2u, 3u})
    for (const TwoPhase& p : {TwoPhase{}, TwoPhase{.ask = TwoPhase::Ask::everybody}}) {
      const Concurrency found = concurrency_of(p, participants);
      CHECK(found.stopped.empty());
      CHECK(sets_of(found) == kTwoPhase);
      CHECK(failing(found, &LocalState::sees_both) == std::vector<std::string>{"S:w"});
      CHECK(failing(found, &LocalState::sees_commit_too_early) == std::vector<std::string>{"S:w"});
      CHECK(found.non_blocking() == Status::violated);
    }
}

TEST_CASE("3pc has the concurrency sets of the literature, and fails no condition, nor does that of the textbook") {
  for (const std::size_t participants : {2u, 3u}) {
    for (const Concurrency& found : {concurrency_of(ThreePhase{}, participants), concurrency_of(TextbookThreePhase{}, participants)}) {
      CHECK(sets_of(found) == kThreePhase);
      CHECK(failing(found, &LocalState::sees_both).empty());
      CHECK(failing(found, &LocalState::sees_commit_too_early).empty());
      CHECK(found.non_blocking() == Status::holds);
      for (const auto& state : found.states) CHECK(state.committable == (letters(state).back() == 'p' || letters(state).back() == 'c'));
    }
  }
}

TEST_CASE("a single participant's doubt is the coordinator's refusal alone") {
  const Concurrency found = concurrency_of(TwoPhase{}, 1);
  CHECK(sets_of(found).at("S:w") == std::set<std::string>{"C:a", "C:c", "C:w"});
  CHECK(found.non_blocking() == Status::violated);
  CHECK(concurrency_of(ThreePhase{}, 1).non_blocking() == Status::holds);
}

TEST_CASE("the graph has exactly so many worlds") {
  CHECK(concurrency_of(TwoPhase{}, 2).worlds == 661);
  CHECK(concurrency_of(TwoPhase{}, 3).worlds == 14'491);
  CHECK(concurrency_of(ThreePhase{}, 2).worlds == 332);
  CHECK(concurrency_of(ThreePhase{}, 3).worlds == 4'536);
}

/// 2PC whose coordinator commits although one vote is missing: a defect that the theorem sees.
struct Hasty : TwoPhase {
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    if (self.coordinates() && m == Message::yes && s.phase == Phase::collecting) s.awaited = NodeSet(from);
    TwoPhase::receive(s, self, from, m, out);
  }
};

TEST_CASE("who commits before all have voted puts commit beside states that are not committable") {
  const Concurrency found = concurrency_of(Hasty{}, 2);
  const auto where = failing(found, &LocalState::sees_commit_too_early);
  CHECK(std::find(where.begin(), where.end(), "S:q") != where.end());
}

/// 3PC whose coordinator gives up when acknowledgements are late, though all votes are in: no refusal, so Skeen's theorem has no word
/// against it (with faults it may well break).
struct Impatient : ThreePhase {
  void timeout(State& s, const Self& self, Out& out) const {
    if (s.duty != Duty::acks) return ThreePhase::timeout(s, self, out);
    s.phase = Phase::aborted, s.duty = Duty::follow;
    out.decide(Decision::abort);
    out.disarm();
  }
};

TEST_CASE("a coordinator refuses as long as votes are missing, and not once it waits for acknowledgements") {
  for (const std::size_t participants : {1u, 2u, 3u}) {
    const Concurrency found = concurrency_of(Impatient{}, participants);
    CHECK(found.non_blocking() == Status::holds);
    if (participants > 1) CHECK(sets_of(found) == kThreePhase);
    for (const auto& state : found.states) CHECK(state.committable == (letters(state).back() == 'p' || letters(state).back() == 'c'));
  }
}

TEST_CASE("past a limit no protocol is called non-blocking, and what was seen to fail stays so") {
  Limits few;
  few.worlds = 10;
  const Concurrency cut = concurrency(ThreePhase{}, 2, few);
  CHECK(cut.stopped == "the limit of 10 worlds was reached");
  CHECK(cut.non_blocking() == Status::inconclusive);
  few.worlds = 600;
  CHECK(concurrency(TwoPhase{}, 2, few).non_blocking() == Status::violated);
}

}  // namespace commitlab
