// Why a run breaks something: known runs word by word, and a law over all witnesses.
#include "reports/why.hpp"

#include <algorithm>
#include <regex>

#include "protocols/two_phase.hpp"
#include "reports/space_time.hpp"
#include "reports/traces_for_tests.hpp"
#include "scenarios/catalogue.hpp"
#include "sim/record.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const std::vector<std::string> kNames{"coordinator", "alice", "bob"};

const std::vector<Property> kAll{Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5, Property::NB};

Question question(const Faults& faults, std::vector<Property> check, std::size_t participants = 2, std::size_t transactions = 1, std::uint64_t worlds = 20'000) {
  Question asked{.names = kNames, .faults = faults, .check = std::move(check), .limits = {.worlds = worlds}};
  asked.names.resize(participants + 1);
  const std::size_t vectors = std::size_t{1} << (participants * transactions);
  for (std::size_t vector = vectors; vector-- > 0;) {
    asked.votes.emplace_back();
    for (std::size_t t = 0; t < transactions; ++t) asked.votes.back().push_back(NodeSet::from_bits((vector >> (participants * t) & ((1u << participants) - 1)) << 1));
  }
  return asked;
}

Verdict checked(std::string_view protocol, const Question& asked, const std::optional<Weakening>& without = {}) {
  const Entry& entry = *find(catalogue(), protocol);
  return without ? entry.studies.check(asked, *without) : entry.check(asked);
}

std::string why(std::string_view protocol, const Question& asked, const std::optional<Weakening>& without = {}) {
  for (const auto& finding : checked(protocol, asked, without).findings)
    if (finding.status == Status::violated) return why_text(finding);
  return "nothing is violated";
}

constexpr Timing kTruthful = Timing::synchronous;

}  // namespace

TEST_CASE("a torn broadcast: whom it reached, and whom not") {
  CHECK(why("3pc-textbook", question({.left = {.crashes = 1}, .timing = kTruthful}, {Property::AC1})) ==
        "alice aborted at step 9 on a timeout, because precommit from the coordinator had not reached alice: the coordinator had stopped in the middle of step 7, when "
        "precommit had gone to bob only. bob committed at step 10 on a timeout, after precommit from the coordinator had come at step 8.");
}

TEST_CASE("a partition: both sides decide") {
  CHECK(why("3pc", question({.left = {.partitions = 1}, .timing = kTruthful}, {Property::AC1})) ==
        "The coordinator committed at step 9 on a timeout, because precommit from the coordinator to alice and bob was cut off when "
        "the network split at step 8. alice aborted at step 12 on state(phase=waiting) from bob, which goes back to a timeout of alice "
        "at step 10, because precommit from the coordinator had not reached alice.");
  CHECK(why("3pc", question({.left = {.partitions = 1}, .timing = kTruthful, .severed = Severed::held}, {Property::AC1})) ==
        "The coordinator committed at step 9 on a timeout, because precommit from the coordinator to alice was held back: the network had split at "
        "step 8. alice aborted at step 12 on state(phase=waiting) from bob, which goes back to a timeout of alice at step 10, because precommit from "
        "the coordinator was held back.");
}

TEST_CASE("an early timer goes before the decision that it leads to") {
  CHECK(why("3pc", question({.left = {.suspicions = 1}, .timing = kTruthful}, {Property::AC1})) ==
        "alice aborted at step 11 on state(phase=waiting) from bob, which goes back to a timer of alice that fired early at step 5, "
        "while can_commit from the coordinator to bob was still under way. The coordinator committed at step 14 on a timeout, after "
        "yes from bob had come at step 8. bob aborted, too, at step 13.");
  CHECK(why("3pc-for-all", question({.left = {.suspicions = 1}, .timing = kTruthful}, {Property::AC1})) ==
        "The coordinator committed at step 13 on a timeout, after yes from bob had come at step 8. alice aborted at step 14 on a timeout, after "
        "am_waiting(round=1) from bob had come at step 11, which goes back to a timer of alice that fired early at step 5, while can_commit from "
        "the coordinator to bob was still under way.");
}

TEST_CASE("a lost message, and a stop beside it") {
  CHECK(why("3pc", question({.left = {.crashes = 1, .losses = 1}, .timing = kTruthful}, {Property::AC1})) ==
        "The coordinator committed at step 9 on a timeout, because precommit from the coordinator to alice was lost at step 8. alice "
        "aborted at step 11 on a timeout, because precommit from the coordinator had not reached alice. Besides, bob stopped in the "
        "middle of step 6.");
}

TEST_CASE("a record that was not on disk") {
  const Weakening unforced{Role::participant, Loss::unforced, "prepared"};
  CHECK(why("2pc", question({.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1}), unforced) ==
        "The coordinator committed at step 7 on yes from bob. bob aborted at step 8 on coming back with nothing in the log, because "
        "prepared, written at step 6 and not yet on disk, was lost when bob stopped in the middle of step 6.");
}

