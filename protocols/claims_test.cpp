// Each protocol bears the faults that its header claims, and breaks under one more; and the literature's findings hold.
#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "protocols/each_for_tests.hpp"
#include "sim/acting_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

Property property_named(std::string_view name) {
  for (std::size_t i = 0; i < count_of<Property>(); ++i)
    if (name_of(static_cast<Property>(i)) == name) return static_cast<Property>(i);
  FAIL("no property " << name);
  return Property::custom;
}

std::vector<Property> properties_named(std::string_view names) {
  std::vector<Property> properties;
  while (!names.empty()) {
    const auto comma = std::min(names.find(','), names.size());
    properties.push_back(property_named(names.substr(0, comma)));
    names.remove_prefix(std::min(comma + 1, names.size()));
  }
  return properties;
}

Status status_of(const Verdict& verdict, Property property) {
  for (const auto& finding : verdict.findings)
    if (finding.property == property) return finding.status;
  FAIL("not answered");
  return Status::inconclusive;
}

template <Protocol P>
Status status_of(const P& p, Question question, Property property) {
  question.check = {property};
  return status_of(check(p, question), property);
}

constexpr Faults kTruthful{.timing = Timing::synchronous};

Faults with(Faults faults, Budgets left, Recovery recovery = Recovery::never) {
  faults.left = left;
  faults.recovery = recovery;
  return faults;
}

}  // namespace

TEST_CASE("every protocol claims something, and gives something up") {
  for_each_protocol([](const auto& p) {
    INFO(p.name);
    bool holds = false, breaks = false;
    for (const Claim& claim : p.claims()) holds = holds || !claim.holds.empty(), breaks = breaks || !claim.breaks.empty();
    CHECK(holds);
    CHECK(breaks);
  });
}

TEST_CASE("every protocol keeps what it claims, and breaks under one fault more") {
  for_each_protocol([](const auto& p) {
    for (const Claim& claim : p.claims()) {
      INFO(p.name << ": " << claim.bears);
      auto asked = properties_named(claim.holds);
      const auto broken = properties_named(claim.breaks);
      asked.insert(asked.end(), broken.begin(), broken.end());
      const Question question = ask(static_cast<std::size_t>(claim.participants), claim.faults, asked);
      const bool votes_itself = Specification<std::remove_cvref_t<decltype(p)>>;
      const Verdict verdict = check(p, votes_itself ? all_yes(question) : question);
      CHECK(verdict.stopped.empty());
      for (const Property property : properties_named(claim.holds)) CHECK(status_of(verdict, property) == Status::holds);
      for (const Property property : broken) CHECK(status_of(verdict, property) == Status::violated);
    }
  });
}

TEST_CASE("without faults, if all vote yes, every protocol but a specification commits, and nothing else (AC4)") {
  for_each_implementation([](const auto& p) {
    for (std::size_t n = 1; n <= 4; ++n) {
      INFO(p.name << " with " << n);
      CHECK(status_of(p, ask(n, {}, {}), Property::AC4) == Status::holds);
    }
  });
}

TEST_CASE("a duplicate changes no verdict on safety") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    const Verdict verdict = check(p, ask(2, with(kTruthful, {.duplicates = 2}), {Property::AC1, Property::AC2, Property::AC3}));
    CHECK(verdict.status() == Status::holds);
  });
}

TEST_CASE("without crash or suspicion every protocol decides, whatever the votes (NB)") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    CHECK(status_of(p, ask(3, kTruthful, {}), Property::NB) == Status::holds);
  });
}

// Claims of the literature.

TEST_CASE("2pc blocks when the coordinator stops while a participant is in doubt (Skeen 1981)") {
  const Verdict verdict = check(TwoPhase{}, ask(2, {.left = {.crashes = 1}}, {Property::NB}));
  REQUIRE(verdict.status() == Status::violated);
  const Trace& witness = *verdict.findings.front().witness;
  CHECK_FALSE(witness.end[0].up);
  CHECK((witness.end[1].in_doubt || witness.end[2].in_doubt));
}

