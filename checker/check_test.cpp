// The search against a second, dumb implementation; exact counts; limits; and defects that it must notice.
#include <map>
#include <set>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/tcc_for_tests.hpp"
#include "protocols/each_for_tests.hpp"
#include "sim/outcome.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const Finding& finding(const Verdict& verdict, Property property) {
  for (const auto& found : verdict.findings)
    if (found.property == property) return found;
  FAIL("not answered");
  return verdict.findings.front();
}

/// Every reachable world in words, with the worlds one step away that is no new fault: slow, and written without the
/// search, its store, its encoding or its graph.
template <Protocol P>
struct Oracle {
  std::map<std::string, std::pair<World<P>, std::set<std::string>>> worlds;
  std::set<std::string> ends_of_recovery;

  static std::string words(const P& p, const World<P>& w) {
    std::string words = w.faults_stopped ? "stopped " : "";
    words += std::to_string(w.faults.left.crashes) + "/" + std::to_string(w.faults.left.losses) + "/" + std::to_string(w.faults.left.suspicions) + " ";
    w.all().each([&](NodeId id) {
      const auto& slot = w.slot(id);
      const NodeView seen = view(p, w, id);
      words += std::string(seen.up ? "up " : "down ") + seen.state + " " + seen.decided + (slot.decided.ever_commit ? "+c" : "") + (slot.decided.ever_abort ? "+a" : "");
      words += slot.timer.armed ? " armed" + std::to_string(slot.timer.ticks_left) : " quiet";
      words += " " + std::string(name_of(slot.part)) + std::string(name_of(slot.vote));
      for (const auto& record : seen.log) words += " " + record;
      words += ";";
    });
    std::multiset<std::string> flight;
    for (const auto& e : w.flight) flight.insert(word_of_value(e.message) + std::to_string(index(e.from)) + ">" + std::to_string(index(e.to)));
    for (const auto& e : flight) words += " " + e;
    return words;
  }

  void explore(const P& p, const World<P>& w) {
    const std::string name = words(p, w);
    std::vector<World<P>> open;
    if (worlds.try_emplace(name, w, std::set<std::string>{}).second) open.push_back(w);
    while (!open.empty()) {
      const World<P> at = open.back();
      open.pop_back();
      const std::string here = words(p, at);
      each_choice(p, at, [&](const Step& step, const Handled<P>&) {
        World<P> next = at;
        apply(p, next, step);
        const std::string there = words(p, next);
        if (!is_fault(step)) worlds.at(here).second.insert((step.event == Event::recover ? "r" : "-") + there);
        if (worlds.try_emplace(there, next, std::set<std::string>{}).second) open.push_back(next);
      });
    }
  }
  /// Can every world reach one where the goal is met, by steps that are no new faults? By iteration from the goals.
  bool always_can(bool with_recovery, auto&& goal) const {
    std::set<std::string> good;
    for (const auto& [name, entry] : worlds)
      if (goal(entry.first)) good.insert(name);
    for (bool grew = true; grew;) {
      grew = false;
      for (const auto& [name, entry] : worlds) {
        if (good.contains(name)) continue;
        for (const auto& to : entry.second)
          if ((with_recovery || to.front() != 'r') && good.contains(to.substr(1))) {
            good.insert(name), grew = true;
            break;
          }
      }
    }
    return std::all_of(worlds.begin(), worlds.end(), [&](const auto& entry) {
      return good.contains(entry.first) || (!with_recovery && entry.second.first.faults_stopped);
    });
  }
  bool everywhere(auto&& holds) const {
    return std::all_of(worlds.begin(), worlds.end(), [&](const auto& entry) { return entry.second.first.faults_stopped || holds(entry.second.first); });
  }
};

