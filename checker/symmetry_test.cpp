// Worlds that differ in the names of participants only are one, also where nobody can be told from the others by a look at
// each of them alone.
#include "checker/ask.hpp"
#include "checker/check.hpp"
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

}  // namespace

TEST_CASE("worlds in which everybody knows another around a ring are one for all names, and stand for as many as there are") {
  const Greetings p;
  Question question = all_yes(ask(3, {}, {Property::AC1, Property::NB}));
  const Oracle<Greetings> oracle(p, checking::starts_of<Greetings>(question, question.votes, question.faults), 100'000);
  REQUIRE(oracle.complete);
  question.method.symmetry = true;
  const Verdict verdict = check(p, question);
  CHECK(verdict.worlds == oracle.orbits(question));
  CHECK(verdict.stands_for == std::to_string(oracle.worlds.size()));
}

}  // namespace commitlab
