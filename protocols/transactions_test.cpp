// Several transactions through the same processes: one after another or overlapping, and with messages that do not say of
// which of them they are.
#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/replay.hpp"
#include "protocols/each_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using enum Property;

constexpr Faults kSerial{.transaction_order = TransactionOrder::serial};
constexpr Faults kUnnumbered{.transaction_order = TransactionOrder::serial, .messages = Messages::unnumbered};

/// Two transactions, with every vote that the question of one allows.
Question twice(Question question) {
  std::vector<std::vector<NodeSet>> votes;
  for (const auto& first : question.votes)
    for (const auto& second : question.votes) votes.push_back({first.front(), second.front()});
  question.votes = std::move(votes);
  return question;
}

Faults with(Faults faults, Budgets left, Timing timing = Timing::asynchronous) {
  faults.left = left, faults.timing = timing;
  if (left.crashes > 0) faults.recovery = Recovery::any_time;
  return faults;
}

const Finding& finding(const Verdict& verdict, Property property) {
  for (const auto& found : verdict.findings)
    if (found.property == property) return found;
  FAIL("not answered");
  return verdict.findings.front();
}

std::vector<std::string> lines_of(const Finding& found) {
  REQUIRE(found.witness);
  std::vector<std::string> lines;
  for (const auto& line : found.witness->lines) lines.push_back(told(line));
  return lines;
}

}  // namespace

