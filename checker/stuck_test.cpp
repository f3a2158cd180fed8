// How a world that breaks NB is stuck: who waits for whom, and whose return would end it.
#include "checker/stuck.hpp"

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/replay.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const Finding& non_blocking(const Verdict& verdict) {
  for (const auto& finding : verdict.findings)
    if (finding.property == Property::NB) return finding;
  FAIL("not answered");
  return verdict.findings.front();
}

using Sets = std::vector<std::vector<std::string>>;

/// All but p1 decide at once; p1 asks everybody again and again.
struct Needy {
  std::string_view name = "needy";
  std::string_view summary = "for tests: p1 decides once it has heard of as many others as it wants";
  int wanted = 1;

  enum class Message : std::uint8_t { ask, answer };
  enum class Record : std::uint8_t { none };
  struct State {
    NodeSet heard;
    static constexpr void fields(auto& s, auto&& field) { field("heard", s.heard); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (self.id == NodeId{1}) return out.arm(1);
    out.decide(Decision::abort);
  }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    if (m == Message::ask) return out.send(from, Message::answer);
    s.heard.add(from);
    if (self.id == NodeId{1} && s.heard.size() == wanted) out.decide(Decision::abort), out.disarm();
  }
  void timeout(State&, const Self& self, Out& out) const {
    out.send(self.others(), Message::ask);
    out.arm(1);
  }
  void recover(State&, const Self& self, std::span<const Record>, Out& out) const {
    if (self.id == NodeId{1}) return out.arm(1);
    out.decide(Decision::abort);
  }
  std::span<const Claim> claims() const { return {}; }
};

Verdict needy(int wanted, std::uint8_t crashes) {
  return check(Needy{.wanted = wanted}, all_yes(ask(3, {.left = {.crashes = crashes}, .crash_only = NodeSet::from_bits(0b1101)}, {Property::NB})));
}

}  // namespace

TEST_CASE("a participant of 2pc in doubt waits for the coordinator, and is freed by its return") {
  struct Case {
    Faults faults;
    std::uint64_t worlds;  // more of them where messages to those that are down are kept, or time must pass
  };
  for (const auto& [faults, worlds] : {Case{{.left = {.crashes = 1}}, 1}, Case{{.left = {.crashes = 1}, .timing = Timing::synchronous}, 2}, Case{{.left = {.crashes = 1}, .recovery = Recovery::any_time}, 4}}) {
    const Verdict verdict = check(TwoPhase{}, all_yes(ask(2, faults, {Property::NB})));
    const Finding& found = non_blocking(verdict);
    REQUIRE(found.status == Status::violated);
    CHECK(found.why == "p2 is in doubt; coordinator is down; p2 waits for the coordinator: in doubt until the coordinator returns");
    REQUIRE(found.stuck);
    CHECK(found.stuck->frees == Sets{{"coordinator"}});
    CHECK(found.stuck->worlds == worlds);
    CHECK(found.stuck->all_searched);
  }
}

TEST_CASE("with cooperative termination all that are in doubt wait for the one that is not there") {
  const Verdict verdict = check(std::get<1>(kProtocols), all_yes(ask(2, {.left = {.crashes = 1}}, {Property::NB})));
  CHECK(non_blocking(verdict).why == "p1 and p2 are in doubt; coordinator is down; p1 and p2 wait for the coordinator: in doubt until the coordinator returns");
}

TEST_CASE("in 3pc after a total failure, whoever came back first waits for any other") {
  const Faults faults{.left = {.crashes = 3}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  const Verdict verdict = check(ThreePhase{}, ask(2, faults, {Property::NB}));
  const Finding& found = non_blocking(verdict);
  REQUIRE(found.stuck);
  CHECK(found.stuck->frees == Sets{{"coordinator"}, {"p2"}});
  CHECK(found.why.ends_with("; coordinator and p2 are down; p1 waits for the coordinator and p2: in doubt until the coordinator or p2 returns"));
}

TEST_CASE("what holds, and what breaks another property, is not stuck") {
  const Verdict verdict = check(TwoPhase{}, ask(2, {.left = {.crashes = 1}}, {Property::AC1, Property::AC5}));
  for (const Finding& finding : verdict.findings) CHECK_FALSE(finding.stuck);
}

TEST_CASE("a run that blocks goes on until all that never can decide are seen to be in doubt") {
  Question q = ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous, .crash_only = NodeSet(kCoordinator)}, {Property::NB});
  const Verdict verdict = check(std::get<1>(kProtocols), q);
  const Finding& found = non_blocking(verdict);
  CHECK(found.why == "p1 and p2 are in doubt; coordinator is down; p1 and p2 wait for the coordinator: in doubt until the coordinator returns");
  REQUIRE(found.never);
  CHECK(found.never->known);
  CHECK(found.never->who == std::vector<NodeSet>{NodeSet(NodeId{1}).with(NodeId{2})});
  REQUIRE(found.witness);
  for (const std::size_t participant : {1u, 2u}) CHECK((found.witness->end[participant].in_doubt && found.witness->end[participant].decided.empty()));
}