TEST_CASE("cooperative termination blocks only if every participant that is up is in doubt") {
  const auto& cooperative = std::get<1>(kProtocols);
  const Verdict verdict = check(cooperative, ask(2, {.left = {.crashes = 1}}, {Property::NB}));
  REQUIRE(verdict.status() == Status::violated);
  for (const auto& node : verdict.findings.front().witness->end) CHECK((!node.up || node.in_doubt));
}

TEST_CASE("cooperative termination is safe under early timeouts and loss") {
  const auto& cooperative = std::get<1>(kProtocols);
  const Question asked = ask(2, {.left = {.losses = 2}}, {Property::AC1, Property::AC3, Property::AC5});
  CHECK(check(cooperative, asked).status() == Status::holds);
}

TEST_CASE("2pc terminates once everything recovers, also after two crashes (asked only when faults stop)") {
  CHECK(status_of(TwoPhase{}, ask(2, {.left = {.crashes = 2}}, {}), Property::AC5) == Status::holds);
}

TEST_CASE("3pc bears the crash of everybody but one, and of everybody") {
  for (std::uint8_t crashes = 1; crashes <= 4; ++crashes) {
    const Question asked = ask(3, with(kTruthful, {.crashes = crashes}), {Property::AC1, Property::AC2, Property::AC3, Property::NB});
    CHECK(check(ThreePhase{}, asked).status() == Status::holds);
  }
}

TEST_CASE("3pc after a total failure: the last to fail decide, and all can (Skeen 1985)") {
  const auto asked = {Property::AC1, Property::AC2, Property::AC3, Property::AC5};
  CHECK(check(ThreePhase{}, ask(1, with(kTruthful, {.crashes = 4}, Recovery::any_time), asked)).status() == Status::holds);
  CHECK(check(ThreePhase{}, all_yes(ask(2, with(kTruthful, {.crashes = 3}, Recovery::any_time), asked))).status() == Status::holds);
}

TEST_CASE("3pc after a total failure: while the states of those that may have failed last differ, everybody is waited for") {
  const ThreePhase p;
  auto w = initial<ThreePhase>(4, NodeSet::first(4), with(kTruthful, {.crashes = 4}, Recovery::any_time));
  act_out(p, w, {"0 start; send can_commit to 1 2 3; arm 2", "1 start; arm 3", "2 start; arm 3", "3 start; arm 3",
                 "1 deliver can_commit from 0; force yes; send yes to 0; arm 3", "2 deliver can_commit from 0; force yes; send yes to 0; arm 3",
                 "3 deliver can_commit from 0; force yes; send yes to 0; arm 3", "0 deliver yes from 1", "0 deliver yes from 2",
                 "0 deliver yes from 3; force precommit; send precommit to 2; crash", "2 deliver precommit from 0; force precommit; send ack to 0; arm 3",
                 "2 crash", "1 timeout; force up={1,2,3}; send ask_state to 2 3; arm 2",
                 "3 deliver ask_state from 1; force up={1,2,3}; send state(phase=waiting) to 1; arm 3", "1 deliver state(phase=waiting) from 3",
                 // 1 leaves out 2, which is silent, and aborts; 3 never learns either, and does not know that 2 is down.
                 "1 timeout; force up={1,3}; force abort; decide abort; crash", "3 timeout; force up={2,3}; send lead to 2; crash",
                 "2 recover; send ask_outcome(phase=precommitted,up={0,1,2,3}) to 0 1 3; arm 3",
                 "3 recover; send ask_outcome(phase=waiting,up={2,3}) to 0 1 2; arm 3",
                 "2 deliver ask_outcome(phase=waiting,up={2,3}) from 3; send back(phase=precommitted,up={0,1,2,3}) to 3",
                 "3 deliver ask_outcome(phase=precommitted,up={0,1,2,3}) from 2; send back(phase=waiting,up={2,3}) to 2"});
  for (const NodeId id : {NodeId{2}, NodeId{3}}) CHECK(w.slot(id).state.duty == ThreePhase::Duty::outcome);
  act_out(p, w, {"1 recover; decide abort", "1 deliver ask_outcome(phase=waiting,up={2,3}) from 3; send abort to 3",
                 "3 deliver abort from 1; force abort; decide abort; disarm"});
  CHECK(agreement(w));
}