template <Protocol P>
void compare_with_oracle(const P& p, Faults faults) {
  const std::vector<Property> asked{Property::AC1, Property::AC2, Property::AC3, Property::AC5, Property::NB};
  const Question q = ask(1, faults, asked);
  const Verdict verdict = check(p, q);
  Oracle<P> oracle;
  if (faults.recovery == Recovery::never) faults.recovery = Recovery::when_faults_stop;  // AC5 asks what then happens
  for (const auto& votes : q.votes) oracle.explore(p, initial<P>(2, votes, faults));
  CHECK(verdict.worlds == oracle.worlds.size());
  const auto agrees = [&](Property property, bool holds) {
    INFO(name_of(property));
    CHECK(finding(verdict, property).status == (holds ? Status::holds : Status::violated));
  };
  agrees(Property::AC1, oracle.everywhere([](const auto& w) { return agreement(w); }));
  agrees(Property::AC2, oracle.everywhere([](const auto& w) { return stability(w); }));
  agrees(Property::AC3, oracle.everywhere([](const auto& w) { return validity(w); }));
  agrees(Property::AC5, oracle.always_can(true, [](const auto& w) { return all_decided(w); }));
  agrees(Property::NB, oracle.always_can(false, [](const auto& w) { return live_decided(w); }));
}

/// A 2PC that goes wrong in a way of one's choice.
struct Wrong {
  enum class How : std::uint8_t { tells_before_it_forces, forgets_its_vote, decides_twice, commits_on_no, never_commits, never_ends, gives_up };
  std::string_view name = "wrong";
  std::string_view summary = "for tests";
  How how{};

  enum class Message : std::uint8_t { prepare, yes, no, commit, abort };
  enum class Record : std::uint8_t { prepared, commit, abort };
  enum class Phase : std::uint8_t { idle, collecting, prepared, committed, aborted };
  struct State {
    Phase phase = Phase::idle;
    NodeSet yes;
    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase), field("yes", s.yes); }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (!self.coordinates()) return;
    s.phase = Phase::collecting;
    out.send(self.others(), Message::prepare);
    out.arm(2);
  }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m) {
      case Message::prepare:
        if (s.phase != Phase::idle) return;
        if (self.vote == Vote::no && how != How::commits_on_no) {
          decide(s, Decision::abort, out);
          return out.send(kCoordinator, Message::no);
        }
        s.phase = Phase::prepared;
        if (how != How::tells_before_it_forces && how != How::forgets_its_vote) out.force(Record::prepared);
        out.send(kCoordinator, Message::yes);
        if (how == How::tells_before_it_forces) out.force(Record::prepared);
        if (how == How::gives_up) out.arm(5);
        return;
      case Message::yes:
        s.yes.add(from);
        if (s.phase != Phase::collecting || s.yes != self.others()) return;
        if (how == How::never_ends) return;
        decide(s, how == How::never_commits ? Decision::abort : Decision::commit, out);
        out.send(self.others(), s.phase == Phase::committed ? Message::commit : Message::abort);
        return;
      case Message::no:
        if (s.phase != Phase::collecting) return;
        decide(s, Decision::abort, out);
        return out.send(self.others(), Message::abort);
      case Message::commit:
      case Message::abort:
        if (s.phase == Phase::prepared) decide(s, m == Message::commit ? Decision::commit : Decision::abort, out);
        return;
    }
  }
  void timeout(State& s, const Self& self, Out& out) const {
    const bool gives_up = how == How::gives_up && s.phase == Phase::prepared;
    if (s.phase != Phase::collecting && how != How::decides_twice && !gives_up) return;
    decide(s, Decision::abort, out);
    out.send(self.others(), Message::abort);
  }
  void recover(State& s, const Self&, std::span<const Record> log, Out& out) const {
    if (log.empty()) return decide(s, Decision::abort, out);
    s.phase = log.back() == Record::commit ? Phase::committed : log.back() == Record::abort ? Phase::aborted : Phase::prepared;
    if (s.phase == Phase::prepared) return;
    out.decide(s.phase == Phase::committed ? Decision::commit : Decision::abort);
  }
  bool in_doubt(const State& s) const { return s.phase == Phase::prepared; }
  std::span<const Claim> claims() const { return {}; }

 private:
  void decide(State& s, Decision decision, Out& out) const {
    s.phase = decision == Decision::commit ? Phase::committed : Phase::aborted;
    out.force(decision == Decision::commit ? Record::commit : Record::abort);
    out.decide(decision);
    if (how != How::decides_twice) out.disarm();
  }
};

}  // namespace