/// Each participant asks the coordinator again and again, and only the first is answered: nobody knows yet who that will be.
struct Race {
  std::string_view name = "race";
  std::string_view summary = "for tests";
  enum class Message : std::uint8_t { ask, granted };
  enum class Record : std::uint8_t { unused };
  struct State {
    bool granted = false;
    static constexpr void fields(auto& s, auto&& field) { field("granted", s.granted); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (self.coordinates()) return out.decide(Decision::commit);
    out.send(kCoordinator, Message::ask);
    out.arm(1);
  }
  void receive(State& s, const Self& self, NodeId from, Message, Out& out) const {
    if (!self.coordinates()) return out.decide(Decision::commit), out.disarm();
    if (!s.granted) out.send(from, Message::granted);
    s.granted = true;
  }
  void timeout(State&, const Self&, Out& out) const {
    out.send(kCoordinator, Message::ask);
    out.arm(1);
  }
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  std::span<const Claim> claims() const { return {}; }
};

TEST_CASE("where one of several can still decide and not all, the run goes on until that is settled, though nothing ever comes to rest") {
  const Question q = all_yes(ask(2, {}, {Property::AC4, Property::AC5}));
  for (const bool symmetry : {false, true}) {
    Question question = q;
    question.method.symmetry = symmetry;
    const Verdict verdict = check(Race{}, question);
    REQUIRE(verdict.findings.size() == 2);
    for (const Finding& finding : verdict.findings) {
      REQUIRE(finding.status == Status::violated);
      REQUIRE(finding.witness);
      std::size_t undecided = 0, count = 0;
      for (std::size_t node = 1; node <= 2; ++node)
        if (finding.witness->end[node].decided.empty()) undecided = node, ++count;
      REQUIRE(count == 1);
      CHECK(finding.never->who == std::vector<NodeSet>{NodeSet(node_id(undecided))});
      CHECK(finding.why.ends_with("p" + std::to_string(undecided) + " has not decided"));
    }
  }
  const World<Race> start = initial<Race>(3, NodeSet::first(3), {});
  const Race p;
  Numbered<Race> relation(p, start, all_different(3));
  std::vector<Number> row;
  relation.number(start, row);
  const Doomed before = doomed(relation, row, 1, Property::AC5);
  CHECK(before.at_first.who == std::vector<NodeSet>{NodeSet()});  // each of them can
  CHECK(before.at_last.who.front().size() == 1);
  CHECK(explain(p, start, Property::AC5, q.names, {}, before.at_first) ==
        "even if everything recovers, not everybody can decide: coordinator, p1 and p2 have not decided; who of them never will is still open");
  CHECK(explain(p, start, Property::AC5, q.names, {}, Never{}) ==
        "even if everything recovers, not everybody can decide: coordinator, p1 and p2 have not decided; who of them never can was not searched to the end");
}

TEST_CASE("one that wants to hear of so many waits until so many are there") {
  CHECK(needy(1, 2).status() == Status::holds);
  CHECK(non_blocking(needy(1, 3)).why ==
        "p1 has not decided; coordinator, p2 and p3 are down; p1 waits for the coordinator, p2 and p3: undecided until the coordinator, p2 or p3 returns");
  CHECK(needy(2, 1).status() == Status::holds);
  CHECK(non_blocking(needy(2, 2)).stuck->frees.size() == 2);
  CHECK(non_blocking(needy(3, 1)).stuck->frees.size() == 1);
  const Verdict never = needy(4, 0);
  CHECK(non_blocking(never).stuck->frees.empty());
  CHECK(non_blocking(never).why == "p1 has not decided; p1 waits for the coordinator, p2 and p3: undecided for ever, whoever returns");
}

TEST_CASE("where several must return together, a set of them is told and no larger one") {
  const Needy p{.wanted = 3};
  const World<Needy> start = initial<Needy>(4, NodeSet::first(4), {.left = {.crashes = 2}});
  World<Needy> w = start;
  Trace run = trace_of(p, w, {"coordinator", "p1", "p2", "p3"});
  for (const std::size_t node : {2, 3}) narrate(p, w, Step{.event = Event::crash, .node = node_id(node)}, run);
  const auto found = stuck(p, start, w, run);
  REQUIRE(found);
  CHECK(found->frees == Sets{{"p2", "p3"}});
  CHECK(words_of(*found, run.names, false) == "p1 waits for p2 and p3: undecided until both p2 and p3 return");
}

TEST_CASE("without time it is not known who must return") {
  const Needy p{.wanted = 2};
  const World<Needy> start = initial<Needy>(3, NodeSet::first(3), {.left = {.crashes = 1}});
  World<Needy> w = start;
  Trace run = trace_of(p, w, {"coordinator", "p1", "p2"});
  narrate(p, w, Step{.event = Event::crash, .node = node_id(2)}, run);
  const auto found = stuck(p, start, w, run, {.seconds = 1, .began = Beginning{.at = std::chrono::steady_clock::now() - std::chrono::hours(1)}});
  REQUIRE(found);
  CHECK(found->worlds == 0);
  CHECK_FALSE(found->all_searched);
  CHECK(found->frees.empty());
}

TEST_CASE("the words of what frees") {
  const std::vector<std::string> names{"coordinator", "a", "b", "c"};
  CHECK(words_of({.frees = {{"coordinator"}, {"a", "b", "c"}}}, names, true) == "in doubt until the coordinator returns, or all of a, b and c return");
  CHECK(words_of({.waits = {{"a", {"b"}}, {"b", {"a"}}, {"c", {"b"}}}}, names, true) == "a and c wait for b, b waits for a: in doubt for ever, whoever returns");
  CHECK(words_of({.all_searched = false}, names, true) == "in doubt without a recovery; whether one would help was not searched to the end");
}

TEST_CASE("a run made again is stuck as it was found to be") {
  const Question question = all_yes(ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::NB}));
  const Finding found = non_blocking(check(TwoPhase{}, question));
  std::vector<PlayLine> lines;
  for (const auto& line : found.witness->lines) lines.push_back({.number = static_cast<int>(lines.size()) + 1, .text = told(line)});
  const Replayed again = replay(TwoPhase{}, question, lines);
  REQUIRE(again.findings.size() == 1);
  CHECK(again.findings[0].why == found.why);
  CHECK(again.findings[0].stuck->frees == found.stuck->frees);
  CHECK(again.findings[0].stuck->worlds == found.stuck->worlds);
}

}  // namespace commitlab
