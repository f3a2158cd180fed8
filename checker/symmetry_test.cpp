// Worlds that differ in the names of participants only are one, also where nobody can be told from the others by a look at
// each of them alone.
#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "checker/gossip_for_tests.hpp"
#include "checker/numbered.hpp"
#include "checker/oracle_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// Each participant greets the others, and remembers who greeted it first: so in some worlds everybody knows one other, around
/// a ring, and two rings differ only in names.
struct Greetings {
  std::string_view name = "greetings";
  std::string_view summary = "for tests";
  enum class Message : std::uint8_t { hello };
  enum class Record : std::uint8_t { unused };
  struct State {
    NodeId first = kCoordinator;
    static constexpr void fields(auto& s, auto&& field) { field("first", s.first); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (!self.coordinates()) out.send(self.others().without(kCoordinator), Message::hello);
  }
  void receive(State& s, const Self&, NodeId from, Message, Out&) const {
    if (s.first == kCoordinator) s.first = from;
  }
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State&) const { return false; }
  std::span<const Claim> claims() const { return {}; }
};

/// Each participant greets the others and tells the coordinator who greeted it first. In the end nobody knows anybody, and the
/// coordinator's inbox names participants to it two at a time.
struct Reports {
  std::string_view name = "reports";
  std::string_view summary = "for tests";
  enum class Kind : std::uint8_t { hello, first };
  struct Message {
    Kind kind{};
    NodeId who = kCoordinator;
    static constexpr void fields(auto& m, auto&& field) { field("kind", m.kind), field("who", m.who); }
  };
  enum class Record : std::uint8_t { unused };
  struct State {
    bool told = false;
    static constexpr void fields(auto& s, auto&& field) { field("told", s.told); }
  };
  using Out = Effects<Message, Record>;

  void start(State&, const Self& self, Out& out) const {
    if (!self.coordinates()) out.send(self.others().without(kCoordinator), {Kind::hello});
  }
  void receive(State& s, const Self& self, NodeId from, Message, Out& out) const {
    if (self.coordinates() || s.told) return;
    s.told = true;
    out.send(kCoordinator, {Kind::first, from});
  }
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State&) const { return false; }
  std::span<const Claim> claims() const { return {}; }
};

/// As many representatives as there are orbits of the plainest search, that stand for all of its worlds.
template <Protocol P>
void counts_orbits(const P& p, std::size_t participants) {
  Question question = all_yes(ask(participants, {}, {Property::AC1, Property::NB}));
  const Oracle<P> oracle(p, checking::starts_of<P>(question, question.votes, question.faults), 300'000);
  REQUIRE(oracle.complete);
  question.method.symmetry = true;
  const Verdict verdict = check(p, question);
  CHECK(verdict.worlds == oracle.orbits(question));
  CHECK(verdict.stands_for == std::to_string(oracle.worlds.size()));
}

/// A world and the same under other names have one representative, which stands for as many. How many worlds had other names.
template <Protocol P>
std::size_t one_for_all_names(const P& p, std::size_t participants) {
  const Question question = all_yes(ask(participants, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1}));
  const World<P> first = checking::starts_of<P>(question, question.votes, question.faults).front();
  const NodeSet members = first.all().without(kCoordinator);
  Numbered<P> relation(p, first, kinds_of(first.nodes, {members}), members);
  Symmetry symmetry(relation, {members});
  std::mt19937_64 random(7);
  std::size_t differ = 0;
  std::vector<Number> row, other;
  for (int i = 0; i < 40; ++i)
    for (const World<P>& w : walk(p, first, 50, random)) {
      relation.number(w, row), relation.number(renamed(w, any_order(participants, random)), other);
      differ += row != other;
      symmetry.canonical(row), symmetry.canonical(other);
      if (row != other || symmetry.orbit(row) != symmetry.orbit(other)) {
        FAIL_CHECK(p.name << ", " << participants << " participants: a world under other names has another representative");
        return 0;
      }
    }
  return differ;
}

}  // namespace

TEST_CASE("a world has one representative under all names, whoever names whom") {
  for (const std::size_t participants : {3u, 5u, 8u}) {
    CHECK(one_for_all_names(Greetings{}, participants) > 300);
    CHECK(one_for_all_names(Reports{}, participants) > 300);
    CHECK(one_for_all_names(Gossip{}, participants) > 300);
  }
}