TEST_CASE("the search finds the worlds and the verdicts that a dumb one finds, over all protocols and many faults") {
  const Faults many[] = {
      {},
      {.left = {.crashes = 1}},
      {.left = {.crashes = 1}, .recovery = Recovery::any_time},
      {.left = {.crashes = 2}, .recovery = Recovery::any_time, .timing = Timing::synchronous},
      {.left = {.losses = 1}},
      {.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous},
  };
  for_each_implementation([&](const auto& p) {
    for (const auto& faults : many) {
      INFO(p.name << " with " << int(faults.left.crashes) << " crashes, " << int(faults.left.losses) << " losses");
      compare_with_oracle(p, faults);
    }
  });
  compare_with_oracle(TCommit{}, {.channels = Channels::sticky});
  compare_with_oracle(TwoPhaseTm{}, {.channels = Channels::sticky});
  compare_with_oracle(PaxosCommitAbstract{}, {.channels = Channels::sticky});
}

TEST_CASE("exact counts of worlds, steps and depth") {
  const auto counts = [](const Verdict& v) { return std::array{v.worlds, v.steps, v.depth}; };
  const std::vector<Property> safety{Property::AC1, Property::AC2, Property::AC3};
  CHECK(counts(check(TwoPhase{}, ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, safety))) == std::array<std::uint64_t, 3>{39060, 209915, 21});
  CHECK(counts(check(ThreePhase{}, ask(2, {.left = {.crashes = 3}, .timing = Timing::synchronous}, safety))) == std::array<std::uint64_t, 3>{978, 4159, 21});
}

TEST_CASE("levels are counted also where one has more worlds than a search takes at a time") {
  const Verdict verdict = check(TwoPhase{}, all_yes(ask(3, {.left = {.crashes = 1}}, {Property::AC1})));
  CHECK(verdict.worlds == 269830);
  CHECK(verdict.steps == 2521563);
  CHECK(verdict.depth == 28);
}

TEST_CASE("a search that is cut short by a limit is inconclusive, never holds") {
  Question q = ask(2, {.left = {.crashes = 1}}, {Property::AC1, Property::NB, Property::AC4});
  q.limits.worlds = 20;
  const Verdict verdict = check(TwoPhase{}, q);
  CHECK(verdict.status() == Status::inconclusive);
  CHECK_FALSE(verdict.stopped.empty());
  for (const auto& found : verdict.findings) CHECK(found.status == Status::inconclusive);
  q.limits = {.seconds = 0};
  CHECK(check(TwoPhase{}, q).status() == Status::inconclusive);
  q.limits = {.bytes = 1};
  CHECK(check(TwoPhase{}, q).status() == Status::inconclusive);
}

TEST_CASE("what is violated within the limit stays violated") {
  Question q = ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1, Property::AC3});
  const Verdict whole = check(TextbookThreePhase{}, q);
  q.limits.worlds = whole.worlds - 1;
  const Verdict cut = check(TextbookThreePhase{}, q);
  CHECK(cut.status() == Status::violated);
  CHECK(finding(cut, Property::AC3).status == Status::inconclusive);
}

TEST_CASE("a witness is a shortest run, and ends where the property is broken") {
  const Verdict verdict = check(TextbookThreePhase{}, ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1}));
  const Finding& found = finding(verdict, Property::AC1);
  REQUIRE(found.witness);
  CHECK(found.witness->lines.size() == 10);
  CHECK(found.why == "p1 aborted, p2 committed");
  CHECK(found.witness->end[1].decided == "abort");
  CHECK(found.witness->end[2].decided == "commit");
}