TEST_CASE("numbered transactions do not touch each other: two-phase commit keeps what it keeps, one after another") {
  const auto holds = [](const Question& question, std::uint64_t worlds) {
    const Verdict verdict = check(TwoPhase{}, twice(question));
    CHECK(verdict.status() == Status::holds);
    CHECK(verdict.worlds == worlds);
  };
  holds(ask(1, kSerial, {AC1, AC2, AC3}), 11'273);
  holds(ask(1, with(kSerial, {.duplicates = 1}), {AC1, AC2, AC3, AC5}), 89'383);
  holds(ask(1, with(kSerial, {.crashes = 1}), {AC1, AC2, AC3, AC5}), 166'994);
  holds(ask(2, with(kSerial, {}, Timing::synchronous), {AC1, AC2, AC3, AC4, NB}), 2'015);
  holds(ask(2, with(kSerial, {.duplicates = 1}, Timing::synchronous), {AC1, AC2, AC3}), 14'540);
}

TEST_CASE("unnumbered, a second copy of the first transaction's commit commits the second, which the coordinator aborts") {
  const Verdict verdict = check(TwoPhase{}, twice(all_yes(ask(1, with(kUnnumbered, {.duplicates = 1}, Timing::synchronous), {AC1}))));
  CHECK(finding(verdict, AC1).why == "in transaction 2, coordinator aborted, p1 committed");
  CHECK(lines_of(finding(verdict, AC1)) ==
        std::vector<std::string>{"0 start#1; send prepare to 1; arm 2", "1 start#1; arm 3", "1 deliver#1 prepare from 0; force prepared; send yes to 0; arm 3",
                                 "0 deliver#1 yes from 1; force commit; decide commit; disarm; send commit to 1; arm 2",
                                 "0 start#2; send prepare to 1; arm 2",
                                 "1 deliver#1 prepare from 0",  // meant for the second
                                 "1 deliver#1 copy of commit from 0; force commit; decide commit; disarm; send ack to 0", "1 start#2; arm 3",
                                 "1 deliver#2 commit from 0; force commit; decide commit; disarm; send ack to 0", "0 deliver#2 ack from 1",
                                 "0 timeout#2; force abort; decide abort; disarm; send abort to 1; arm 2"});
}

TEST_CASE("unnumbered, a second copy of a yes to the first transaction commits the second, though the participant refuses it") {
  Faults faults = with(kUnnumbered, {.duplicates = 1}, Timing::synchronous);
  faults.channels = Channels::fifo;
  const Verdict verdict = check(TwoPhase{}, twice(ask(1, faults, {AC3})));
  CHECK(finding(verdict, AC3).why == "in transaction 2, coordinator committed, although p1 votes no");
  const auto lines = lines_of(finding(verdict, AC3));
  REQUIRE(lines.size() == 6);
  CHECK(lines[3] == "0 deliver#1 copy of yes from 1; force commit; decide commit; disarm; send commit to 1; arm 2");
  CHECK(lines[5] == "0 deliver#2 yes from 1; force commit; decide commit; disarm; send commit to 1; arm 2");
}

TEST_CASE("unnumbered, nothing need go wrong: a commit that is sent again reaches the next transaction, in order and in time") {
  Faults faults = with(kUnnumbered, {}, Timing::synchronous);
  faults.channels = Channels::fifo;
  const Verdict verdict = check(TwoPhase{}, twice(ask(1, faults, {AC1, AC2, AC3, AC4, AC5, NB})));
  CHECK(finding(verdict, AC1).why == "in transaction 2, coordinator aborted, p1 committed");
  const auto lines = lines_of(finding(verdict, AC1));
  REQUIRE(lines.size() == 12);
  CHECK(lines[9] == "0 timeout#1; send commit to 1; arm 2");  // the acknowledgement went to the second
  CHECK(lines[11] == "1 deliver#2 commit from 0; force commit; decide commit; disarm; send ack to 0");
  CHECK(finding(verdict, AC3).why == "in transaction 2, p1 committed, although p1 votes no");
  CHECK(lines_of(finding(verdict, AC3)).size() == 11);
  CHECK(finding(verdict, AC4).why == "in transaction 2, coordinator aborted, although all vote yes and nothing failed");
  CHECK(finding(verdict, AC2).status == Status::holds);
  CHECK(finding(verdict, AC5).status == Status::holds);
  CHECK(finding(verdict, NB).status == Status::holds);
}

TEST_CASE("unnumbered and overlapping, a vote for the second transaction is counted for the first") {
  const Verdict verdict = check(TwoPhase{}, twice(ask(1, {.messages = Messages::unnumbered}, {AC1, AC2, AC3})));
  CHECK(finding(verdict, AC3).why == "in transaction 1, coordinator committed, although p1 votes no");
  CHECK(lines_of(finding(verdict, AC3)) ==
        std::vector<std::string>{"0 start#1; send prepare to 1; arm 2", "1 start#2; arm 3", "1 deliver#2 prepare from 0; force prepared; send yes to 0; arm 3",
                                 "0 deliver#1 yes from 1; force commit; decide commit; disarm; send commit to 1; arm 2"});
  CHECK(lines_of(finding(verdict, AC1)).size() == 6);
}

TEST_CASE("who waits is told of each transaction in which somebody does") {
  Question question = ask(1, {.left = {.crashes = 1}, .timing = Timing::synchronous, .transaction_order = TransactionOrder::serial}, {NB});
  question.votes = {{NodeSet(kCoordinator), NodeSet::first(2)}};  // the first is refused: only the second can block
  CHECK(finding(check(TwoPhase{}, question), NB).why == "in transaction 2, p1 is in doubt; coordinator is down; p1 waits for the coordinator: in doubt until the coordinator returns");
  question = twice(all_yes(question));
  question.votes = {{NodeSet::first(2), NodeSet::first(2)}};
  CHECK(finding(check(TwoPhase{}, question), NB).why ==
        "in transaction 1, p1 is in doubt; in transaction 2, p1 has not decided; coordinator is down; p1 waits for the coordinator: in doubt until the coordinator returns");
}

TEST_CASE("somebody who has not decided one transaction can do so although others are in the next") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    CHECK(check(p, twice(ask(1, with(kSerial, {.crashes = 1}, Timing::synchronous), {AC5}))).status() == Status::holds);
    Question question = twice(ask(1, with(kSerial, {.crashes = 1}, Timing::synchronous), {AC5}));
    question.faults.recovery = Recovery::never;
    CHECK(check(p, question).status() == Status::holds);
  });
}

TEST_CASE("unnumbered and overlapping, what is meant for the first transaction goes to the second, so that the first may never end") {
  const Verdict verdict = check(TwoPhase{}, twice(all_yes(ask(1, {.messages = Messages::unnumbered}, {AC5}))));
  CHECK(finding(verdict, AC5).why.starts_with("even if everything recovers, not everybody can decide: in transaction 1, p1 is in doubt"));
}

TEST_CASE("a witness of several transactions is made again to the same end, numbered or not") {
  std::size_t witnesses = 0;
  for_each_implementation([&](const auto& p) {
    for (const Faults& base : {kSerial, kUnnumbered, Faults{.messages = Messages::unnumbered}, Faults{}}) {
      Question question = twice(ask(1, with(base, {.crashes = 1, .disk_losses = 1, .duplicates = 1}, Timing::synchronous), {AC1, AC2, AC3, AC5, NB}));
      const auto votes = question.votes;
      for (const auto& found : check(p, question).findings) {
        if (!found.witness) continue;
        ++witnesses;
        for (const auto& start : votes) {
          question.votes = {start};
          if (trace_of(p, initial<std::remove_cvref_t<decltype(p)>>(2, start, question.faults), question.names).votes == found.witness->votes) break;
        }
        std::vector<PlayLine> play;
        for (const auto& line : found.witness->lines) play.push_back({0, told(line)});
        play.push_back({0, end_line(*found.witness, {found})});
        question.check = {found.property};
        const Replayed replayed = replay(p, question, play);
        INFO(p.name << " " << found.name << ": " << replayed.happens);
        CHECK(replayed.outcome == Replayed::Outcome::same);
        CHECK(replayed.findings.front().status == Status::violated);
        CHECK(replayed.findings.front().why == found.why);
        question.check = {AC1, AC2, AC3, AC5, NB}, question.votes = votes;
      }
    }
  });
  CHECK(witnesses >= 8);
}

}  // namespace commitlab