TEST_CASE("what a search remembers of renamings is among the memory that it tells") {
  const Greetings p;
  Question question = all_yes(ask(3, {}, {Property::AC1}));
  question.method.symmetry = true;
  const Verdict verdict = check(p, question);
  const World<Greetings> first = checking::starts_of<Greetings>(question, question.votes, question.faults).front();
  Numbered<Greetings> relation(p, first, all_different(first.nodes));
  const std::uint64_t at_least = RenamedParts(relation).footprint();
  CHECK(at_least > 0);
  CHECK(verdict.bytes > at_least);
}

TEST_CASE("worlds in which everybody knows another around a ring are one for all names, and stand for as many as there are") {
  counts_orbits(Greetings{}, 3);
}

TEST_CASE("worlds in which nobody knows anybody, and the coordinator is told of a ring, are one for all names, too") {
  counts_orbits(Reports{}, 2);
  counts_orbits(Reports{}, 3);
}

/// Orders ids in one of its handlers, and does not say so.
struct Sly {
  enum class Where : std::uint8_t { nowhere, start, receive, timeout, recover, doubt, property };

  std::string_view name = "sly";
  std::string_view summary = "for tests";
  Where where = Where::nowhere;
  enum class Message : std::uint8_t { hello };
  enum class Record : std::uint8_t { here };
  struct State {
    bool first = false;
    NodeSet heard;
    static constexpr void fields(auto& s, auto&& field) { field("first", s.first), field("heard", s.heard); }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (where == Where::start) s.first = lowest(self.id, self);
    out.force(Record::here);
    out.send(self.others(), Message::hello);
    out.arm(1);
  }
  void receive(State& s, const Self& self, NodeId from, Message, Out&) const {
    s.heard.add(from);
    if (where == Where::receive) s.first = !self.coordinates() && !s.heard.without(kCoordinator).below(self.id).empty();
  }
  void timeout(State&, const Self& self, Out& out) const {
    if (where == Where::timeout) out.decide(lowest(self.id, self) ? Decision::abort : Decision::commit);
    else out.decide(Decision::commit);
  }
  void recover(State&, const Self& self, std::span<const Record>, Out& out) const {
    out.send(where == Where::recover ? NodeSet(self.participants().lowest()) : self.others(), Message::hello);
  }
  bool in_doubt(const State& s) const { return where == Where::doubt && s.heard.has(NodeId{2}); }
  void properties(const auto& w, auto&& claim) const {
    bool all = true;
    w.up.each([&](NodeId id) { all = all && (where != Where::property || id != NodeId{1} || w.node(id).state.heard.empty()); });
    claim("fair", all);
  }
  std::span<const Claim> claims() const { return {}; }

 private:
  static bool lowest(NodeId id, const Self& self) { return id == self.participants().lowest(); }
};

TEST_CASE("a protocol that orders ids without a word is found out wherever it does so, and no verdict is told") {
  for (const int participants : {2, 3}) {
    Question q = all_yes(ask(static_cast<std::size_t>(participants), {.left = {.crashes = 1}, .recovery = Recovery::any_time, .crash_only = NodeSet(NodeId{1}) | NodeSet(NodeId{2}) | NodeSet(NodeId{3})}, {Property::AC1}));
    q.limits.worlds = 20'000;
    for (const auto where : {Sly::Where::start, Sly::Where::receive, Sly::Where::timeout, Sly::Where::recover, Sly::Where::doubt, Sly::Where::property}) {
      INFO(static_cast<int>(where) << " of " << participants);
      q.method.symmetry = false;
      CHECK_NOTHROW(check(Sly{.where = where}, q));
      q.method.symmetry = true;
      CHECK_THROWS_AS(check(Sly{.where = where}, q), OrdersIds);
    }
    CHECK_NOTHROW(check(Sly{}, q));
  }
}

TEST_CASE("what is told of it are the two steps that differ, and who has whose name") {
  Question q = all_yes(ask(2, {}, {Property::AC1}));
  q.method.symmetry = true;
  try {
    check(Sly{.where = Sly::Where::timeout}, q);
    FAIL("not found out");
  } catch (const OrdersIds& error) {
    CHECK(std::string(error.what()) == "where it does \"1 timeout; decide abort\", it does \"2 timeout; decide commit\" once 1 is named 2, 2 is named 1");
  }
}

}  // namespace commitlab