TEST_CASE("a vote that is sent before it is forced is refuted only by a crash within the handler") {
  const Wrong p{.how = Wrong::How::tells_before_it_forces};
  Faults faults{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  CHECK(check(p, ask(1, faults, {Property::AC1})).status() == Status::violated);
  faults.crash_points = CrashPoints::handlers;
  CHECK(check(p, ask(1, faults, {Property::AC1})).status() == Status::holds);
}

TEST_CASE("a vote that is never forced is refuted by any crash") {
  const Faults faults{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous, .crash_points = CrashPoints::handlers};
  CHECK(check(Wrong{.how = Wrong::How::forgets_its_vote}, ask(1, faults, {Property::AC1})).status() == Status::violated);
}

TEST_CASE("a second, different decision breaks AC2, and a commit against a no breaks AC3") {
  CHECK(finding(check(Wrong{.how = Wrong::How::decides_twice}, ask(1, {}, {Property::AC2})), Property::AC2).status == Status::violated);
  CHECK(finding(check(Wrong{.how = Wrong::How::commits_on_no}, ask(1, {}, {Property::AC3})), Property::AC3).status == Status::violated);
}

TEST_CASE("a protocol that aborts all the same, or never decides, is trivial (AC4)") {
  const Verdict aborts = check(Wrong{.how = Wrong::How::never_commits}, ask(2, {}, {Property::AC4}));
  CHECK(finding(aborts, Property::AC4).why.find("aborted, although all vote yes") != std::string::npos);
  const Verdict waits = check(Wrong{.how = Wrong::How::never_ends}, ask(2, {}, {Property::AC4}));
  CHECK(waits.status() == Status::violated);
}

TEST_CASE("a recovered node that does not ask never ends (AC5), though nothing else is broken") {
  const Faults faults{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  const Verdict verdict = check(Wrong{.how = Wrong::How::never_ends}, ask(1, faults, {Property::AC1, Property::AC5}));
  CHECK(finding(verdict, Property::AC1).status == Status::holds);
  CHECK(finding(verdict, Property::AC5).status == Status::violated);
}

TEST_CASE("AC5 asks what recovery would do, also where none happens before faults stop") {
  const Faults crash{.left = {.crashes = 1}};
  const Verdict verdict = check(TwoPhase{}, ask(2, crash, {Property::AC5, Property::NB}));
  CHECK(finding(verdict, Property::AC5).status == Status::holds);
  CHECK(finding(verdict, Property::NB).status == Status::violated);
}

TEST_CASE("live agreement leaves out a decision taken by a node that is down") {
  Question q = ask(2, {.left = {.crashes = 2}, .timing = Timing::synchronous}, {Property::AC1});
  CHECK(check(TextbookThreePhase{}, q).status() == Status::violated);
  q.agreement = Agreement::live;
  const Verdict verdict = check(TextbookThreePhase{}, q);
  REQUIRE(verdict.status() == Status::violated);
  const auto& end = finding(verdict, Property::AC1).witness->end;
  std::set<std::string> decided;
  for (const auto& node : end)
    if (node.up) decided.insert(node.decided);
  CHECK(decided.contains("commit"));
  CHECK(decided.contains("abort"));
}

TEST_CASE("who commits and dies before it has told breaks uniform agreement with who gives up, and live agreement never") {
  Question q = ask(1, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1});
  CHECK(check(Wrong{.how = Wrong::How::gives_up}, q).status() == Status::violated);
  q.agreement = Agreement::live;
  CHECK(check(Wrong{.how = Wrong::How::gives_up}, q).status() == Status::holds);
}

TEST_CASE("what moves between participants is conserved by a commit at all of them, and not if they disagree") {
  const Quantity balance{"balance", {0, -100, 100}};
  Question q = ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::conserve});
  q.conserve = {balance};
  CHECK(check(ThreePhase{}, q).status() == Status::holds);
  CHECK(check(Wrong{.how = Wrong::How::commits_on_no}, q).status() == Status::holds);
  q.faults.recovery = Recovery::any_time;  // so that the coordinator decides as well, and the world can settle
  const Verdict verdict = check(TextbookThreePhase{}, q);
  REQUIRE(verdict.status() == Status::violated);
  CHECK(finding(verdict, Property::conserve).why == "all is settled, but coordinator and p2 committed and the others did not");
}

