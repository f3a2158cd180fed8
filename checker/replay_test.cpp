// Plays made again: the same, otherwise than written, impossible, ambiguous.
#include "checker/instances_for_tests.hpp"
#include "checker/replay.hpp"

#include "checker/ask.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

std::vector<PlayLine> lines(std::initializer_list<std::string> texts) {
  std::vector<PlayLine> lines;
  for (const auto& text : texts) lines.push_back({static_cast<int>(lines.size()) + 1, text});
  return lines;
}

const Question kTorn = all_yes(ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1}));

}  // namespace

TEST_CASE("every witness of every protocol is made again to the same end") {
  const std::vector<Property> all{Property::AC1, Property::AC2, Property::AC3, Property::AC5, Property::NB};
  std::size_t witnesses = 0;
  for_each_implementation([&](const auto& p) {
    for (const Budgets left : {Budgets{.crashes = 1}, Budgets{.disk_losses = 1}, Budgets{.crashes = 1, .suspicions = 1}, Budgets{.partitions = 1}}) {
      Question q = all_yes(ask(2, {.left = left, .recovery = left.disk_losses > 0 ? Recovery::any_time : Recovery::never, .timing = Timing::synchronous}, all));
      if (left.disk_losses > 0) q.faults.left.crashes = 1;
      for (const auto& found : check(p, q).findings) {
        if (!found.witness) continue;
        ++witnesses;
        std::vector<PlayLine> play;
        for (const auto& line : found.witness->lines) play.push_back({0, told(line)});
        q.check = {found.property};
        play.push_back({0, end_line(*found.witness, {found})});
        const Replayed replayed = replay(p, q, play);
        INFO(p.name << " " << found.name << ": " << replayed.happens);
        CHECK(replayed.outcome == Replayed::Outcome::same);
        CHECK(replayed.findings.front().status == Status::violated);
        q.check = all;
      }
    }
  });
  CHECK(witnesses >= 8);
}

TEST_CASE("a line may leave out effects, but not a crash") {
  const auto replayed = replay(TextbookThreePhase{}, kTorn, lines({"0 start; send can_commit to 1 2; arm", "1 start", "1 deliver can_commit from 0"}));
  CHECK(replayed.outcome == Replayed::Outcome::same);
  CHECK(replayed.trace.lines.back().effects.size() == 3);
}

TEST_CASE("a line whose effects are others than written differs, and is answered with what happens") {
  const auto replayed = replay(TextbookThreePhase{}, kTorn, lines({"0 start; send can_commit to 1 2; arm 2", "1 start; arm 4"}));
  CHECK(replayed.outcome == Replayed::Outcome::differs);
  CHECK(replayed.line == 2);
  CHECK(replayed.happens == "1 start; arm 3");
}

TEST_CASE("a line that cannot happen is answered with what can") {
  const auto replayed = replay(TextbookThreePhase{}, kTorn, lines({"0 deliver yes from 1"}));
  CHECK(replayed.outcome == Replayed::Outcome::impossible);
  CHECK(std::find(replayed.possible.begin(), replayed.possible.end(), "1 start; arm 3") != replayed.possible.end());
}

TEST_CASE("numbers match whole: node 1 is not node 10") {
  const Question q = all_yes(ask(10, {.timing = Timing::synchronous, .crash_points = CrashPoints::handlers}, {Property::AC1}));
  const auto replayed = replay(TextbookThreePhase{}, q, lines({"1 start", "10 start", "1 deliver"}));
  CHECK(replayed.outcome == Replayed::Outcome::impossible);
  CHECK(replayed.line == 3);
}

TEST_CASE("an end other than written differs") {
  auto replayed = replay(TextbookThreePhase{}, kTorn, lines({"1 start", "end; 0 undecided; 1 commit; 2 undecided"}));
  CHECK(replayed.outcome == Replayed::Outcome::differs);
  CHECK(replayed.happens == "end; 0 undecided; 1 undecided; 2 undecided");
  replayed = replay(TextbookThreePhase{}, kTorn, lines({"1 start", "end"}));
  CHECK(replayed.outcome == Replayed::Outcome::same);
}

TEST_CASE("termination is judged in the very world where a play ends: partitioned, or after faults have stopped") {
  Question q = all_yes(ask(1, {.left = {.partitions = 1}, .timing = Timing::synchronous}, {Property::NB}));
  CHECK(replay(TwoPhase{}, q, lines({"0 start; send prepare to 1; arm 2", "1 start; arm 3", "partition 0 | 1"})).findings.front().status == Status::holds);
  q = all_yes(ask(1, {.left = {.crashes = 2}, .timing = Timing::synchronous}, {Property::AC5, Property::NB}));
  const Replayed replayed = replay(ThreePhase{}, q, lines({"0 crash", "faults stop"}));
  CHECK(replayed.outcome == Replayed::Outcome::same);
  for (const auto& found : replayed.findings) CHECK(found.status == Status::holds);
}

TEST_CASE("that all can still decide is seen from the first way on, however many worlds follow") {
  Question q{.faults = {}, .check = {Property::AC5, Property::NB}};
  q.names = {"coordinator"};
  for (int i = 1; i <= 63; ++i) q.names.push_back("p" + std::to_string(i));
  q.votes = {{NodeSet::first(q.names.size())}};
  q.limits.worlds = 100;  // a search would come to no answer
  const Replayed replayed = replay(TwoPhase{}, q, lines({"5 start"}));
  REQUIRE(replayed.findings.size() == 2);
  for (const auto& finding : replayed.findings) CHECK(finding.status == Status::holds);
}

TEST_CASE("what the limits leave open about the end of a play is no difference") {
  Question q = all_yes(ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::NB}));
  const auto play = lines({"0 start; send prepare to 1; crash", "1 start", "1 deliver prepare from 0", "end; NB violated; 0 down; 1 in doubt; 2 undecided"});
  CHECK(replay(TwoPhase{}, q, play).outcome == Replayed::Outcome::same);
  q.limits.worlds = 1;
  const Replayed replayed = replay(TwoPhase{}, q, play);
  CHECK(replayed.outcome == Replayed::Outcome::same);
  CHECK(replayed.findings.front().status == Status::inconclusive);
  CHECK(replay(TwoPhase{}, q, lines({"0 start", "end; NB violated; 0 down"})).outcome == Replayed::Outcome::differs);
}

TEST_CASE("a play that is not the same is judged no further") {
  const auto replayed = replay(TextbookThreePhase{}, kTorn, lines({"0 deliver yes from 1"}));
  CHECK(replayed.findings.empty());
}

TEST_CASE("blanks do not matter, words do") {
  CHECK(parts_of("  1  deliver\tyes from 0 ;force commit;") == std::vector<std::string>{"1 deliver yes from 0", "force commit"});
  CHECK(fit(parts_of("1 deliver yes from 2"), parts_of("1 deliver yes from 21")) == Fit::none);
}

}  // namespace commitlab