TEST_CASE("a record that was not written") {
  const Weakening unwritten{Role::participant, Loss::unwritten, "prepared"};
  CHECK(why("2pc", question({.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1}), unwritten) ==
        "The coordinator committed at step 7 on yes from bob. bob aborted at step 8 on coming back with nothing in the log, after bob "
        "had stopped in the middle of step 6.");
}

TEST_CASE("a log that is gone: a node decides twice") {
  CHECK(why("2pc", question({.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time}, {Property::AC2}, 1)) ==
        "The coordinator committed at step 4 on yes from alice. The coordinator aborted at step 5 on coming back without a log, after "
        "the coordinator had stopped in the middle of step 4, before that step sent anything: commit, written at step 4, was gone.");
}

TEST_CASE("a stale vote of another transaction commits against a refusal") {
  const Faults faults{.transaction_order = TransactionOrder::serial, .messages = Messages::unnumbered};
  CHECK(why("2pc", question(faults, {Property::AC3}, 1, 2)) ==
        "In transaction 1, alice, who votes no, aborted at step 3 on a timeout, while prepare from the coordinator was still under "
        "way. The coordinator committed at step 6 on yes from alice, a message of transaction 2, which alice had sent at step 5 on "
        "prepare from the coordinator, a message of transaction 1.");
  const Faults duplicates{.left = {.duplicates = 1}, .timing = kTruthful, .transaction_order = TransactionOrder::serial, .messages = Messages::unnumbered};
  CHECK(why("2pc", question(duplicates, {Property::AC1}, 1, 2)) ==
        "In transaction 1, alice, who votes no, aborted at step 3 on prepare from the coordinator. The coordinator committed at step 6 "
        "on yes from alice, a message of transaction 2, which alice had sent at step 5 on prepare from the coordinator, a message of "
        "transaction 1, which had come at step 3 already.");
}

TEST_CASE("timers in asynchrony: nothing failed, and a message was still under way") {
  CHECK(why("3pc-flooding", question({}, {Property::AC1})) ==
        "alice aborted at step 5 on a timeout, while can_commit from the coordinator to bob was still under way. The coordinator "
        "committed at step 9 on a timeout, while precommit from the coordinator to alice was still under way.");
}

TEST_CASE("the window of doubt: who waits for whom, and since when") {
  CHECK(why("2pc", question({.left = {.crashes = 1}, .timing = kTruthful}, {Property::NB})) ==
        "bob has been in doubt since step 3 and waits for the coordinator, which stopped in the middle of step 1, when prepare had "
        "gone to bob only.");
  CHECK(why("2pc-ctp", question({.left = {.crashes = 2}, .timing = kTruthful}, {Property::NB})) ==
        "alice and bob have been in doubt since step 3 and step 5 and wait for the coordinator, which stopped in the middle of step 1.");
}

