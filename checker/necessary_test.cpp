// What protocols need: a law over all of them, and the forced writes, records and messages of two, with exact witnesses.
#include "checker/necessary.hpp"

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "protocols/all.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using enum Property;

const std::vector<Property> kAllFive{AC1, AC2, AC3, AC4, AC5};
constexpr Faults kCrash{.left = {.crashes = 1}, .recovery = Recovery::any_time};
constexpr Faults kTruthfulCrash{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};

/// "participant unforced prepared: AC1 8" for what is needed, with the steps of each witness; nothing behind the colon if not.
std::vector<std::string> told(const Necessities& necessities) {
  std::vector<std::string> lines;
  for (const auto& [without, verdict] : necessities.without) {
    std::string line = std::string(name_of(without.who)) + " " + std::string(name_of(without.how)) + " " + without.what + ":";
    for (const auto& finding : verdict.findings) {
      if (finding.status == Status::inconclusive) line += " open";
      if (finding.status == Status::violated) line += " " + finding.name + " " + std::to_string(finding.witness->lines.size());
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace

TEST_CASE("a protocol from which nothing is taken is the protocol: the same worlds, steps and findings") {
  const auto same = [](const auto& p) {
    using P = std::remove_cvref_t<decltype(p)>;
    for (const Faults& faults : {kCrash, kTruthfulCrash}) {
      INFO(p.name);
      const Question question = ask(1, faults, {AC1, AC2, AC3, AC4, AC5, NB});
      const Verdict whole = check(p, question), wrapped = check(Weakened<P>(p), question);
      CHECK(whole.worlds == wrapped.worlds);
      CHECK(whole.steps == wrapped.steps);
      CHECK(whole.depth == wrapped.depth);
      REQUIRE(whole.findings.size() == wrapped.findings.size());
      for (std::size_t i = 0; i < whole.findings.size(); ++i) {
        CHECK(whole.findings[i].status == wrapped.findings[i].status);
        CHECK(whole.findings[i].why == wrapped.findings[i].why);
      }
    }
  };
  std::apply([&](const auto&... p) { (same(p), ...); }, kProtocols);
}

TEST_CASE("the time limit is that of all searches together, and what was not asked is open") {
  Question question = ask(1, kCrash, {Property::AC1});
  question.limits.seconds = 1, question.limits.began = Beginning{.at = std::chrono::steady_clock::now() - std::chrono::hours(1)};
  const Necessities necessities = necessary(TwoPhase{}, question);
  REQUIRE(necessities.whole.findings.size() == 1);
  CHECK(necessities.whole.findings[0].status == Status::inconclusive);
  CHECK(necessities.whole.stopped == "the time limit was reached");
}

TEST_CASE("2pc with a crash and recovery needs two forced writes, and may presume abort") {
  const Necessities necessities = necessary(TwoPhase{}, ask(2, kCrash, kAllFive));
  CHECK(necessities.asked == std::vector<std::string>{"AC1", "AC2", "AC3", "AC4", "AC5", "rest"});
  CHECK(told(necessities) == std::vector<std::string>{
                                 "coordinator unforced commit: AC1 8 AC2 8",
                                 "coordinator unforced abort:",
                                 "participant unforced prepared: AC1 8",
                                 "participant unforced commit:",  // the coordinator keeps its log, and answers for ever
                                 "participant unforced abort:",
                                 "coordinator unwritten commit: AC1 8 AC2 8",
                                 "coordinator unwritten abort:",  // presumed abort: an empty log says so
                                 "coordinator unwritten end:",
                                 "participant unwritten prepared: AC1 8",
                                 "participant unwritten commit:",
                                 "participant unwritten abort:",
                                 "participant unwritten end:",
                                 "coordinator unsent prepare: AC4 4",
                                 "coordinator unsent commit: AC4 7 AC5 7 rest 0",
                                 "coordinator unsent abort: AC5 6 rest 0",
                                 "participant unsent yes: AC4 6",
                                 "participant unsent no:",  // the coordinator gives up by itself
                                 "participant unsent ack: rest 8",
                                 "participant unsent inquire:",  // the coordinator tells again by itself
                             });
}

TEST_CASE("3pc with a crash, recovery and truthful timeouts needs two forced writes, and no acknowledgement") {
  std::vector<std::string> needed;
  for (const auto& line : told(necessary(ThreePhase{}, ask(2, kTruthfulCrash, kAllFive))))
    if (!line.ends_with(":")) needed.push_back(line);
  CHECK(needed == std::vector<std::string>{
                      "coordinator unforced precommit: AC1 14",
                      "participant unforced yes: AC1 11",
                      "coordinator unwritten precommit: AC1 14",
                      "participant unwritten yes: AC1 11",
                      "coordinator unsent can_commit: AC4 4",
                      "coordinator unsent precommit: AC1 10 AC4 11",
                      "coordinator unsent ask_outcome: AC5 12",
                      "participant unsent yes: AC4 6",
                      "participant unsent precommit: AC1 13",
                      "participant unsent commit: AC5 15",
                      "participant unsent abort: AC5 12",
                      "participant unsent ask_state: AC1 12",
                      "participant unsent state: AC1 12",
                      "participant unsent ask_outcome: AC5 13",
                  });
}

TEST_CASE("two crashes make a pre-commit that is not written needed, which one crash did not") {
  Faults faults = kTruthfulCrash;
  faults.left.crashes = 2;
  const auto lines = told(necessary(ThreePhase{}, ask(1, faults, kAllFive)));
  CHECK(std::find(lines.begin(), lines.end(), "participant unwritten precommit: AC1 8") != lines.end());
}

TEST_CASE("the witness is a run of the weakened protocol: it writes where the whole one forces, and a crash loses that") {
  const Weakening without{Role::participant, Loss::unforced, "prepared"};
  const Verdict verdict = check(Weakened<TwoPhase>(TwoPhase{}, without), ask(1, kCrash, {AC1}));
  REQUIRE(verdict.status() == Status::violated);
  std::string run;
  for (const auto& line : verdict.findings.front().witness->lines) run += told(line) + "\n";
  CHECK(run.find("write prepared; send yes to 0; crash losing 1 record") != std::string::npos);
  CHECK(run.find("force prepared") == std::string::npos);
  CHECK(run.find("force commit") != std::string::npos);
}

TEST_CASE("of those who have not decided only those are blamed who never can, and the others have decided where the run ends") {
  const Weakening without{Role::coordinator, Loss::unsent, "abort"};
  Question q = ask(2, {.timing = Timing::synchronous}, {Property::AC5});
  const Verdict verdict = check(Weakened<TwoPhase>(TwoPhase{}, without), q);
  const Finding& found = verdict.findings.front();
  REQUIRE(found.status == Status::violated);
  CHECK(found.why == "even if everything recovers, not everybody can decide: p1 is in doubt");
  REQUIRE(found.never);
  CHECK(found.never->who == std::vector<NodeSet>{NodeSet(NodeId{1})});
  REQUIRE(found.witness);
  for (const std::size_t other : {0u, 2u}) CHECK(found.witness->end[other].decided == "abort");
}

TEST_CASE("what the protocol does not keep anyway is left out") {
  const Necessities necessities = necessary(TwoPhase{}, ask(1, {.left = {.crashes = 1}}, {AC1, NB}));
  CHECK(necessities.asked == std::vector<std::string>{"AC1"});
  REQUIRE(!necessities.without.empty());
  for (const auto& one : necessities.without) CHECK(one.verdict.findings.size() == 1);
}

TEST_CASE("with nothing that is kept, nothing is tried") {
  const Necessities necessities = necessary(TwoPhase{}, ask(1, {.left = {.crashes = 1}}, {NB}));
  CHECK(necessities.asked.empty());
  CHECK(necessities.without.empty());
}

TEST_CASE("what is never done is not tried: without recovery nobody asks for an outcome") {
  for (const auto& one : necessary(ThreePhase{}, ask(1, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {AC1})).without) CHECK(one.without.what != "ask_outcome");
}

TEST_CASE("past a limit it is open what is needed") {
  Question question = ask(1, kCrash, kAllFive);
  const Necessities whole = necessary(TwoPhase{}, question);
  question.limits.worlds = whole.whole.worlds;  // enough for it, and not for all that is weaker
  bool open = false;
  for (const auto& one : necessary(TwoPhase{}, question).without) open = open || one.verdict.status() == Status::inconclusive;
  CHECK(open);
}

/// 2PC with a property of its own.
struct Watchful : TwoPhase {
  void properties(const auto& view, auto&& claim) const {
    const auto& log = view.log(kCoordinator);
    claim("the coordinator's log has no abort", std::none_of(log.begin(), log.end(), [](const auto& logged) { return logged.record == Record::abort; }));
  }
};

TEST_CASE("a protocol's own property is asked of the weakened one") {
  const Watchful p;
  CHECK(check(Weakened<Watchful>(p), ask(1, {}, {AC1})).status() == Status::violated);
  CHECK(check(Weakened<Watchful>(p, Weakening{Role::coordinator, Loss::unwritten, "abort"}), ask(1, {}, {AC1})).status() == Status::holds);
  CHECK(check(Weakened<Watchful>(p, Weakening{Role::participant, Loss::unwritten, "abort"}), ask(1, {}, {AC1})).status() == Status::violated);
}

/// A protocol that asks for more effects than fit, most of which are taken away.
struct Verbose : TwoPhase {
  void start(State&, const Self& self, Out& out) const {
    for (int i = 0; i < 20; ++i) out.send(self.others(), Message::prepare);
  }
};

TEST_CASE("a list of effects that overflows is known to, whatever is taken out of it") {
  const Verbose p;
  CHECK(check(Weakened<Verbose>(p, Weakening{Role::coordinator, Loss::unsent, "prepare"}), ask(1, {}, {AC1})).status() == Status::inconclusive);
}

struct Plain {
  NodeId from{};
  std::uint8_t number = 0;
  static constexpr void fields(auto& m, auto&& field) { field("from", m.from), field("number", m.number); }
};

TEST_CASE("a kind is an enumerator, or the first of a packed value, or there is only one") {
  CHECK(kinds_of<TwoPhase::Record>().size() == 4);
  CHECK(kind_of(TwoPhase::Record::abort) == 2);
  CHECK(kinds_of<ThreePhase::Message>().size() == 12);
  CHECK(kinds_of<ThreePhase::Message>()[kind_of(ThreePhase::Message{.kind = ThreePhase::Kind::ack, .phase = ThreePhase::Phase::aborted, .up = {}})] == "ack");
  CHECK(kinds_of<Plain>().size() == 1);
  CHECK(kind_of(Plain{.number = 7}) == 0);
}

}  // namespace commitlab
