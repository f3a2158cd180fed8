// A scenario written and read again is the same scenario.
#include "scenarios/encode_scenario.hpp"

#include <array>
#include <tuple>

#include "scenarios/decode.hpp"
#include "test.hpp"

namespace commitlab {

static constexpr std::array<std::string_view, 2> kRecords = {"prepared", "commit"};
static const std::array<ProtocolFacts, 1> kProtocols = {ProtocolFacts{.name = "2pc", .options = {"presume", "level"}, .records = kRecords}};

static auto fields_of(const Participant& p) { return std::tie(p.name, p.success, p.vote, p.holds, p.does); }
static auto fields_of(const Chances& c) { return std::tie(c.loss, c.duplicate, c.reorder, c.crash, c.disk_loss, c.recovery, c.crash_by_node); }
static auto fields_of(const Delays& d) { return std::tie(d.message, d.force, d.recovery, d.timeout, d.every, d.horizon); }
static auto fields_of(const ScriptedFault& f) { return std::tie(f.at, f.node, f.words, f.what, f.whom, f.side); }
static auto fields_of(const Scenario& s) {
  return std::tie(s.name, s.title, s.protocol, s.options, s.shared_hosts, s.conserve, s.faults, s.check, s.agreement, s.expect, s.expect_worlds,
                  s.transactions, s.seed, s.weaken, s.lesson);
}

template <class T>
static bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return fields_of(x) == fields_of(y); });
}

static bool same(const Scenario& a, const Scenario& b) {
  return fields_of(a) == fields_of(b) && same(a.participants, b.participants) && same(a.script, b.script) &&
         fields_of(a.chances) == fields_of(b.chances) && fields_of(a.delays) == fields_of(b.delays);
}

static Scenario two_participants() {
  Scenario s;
  s.name = "a";
  s.protocol = "2pc";
  s.participants.resize(2);
  s.participants[0].name = "p1";
  s.participants[1].name = "p2";
  return s;
}

TEST_CASE("a plain question is a short text") {
  CHECK(encode_scenario(two_participants()) == R"({
  "schema": "commitlab-scenario/1",
  "protocol": "2pc",
  "participants": 2,
  "check": [
    "AC1",
    "AC2",
    "AC3"
  ]
}
)");
}