TEST_CASE("nobody is down, and yet nobody is told") {
  const Weakening unsent{Role::coordinator, Loss::unsent, "commit"};
  CHECK(why("2pc", question({.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC5}, 2, 1, 60'000), unsent) ==
        "alice and bob have been in doubt since step 3 and step 6 and last sent yes to the coordinator. The coordinator committed at "
        "step 7 on yes from bob.");
}

TEST_CASE("nothing failed, and somebody aborted all the same") {
  const Weakening unsent{Role::coordinator, Loss::unsent, "prepare"};
  CHECK(why("2pc", question({}, {Property::AC4}), unsent) ==
        "The coordinator aborted at step 4 on a timeout, before any message had come to the coordinator.");
  CHECK(why("tcommit", question({}, {Property::AC4})) ==
        "alice aborted at step 1 by choice (abort).");
}

namespace {

/// "step 7" in a text: the numbers, from 1.
std::vector<std::size_t> steps_in(const std::string& text) {
  static const std::regex pattern("step ([0-9]+)");
  std::vector<std::size_t> steps;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) steps.push_back(std::stoul((*at)[1]));
  return steps;
}

bool says(const std::string& text, const std::string& name) { return std::regex_search(text, std::regex("\\b" + name + "\\b")); }

bool goes_wrong(const Trace::Line& line) {
  const bool stops = !line.parts.empty() && line.parts.back().what == Trace::Effect::What::crash;
  switch (line.event) {
    case Event::lose:
    case Event::early:
    case Event::wipe:
    case Event::crash:
    case Event::partition: return true;
    default: return stops || line.copy || line.falsely;
  }
}

void law(const Finding& finding) {
  if (!finding.witness) return;
  const Trace& run = *finding.witness;
  const std::string text = why_text(finding);
  std::string lines;
  for (const auto& line : run.lines) lines += told(line) + "\n";
  INFO(run.protocol << ", " << finding.name << ": " << finding.why << "\n" << lines << text);
  REQUIRE(text.ends_with('.'));
  for (const std::string& name : run.names)
    if (says(finding.why, name)) CHECK(says(text, name));
  for (const std::size_t step : steps_in(text)) {
    REQUIRE(step >= 1);
    REQUIRE(step <= run.lines.size());
    const auto& line = run.lines[step - 1];
    if (!line.network) CHECK(says(text, run.names[std::size_t(line.node)]));
  }
  const auto steps = steps_in(text);
  const bool tells_fault = std::any_of(steps.begin(), steps.end(), [&](std::size_t step) { return goes_wrong(run.lines[step - 1]); });
  CHECK(tells_fault == std::any_of(run.lines.begin(), run.lines.end(), goes_wrong));
  for (const std::string word : {" him", " her ", " his ", " it ", "  ", "..", ",,", " ,", " .", "node -"}) CHECK(text.find(word) == text.npos);
}

}  // namespace

TEST_CASE("every witness has its causes: the nodes that are named, steps of the run, and what went wrong") {
  const std::vector<Faults> budgets{
      {.left = {.crashes = 1}, .timing = kTruthful},
      {.left = {.crashes = 2}, .recovery = Recovery::any_time},
      {.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time},
      {.left = {.crashes = 1, .losses = 1}, .timing = kTruthful},
      {.left = {.losses = 2, .duplicates = 1}},
      {.left = {.partitions = 1}, .timing = kTruthful},
      {.left = {.partitions = 1}, .timing = kTruthful, .severed = Severed::held},
      {.left = {.suspicions = 1}, .timing = kTruthful},
      {.left = {.reorders = 1}, .channels = Channels::fifo},
  };
  std::size_t witnesses = 0;
  for (const Entry& entry : catalogue()) {
    for (const Faults& faults : budgets) {
      if (entry.specification) continue;
      for (const auto& finding : entry.check(question(faults, kAll)).findings) law(finding), witnesses += finding.witness ? 1u : 0u;
    }
    if (entry.specification)
      for (const auto& finding : entry.check(question({.channels = Channels::sticky}, {Property::AC1, Property::AC2, Property::AC3, Property::AC4})).findings) law(finding);
  }
  const Faults stale{.left = {.losses = 1, .duplicates = 1}, .transaction_order = TransactionOrder::serial, .messages = Messages::unnumbered};
  for (const auto& finding : checked("2pc", question(stale, kAll, 1, 2)).findings) law(finding), witnesses += finding.witness ? 1u : 0u;
  const Entry& two_phase = *find(catalogue(), "2pc");
  for (const Role who : {Role::coordinator, Role::participant}) {
    for (const std::string_view record : two_phase.studies.records)
      for (const auto& finding : checked("2pc", question(budgets[1], kAll), Weakening{who, Loss::unwritten, std::string(record)}).findings) law(finding), witnesses += finding.witness ? 1u : 0u;
    for (const std::string_view message : two_phase.studies.messages)
      for (const auto& finding : checked("2pc", question(budgets[1], kAll), Weakening{who, Loss::unsent, std::string(message)}).findings) law(finding), witnesses += finding.witness ? 1u : 0u;
  }
  CHECK(witnesses >= 50);
}

TEST_CASE("a simulated run that blocks says so in its own time, and one that ends well says nothing") {
  const TwoPhase p{};
  Setting setting{.nodes = 3};
  setting.faults.left = {.crashes = kUnlimited, .losses = kUnlimited};
  setting.chances = {.loss = {1, 20}, .crash = {1, 60}};
  std::size_t blocked = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed) {
    const Run run = recorded(p, setting, kNames, [](std::uint32_t, Rng&) { return NodeSet::first(64); }, seed);
    const std::string text = why_text(run.trace, Clock::virtual_time);
    INFO("seed " << seed << ": " << text);
    const auto waits = [](const NodeView& node) { return node.up && node.decided.empty(); };
    const bool somebody_waits = std::any_of(run.trace.end.begin(), run.trace.end.end(), waits);
    const std::string& outcome = run.transactions.front().outcome;
    CHECK(text.empty() != (outcome == "blocked" || outcome == "breaks"));
    if (!text.empty()) CHECK(steps_in(text).empty());
    blocked += somebody_waits ? 1u : 0u;
  }
  CHECK(blocked > 5);
}

TEST_CASE("nothing is said of what holds, or has no run") {
  CHECK(why_text(Finding{.property = Property::AC1, .name = "AC1", .status = Status::violated}) == "");
  CHECK(why_text(Finding{.property = Property::NB, .name = "NB", .status = Status::holds, .witness = short_run()}) == "");
  CHECK(why_lines(Finding{.property = Property::NB, .name = "NB", .status = Status::holds, .witness = short_run()}, {}) == "");
  CHECK(why_lines(Finding{.property = Property::NB, .name = "NB", .status = Status::violated, .witness = short_run()}, {}) ==
        "  why  alice has been in doubt since step 2. The coordinator is down.\n");
}

}  // namespace commitlab