TEST_CASE("goals say what no run does") {
  Question q = ask(2, {}, {Property::AC1});
  q.votes = {{NodeSet(kCoordinator)}};  // nobody votes yes
  const Verdict verdict = check(TwoPhase{}, q);
  std::map<std::string, bool> seen;
  for (const auto& goal : verdict.sometimes) seen[goal.name] = goal.seen;
  CHECK_FALSE(seen.at("some node commits"));
  CHECK(seen.at("some node aborts"));
  CHECK_FALSE(seen.at("somebody is in doubt"));
  CHECK(seen.at("the handler timeout runs"));
}

TEST_CASE("that no run does what the question does not allow is no news") {
  const auto unseen = [](const Question& question) {
    std::set<std::string> names;
    for (const auto& goal : check(TwoPhase{}, question).sometimes)
      if (goal.allowed && !goal.seen) names.insert(goal.name);
    return names;
  };
  const Question either = ask(2, {}, {Property::AC1}), calm = ask(2, {.timing = Timing::synchronous}, {Property::AC1});
  CHECK(unseen(either).empty());
  CHECK(unseen(all_yes(either)).empty());  // that all vote yes was asked
  CHECK(unseen(calm).empty());             // nothing fails: no timer need ever fire
  CHECK(unseen(all_yes(calm)).empty());    // and nobody has a reason to abort
  Question refusing = either;
  refusing.votes = {{NodeSet(kCoordinator)}};
  CHECK(unseen(refusing).empty());
  CHECK(unseen(all_yes(ask(2, {.left = {.crashes = 1}, .timing = Timing::synchronous, .crash_only = NodeSet(NodeId{1})}, {Property::AC1}))).empty());
}

TEST_CASE("who is in doubt after deciding has decided for AC5 and NB, and is told with a shortest run") {
  const Question q = ask(1, {}, {Property::AC1, Property::AC5, Property::NB});
  const Verdict verdict = check(Tcc{}, q);
  CHECK(verdict.status() == Status::holds);
  REQUIRE(verdict.doubted_decision);
  const Trace& run = *verdict.doubted_decision;
  std::vector<std::string> lines;
  for (const auto& line : run.lines) lines.push_back(told(line));
  CHECK(lines == std::vector<std::string>{"0 start; send reserve to 1; arm 3", "0 timeout; decide abort; send cancel to 1", "1 start", "1 deliver cancel from 0; decide abort",
                                          "1 deliver reserve from 0; send reserved to 0"});
  CHECK((run.end[1].in_doubt && run.end[1].decided == "abort"));
  CHECK_FALSE(check(Tcc{.remembers = true}, q).doubted_decision);
  CHECK_FALSE(check(TwoPhase{}, q).doubted_decision);

  World<Tcc> w = initial<Tcc>(2, NodeSet::first(2), {});
  for (const auto& line : lines) {
    std::optional<Step> found;
    each_choice(Tcc{}, w, [&](const Step& step, const Handled<Tcc>& handled) {
      if (told(line_of(w, step, handled)) == line) found = step;
    });
    REQUIRE(found);
    apply(Tcc{}, w, *found);
  }
  CHECK(outcome(w) == Outcome::aborts);  // by its decisions alone
  CHECK(outcome(Tcc{}, w) == Outcome::blocked);
}

TEST_CASE("a node that is up and recovers its second transaction is no recovery that NB forbids") {
  Question q = ask(1, {.left = {.crashes = 1}, .recovery = Recovery::any_time, .crash_only = NodeSet(NodeId{1})}, {Property::NB});
  q.votes = {{NodeSet::first(2), NodeSet::first(2)}};
  CHECK(check(TwoPhase{}, q).status() == Status::holds);
}