TEST_CASE("3pc that does not log its pre-commit breaks after a total failure") {
  const Question asked = all_yes(ask(2, with(kTruthful, {.crashes = 3}, Recovery::any_time), {}));
  CHECK(status_of(ThreePhase{.logs_precommit = false}, asked, Property::AC1) == Status::violated);
}

TEST_CASE("3pc that counts a recovered process as operational breaks") {
  const Question asked = all_yes(ask(2, with(kTruthful, {.crashes = 2}, Recovery::any_time), {}));
  CHECK(status_of(ThreePhase{.counts_recovered = true}, asked, Property::AC1) == Status::violated);
}

TEST_CASE("3pc without election bears the crash of everybody but one, and of everybody") {
  for (std::uint8_t crashes = 1; crashes <= 4; ++crashes) {
    const Question asked = ask(3, with(kTruthful, {.crashes = crashes}), {Property::AC1, Property::AC2, Property::AC3, Property::NB});
    CHECK(check(ThreePhaseForAll{}, asked).status() == Status::holds);
    CHECK(check(ThreePhaseFlooding{}, asked).status() == Status::holds);
  }
}

TEST_CASE("3pc without election breaks if one commits before all have been told, or aborts before all have been heard") {
  const Question asked = ask(3, with(kTruthful, {.crashes = 3}), {});
  CHECK(status_of(ThreePhaseForAll{.tells_before_commit = false}, asked, Property::AC1) == Status::violated);
  CHECK(status_of(ThreePhaseForAll{.repeats_rounds = false}, asked, Property::AC1) == Status::violated);
  CHECK(status_of(ThreePhaseFlooding{.passes_on_first = false}, asked, Property::AC1) == Status::violated);
  CHECK(status_of(ThreePhaseFlooding{.passes_on_again = false}, asked, Property::AC1) == Status::violated);
}

TEST_CASE("one early timeout alone breaks 3pc: a participant that is only slow is left out") {
  CHECK(status_of(ThreePhase{}, ask(2, with(kTruthful, {.suspicions = 1}), {}), Property::AC1) == Status::violated);
}

TEST_CASE("a partition breaks 3pc, also one that only holds messages back") {
  Faults faults = with(kTruthful, {.partitions = 1});
  CHECK(status_of(ThreePhase{}, ask(2, faults, {}), Property::AC1) == Status::violated);
  faults.severed = Severed::held;
  CHECK(status_of(ThreePhase{}, ask(2, faults, {}), Property::AC1) == Status::violated);
}

TEST_CASE("textbook 3pc breaks by a torn pre-commit broadcast, and never by crashes between handlers") {
  const Faults torn = with(kTruthful, {.crashes = 1});
  const Verdict verdict = check(TextbookThreePhase{}, ask(2, torn, {Property::AC1}));
  REQUIRE(verdict.status() == Status::violated);
  const auto& lines = verdict.findings.front().witness->lines;
  CHECK(std::any_of(lines.begin(), lines.end(), [](const auto& line) {
    const auto n = line.effects.size();
    return n >= 2 && line.effects[n - 1] == "crash" && (line.effects[n - 2] == "send precommit to 1" || line.effects[n - 2] == "send precommit to 2");
  }));
  for (std::uint8_t crashes = 1; crashes <= 4; ++crashes) {
    Faults between = with(kTruthful, {.crashes = crashes});
    between.crash_points = CrashPoints::handlers;
    CHECK(check(TextbookThreePhase{}, ask(3, between, {Property::AC1, Property::NB})).status() == Status::holds);
  }
}

TEST_CASE("under a partition that loses messages every protocol breaks agreement or blocks (Skeen and Stonebraker 1983)") {
  for_each_implementation([](const auto& p) {
    INFO(p.name);
    const Verdict verdict = check(p, ask(2, with(kTruthful, {.crashes = 1, .partitions = 1}), {Property::AC1, Property::NB}));
    CHECK(verdict.status() == Status::violated);
  });
}

}  // namespace commitlab