TEST_CASE("numbers are written as people would, if that is exact") {
  Scenario s = two_participants();
  s.participants[0].success = Probability{99, 100};
  s.participants[1].success = Probability{1, 3};
  s.delays.message = Delay::uniform(2'000'000'000, 3'000'000'000);
  s.delays.recovery = Delay::lognormal(7'000'000'000, 1250);
  s.delays.timeout = 60'000'000'000;
  const std::string text = encode_scenario(s);
  CHECK(text.find("\"success\": 0.99") != std::string::npos);
  CHECK(text.find("\"success\": \"1/3\"") != std::string::npos);
  CHECK(text.find("\"unit\": \"s\"") != std::string::npos);
  CHECK(text.find("\"timeout\": 60") != std::string::npos);
  CHECK(text.find("\"sigma\": 1.25") != std::string::npos);
}

// Draws from rapidcheck, by what is drawn.
static std::uint64_t below(std::uint64_t bound) { return *rc::gen::inRange<std::uint64_t>(0, bound); }
static bool coin() { return *rc::gen::arbitrary<bool>(); }
static std::uint8_t budget() { return static_cast<std::uint8_t>(coin() ? 0 : below(255)); }

static Probability chance() {
  const auto denominator = coin() ? 1 + below(1000) : 1 + *rc::gen::arbitrary<std::uint64_t>() / 2;
  return {below(denominator + 1), denominator};
}

static Nanoseconds span_of_time(Nanoseconds least) {
  const std::array<Nanoseconds, 4> units = {1, 1'000, 1'000'000, 1'000'000'000};
  return std::max(least, static_cast<Nanoseconds>(below(9'000'000)) * units[below(4)]);
}

static Delay delay() {
  const Nanoseconds time = span_of_time(0);
  switch (static_cast<Delay::Kind>(below(4))) {
    case Delay::Kind::constant: return Delay::constant(time);
    case Delay::Kind::uniform: return Delay::uniform(time, time + static_cast<Nanoseconds>(below(1000)));
    case Delay::Kind::exponential: return Delay::exponential(time);
    case Delay::Kind::lognormal: return Delay::lognormal(time, static_cast<std::int32_t>(below(5000)));
  }
  return {};
}

static Faults some_faults(std::size_t nodes) {
  Faults faults;
  faults.channels = static_cast<Channels>(below(3));
  const bool sticky = faults.channels == Channels::sticky;
  faults.timing = sticky || coin() ? Timing::asynchronous : Timing::synchronous;
  faults.left = {.crashes = budget(), .disk_losses = budget(), .partitions = budget()};
  if (!sticky) faults.left.losses = budget();
  if (!sticky) faults.left.duplicates = budget();
  if (faults.channels == Channels::fifo) faults.left.reorders = budget();
  if (faults.timing == Timing::synchronous) faults.left.suspicions = budget();
  faults.recovery = coin() ? Recovery::any_time : Recovery::never;
  faults.crash_points = static_cast<CrashPoints>(below(2));
  faults.severed = static_cast<Severed>(below(2));
  faults.transaction_order = static_cast<TransactionOrder>(below(2));
  faults.messages = static_cast<Messages>(below(2));
  faults.crash_only = NodeSet::from_bits(below(std::uint64_t{1} << nodes));
  return faults;
}

static std::vector<Probability> crashes_by_node(std::size_t nodes, const Faults& faults) {
  std::vector<Probability> chances(nodes);
  for (std::size_t i = 0; i < nodes; ++i)
    if (coin() && (faults.crash_only.empty() || faults.crash_only.has(node_id(i)))) chances[i] = chance();
  return chances;
}

static ScriptedFault scripted(std::size_t nodes, Nanoseconds horizon) {
  using What = ScriptedFault::Do;
  const NodeId node = node_id(below(nodes)), other = node_id(below(nodes));
  ScriptedFault fault = {.what = static_cast<What>(below(4))};
  if (coin()) {
    fault.at = std::min(horizon, span_of_time(0));
  } else {
    fault.node = node;
    fault.words = "force yes";
  }
  if (fault.what == What::crash || fault.what == What::recover) fault.whom = coin() ? node : other;
  if (fault.what == What::partition) fault.side = NodeSet::from_bits(1 + below((std::uint64_t{1} << nodes) - 2));
  return fault;
}

static std::string some_text() { return *rc::gen::elementOf(std::vector<std::string>{"What now?", "\xc3\xa4 \"quoted\"\n", "a", "2 crash; lost"}); }

static Lesson::Question some_question(std::size_t after) {
  Lesson::Question question{.after = after, .ask = some_text(), .choices = {"yes", "no", some_text() + "3"}, .answer = 1 + below(3), .because = some_text()};
  if (coin()) question.shows = {"p1 decide abort", some_text()};
  return question;
}

static Lesson some_lesson(const Scenario& s) {
  Lesson lesson{.about = some_text()};
  if (coin())
    for (const Participant& participant : s.participants) lesson.votes.emplace_back(participant.vote != Vote::no ? "yes" : "no");
  for (std::uint64_t i = below(4); i > 0; --i) lesson.play.push_back("1 start; arm " + std::to_string(i));
  for (std::size_t after = 0; after <= lesson.play.size(); ++after)
    if (after == 0 || coin()) lesson.questions.push_back(some_question(after));
  return lesson;
}

static Scenario some_scenario() {
  Scenario s = two_participants();
  s.title = coin() ? "" : "A \"title\"\n\xc3\xa4\x01";
  if (coin()) s.options = {{"presume", coin() ? "abort" : "true"}, {"level", "007"}};
  s.participants.resize(1 + below(6));
  for (std::size_t i = 0; i < s.participants.size(); ++i) {
    Participant& participant = s.participants[i];
    participant.name = (coin() ? "p" : "bank-") + std::to_string(i + 1);
    if (coin()) participant.success = chance();
    if (coin()) participant.vote = coin() ? Vote::yes : Vote::no;
    if (coin()) participant.holds = {{"balance", static_cast<std::int64_t>(below(1'000'000))}, {"x.y", 0}};
    if (coin()) participant.does = {{"balance", static_cast<std::int64_t>(below(1'000)) - 500}};
  }
  s.participants[0].holds["balance"] = 7;
  if (coin()) s.conserve = {"balance"};
  const std::size_t nodes = s.participants.size() + 1;
  s.faults = some_faults(nodes);
  if (s.participants.size() > 1 && coin()) s.shared_hosts = {{NodeSet::first(nodes).without(kCoordinator), chance()}, {NodeSet::from_bits(0b110), chance()}};
  if (coin()) s.chances = {.crash = chance(), .disk_loss = chance()};
  if (coin()) s.chances.crash = {}, s.chances.crash_by_node = crashes_by_node(nodes, s.faults);
  if (coin() && s.faults.recovery == Recovery::any_time) s.chances.recovery = chance();
  if (coin() && s.faults.channels == Channels::fifo) s.chances.reorder = chance();
  if (coin()) s.delays = {delay(), delay(), delay(), span_of_time(1), span_of_time(0), span_of_time(1)};
  for (std::uint64_t i = below(4); i > 0; --i) s.script.push_back(scripted(nodes, s.delays.horizon));
  if (coin()) s.check = {Property::NB, Property::AC1};
  if (coin() && !s.conserve.empty()) s.check.push_back(Property::conserve);
  s.agreement = static_cast<Agreement>(below(2));
  if (coin()) s.expect[Property::AC1] = static_cast<Status>(below(3));
  if (coin()) s.expect_worlds = *rc::gen::arbitrary<std::uint64_t>();
  s.transactions = 2 + static_cast<std::uint32_t>(below(999'999));
  s.seed = *rc::gen::arbitrary<std::uint64_t>();
  if (coin()) s.weaken = Weakening{static_cast<Role>(below(2)), static_cast<Loss>(below(2)), coin() ? "prepared" : "commit"};
  if (coin()) {
    s.script.clear();
    s.transactions = 1;
    s.faults.transaction_order = TransactionOrder::overlapping;
    s.faults.messages = Messages::numbered;
    s.lesson = some_lesson(s);
  }
  return s;
}

TEST_CASE("a scenario written and read again is the same, and its text too") {
  rc::prop("round trip", [] {
    const Scenario scenario = some_scenario();
    const std::string text = encode_scenario(scenario);
    const Decoded decoded = decode_scenario(text, scenario.name + ".json", kProtocols);
    if (!decoded.scenario) RC_FAIL(to_text(decoded.findings) + text);
    RC_ASSERT(same(scenario, *decoded.scenario));
    RC_ASSERT(encode_scenario(*decoded.scenario) == text);
  });
}

}  // namespace commitlab