TEST_CASE("non-triviality is asked in synchrony, also of sticky channels") {
  CHECK(check(TwoPhase{}, ask(1, {.channels = Channels::sticky}, {Property::AC4})).status() == Status::holds);
}

/// 2PC that watches the logs of nodes that are down.
struct Watchful : TwoPhase {
  void properties(const auto& view, auto&& claim) const {
    const auto full = [&](NodeId id) { return !view.is_up(id) && !view.log(id).empty(); };
    claim("never do both stop with something on disk", !(full(NodeId{0}) && full(NodeId{1})));
  }
};

TEST_CASE("a protocol's own property is judged on all that it may look at, logs of stopped nodes included") {
  Question q = ask(1, {.left = {.crashes = 2}}, {Property::AC1});
  q.names = {"coordinator", "p1"};
  const Verdict verdict = check(Watchful{}, q);
  CHECK(finding(verdict, Property::AC1).status == Status::holds);
  CHECK(finding(verdict, Property::custom).status == Status::violated);
  CHECK(finding(verdict, Property::custom).name == "never do both stop with something on disk");
}

/// 2PC that claims only what holds.
struct Moody : TwoPhase {
  void properties(const auto& view, auto&& claim) const {
    if (view.flight.empty()) claim("all is quiet", true);
  }
};
/// 2PC that claims only what is broken.
struct Silent : TwoPhase {
  void properties(const auto& view, auto&& claim) const {
    if (!view.flight.empty()) claim("all is quiet", false);
  }
};

/// 2PC that claims more than there is room for.
struct Boastful : TwoPhase {
  void properties(const auto&, auto&& claim) const {
    for (int i = 0; i < 70; ++i) claim(std::to_string(i), i != 66);
  }
};

TEST_CASE("properties that are not the same in every world prove nothing, and it is said") {
  CHECK(check(Moody{}, ask(1, {}, {Property::AC1})).status() == Status::inconclusive);
  CHECK(check(Boastful{}, ask(1, {}, {Property::AC1})).stopped == "properties() claims more than 64 names");
  const Verdict verdict = check(Silent{}, ask(1, {}, {Property::AC1}));
  CHECK(verdict.status() == Status::inconclusive);
  CHECK(verdict.stopped.find("properties() does not claim the same names in every world") != std::string::npos);
}

/// A protocol whose state names a node that there is not.
struct OutOfRange : TwoPhase {
  struct State {
    NodeId nobody{200};
    static constexpr void fields(auto& s, auto&& field) { field("nobody", s.nobody); }
  };
  void start(State&, const Self& self, Out& out) const { out.send(self.others(), Message::prepare); }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State&) const { return false; }
};

/// A protocol that asks for more than fits.
struct Verbose : OutOfRange {
  struct State {
    bool unused = false;
    static constexpr void fields(auto& s, auto&& field) { field("unused", s.unused); }
  };
  void start(State&, const Self& self, Out& out) const {
    for (int i = 0; i < 20; ++i) out.send(self.others(), Message::prepare);
  }
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State&) const { return false; }
};

TEST_CASE("what a search cannot tell apart or list makes it inconclusive, and it says why") {
  const Verdict out_of_range = check(OutOfRange{}, ask(1, {}, {Property::AC1}));
  CHECK(out_of_range.status() == Status::inconclusive);
  CHECK(out_of_range.stopped.find("a value that its type does not name") != std::string::npos);
  const Verdict verbose = check(Verbose{}, ask(1, {}, {Property::AC1}));
  CHECK(verbose.status() == Status::inconclusive);
  CHECK(verbose.stopped.find("more than 16 effects") != std::string::npos);
}

TEST_CASE("two transactions through the same nodes: the verdict counts each by itself") {
  Question q = ask(1, {.timing = Timing::synchronous}, {Property::AC1, Property::AC2, Property::AC3, Property::NB});
  q.votes = {{NodeSet::first(2), NodeSet(kCoordinator)}};
  CHECK(check(TwoPhase{}, q).status() == Status::holds);
}

}  // namespace commitlab
