// The specifications have exactly as many worlds as their TLA+ originals (Gray and Lamport 2006) have states, and as deep.
#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

struct Size {
  std::uint64_t worlds, depth;
  friend bool operator==(const Size&, const Size&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Size& size) { return out << size.worlds << " worlds, depth " << size.depth; }
};

/// The size of all that p may do, in which nothing may break.
template <Protocol P>
Size size_of(const P& p, std::size_t participants) {
  const Question question = all_yes(ask(participants, {.channels = Channels::sticky}, {Property::AC1, Property::AC2, Property::AC3}));
  const Verdict verdict = check(p, question);
  CHECK(verdict.status() == Status::holds);
  return {verdict.worlds, verdict.depth};
}

}  // namespace

TEST_CASE("TCommit has 34 worlds at 3 resource managers, and is 7 deep") { CHECK(size_of(TCommit{}, 3) == Size{34, 7}); }

TEST_CASE("TwoPhase has 288 worlds at 3 resource managers, 8832 at 5, and is 11 and 17 deep") {
  CHECK(size_of(TwoPhaseTm{}, 3) == Size{288, 11});
  CHECK(size_of(TwoPhaseTm{}, 5) == Size{8'832, 17});
}

TEST_CASE("PaxosCommit has 1321761 worlds at 2 resource managers, 3 acceptors and 2 ballots, and is 28 deep") {
  CHECK(size_of(PaxosCommitAbstract{}, 5) == Size{1'321'761, 28});
}

}  // namespace commitlab
