// What a failing test of a protocol prints.
#include "checker/printed.hpp"

#include "sim/vote.hpp"
#include "test.hpp"

namespace {
/// A protocol's own, outside of our namespace.
struct Foreign {
  enum class Message : std::uint8_t { prepare, vote };
};
}  // namespace

namespace commitlab {

TEST_CASE("a failing check prints enumerators by name, sets by member, and a verdict line by line") {
  const auto printed = [](const auto& value) { return Catch::Detail::stringify(value); };
  CHECK(printed(Status::violated) == "violated");
  CHECK(printed(Property::NB) == "NB");
  CHECK(printed(Decision::commit) == "commit");
  CHECK(printed(Vote::no) == "no");
  CHECK(printed(Agreement::live) == "live");
  CHECK(printed(Timing::synchronous) == "synchronous");
  CHECK(printed(static_cast<Vote>(7)) == "7");
  CHECK(printed(kCoordinator) == "0");
  CHECK(printed(NodeSet::from_bits(0b101)) == "{0 2}");
  CHECK(printed(NodeSet()) == "{}");
  Verdict verdict;
  verdict.findings.resize(2);
  verdict.findings[0].name = "AC1", verdict.findings[0].status = Status::violated;
  verdict.findings[0].why = "p1 aborted, p2 committed";
  verdict.findings[1].name = "AC2";
  verdict.worlds = 42, verdict.stopped = "a limit of worlds";
  CHECK(printed(verdict) == "AC1 violated: p1 aborted, p2 committed\nAC2 inconclusive\n42 worlds; stopped: a limit of worlds");
  std::ostringstream foreign;
  foreign << Foreign::Message::vote;  // with our namespace in sight
  CHECK(foreign.str() == "vote");
}

}  // namespace commitlab
