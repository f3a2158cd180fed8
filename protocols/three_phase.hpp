// Three-phase commit with its termination protocol (Skeen 1981; Bernstein, Hadzilacos and Goodman 1987, section 7.5): a
// silent coordinator is replaced by the lowest process believed to be up, which asks for states and applies TR1-TR4. After
// a total failure the states of those that failed last decide (Skeen 1985): each logs whom it believes to be up.
//
// Claims AC1-AC3 and NB under any crashes without recovery; with recovery AC1-AC3, and AC5 once the last to fail are back,
// or everybody where their states differ. All this with truthful timeouts and reliable links: one early timeout, or one
// partition, breaks agreement.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct ThreePhase {
  std::string_view name = "3pc";
  std::string_view summary = "three-phase commit: elected coordinator, termination rules TR1-TR4, recovery by the last to fail";
  bool ordered = true;            // the lowest id is elected
  bool logs_precommit = true;     // false: a mutant that forgets it in a crash
  bool counts_recovered = false;  // true: a mutant that lets a recovered process take part in termination

  enum class Phase : std::uint8_t { idle, waiting, precommitted, aborted, committed };
  enum class Duty : std::uint8_t { follow, votes, acks, states, outcome };  // what I collect; outcome: I have recovered
  enum class Kind : std::uint8_t { can_commit, yes, no, precommit, ack, commit, abort, lead, ask_state, state, ask_outcome, back };
  struct Message {
    Kind kind{};
    Phase phase{};  // state, ask_outcome, back: the sender's
    NodeSet up{};   // ask_outcome, back: whom the sender believed to be up when it failed

    static constexpr void fields(auto& m, auto&& field) { field("kind", m.kind), field("phase", m.phase), field("up", m.up); }
  };
  enum class Entry : std::uint8_t { yes, precommit, commit, abort, up };
  struct Record {
    Entry entry{};
    NodeSet up{};  // up: whom I believe to be up from now on

    static constexpr void fields(auto& r, auto&& field) { field("entry", r.entry), field("up", r.up); }
  };
  struct State {
    Phase phase = Phase::idle;
    Duty duty = Duty::follow;
    NodeId coordinator = kCoordinator;  // whom I follow; myself while I lead
    NodeSet up;                         // whom I believe to be up, myself included
    NodeSet heard;                      // who has answered; outcome: who is back
    NodeSet committable;                // who of them is precommitted
    NodeSet common;                     // outcome: whom all of them believed to be up

    static constexpr void fields(auto& s, auto&& field) {
      field("phase", s.phase), field("duty", s.duty), field("coordinator", s.coordinator), field("up", s.up);
      field("heard", s.heard), field("committable", s.committable), field("common", s.common);
    }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    s.up = self.all;
    if (!self.coordinates()) return out.arm(kPatience);
    collect(s, Duty::votes, self.participants(), {Kind::can_commit}, out);
  }

  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m.kind) {
      case Kind::can_commit: return vote(s, self, out);
      case Kind::yes:
        if (s.duty != Duty::votes) return;
        s.heard.add(from);
        if (s.heard == self.participants()) prepare_to_commit(s, self, out);
        return;
      case Kind::no:
        if (s.duty == Duty::votes) conclude(s, Decision::abort, self.others().without(from), out);
        return;
      case Kind::precommit:
        if (!follow(s, from, out) || s.phase == Phase::idle) return;
        precommit(s, out);
        out.send(from, {Kind::ack});
        return out.arm(kPatience);
      case Kind::ack:
        if (s.duty != Duty::acks) return;
        s.heard.add(from);
        if (s.heard.includes(s.up.without(self.id))) conclude(s, Decision::commit, s.up.without(self.id), out);
        return;
      case Kind::commit:
      case Kind::abort:  // from a coordinator; or, rules TR1 and TR2, from one who knows better than the one who leads
        if (decided(s)) return;
        return conclude(s, m.kind == Kind::commit ? Decision::commit : Decision::abort,
                        s.coordinator == self.id ? s.up.without(self.id).without(from) : NodeSet(), out);
      case Kind::lead:
        if (answers_at_once(s, from, out) || s.duty != Duty::follow || self.id < s.coordinator) return;
        return lead(s, self, out);
      case Kind::ask_state:
        if (answers_at_once(s, from, out) || !follow(s, from, out)) return;
        out.send(from, {Kind::state, s.phase});
        return out.arm(kPatience);
      case Kind::state:
        if (s.duty != Duty::states) return;
        s.heard.add(from);
        if (m.phase == Phase::precommitted) s.committable.add(from);
        if (s.heard.includes(s.up.without(self.id))) judge(s, self, out);
        return;
      case Kind::ask_outcome:
        if (answers_at_once(s, from, out) || s.duty != Duty::outcome) return;
        out.send(from, {Kind::back, s.phase, s.up});
        return is_back(s, self, from, m, out);
      case Kind::back:
        if (s.duty == Duty::outcome) is_back(s, self, from, m, out);
        return;
    }
  }

  void timeout(State& s, const Self& self, Out& out) const {
    switch (s.duty) {
      case Duty::follow:
        if (s.phase == Phase::idle) return conclude(s, Decision::abort, {}, out);  // it has not voted: it may refuse
        return replace_coordinator(s, self, out);
      case Duty::votes: return conclude(s, Decision::abort, self.others(), out);
      case Duty::acks:  // whoever is silent has stopped, and is excused
        return conclude(s, Decision::commit, s.heard, out);
      case Duty::states:
        believe_up(s, s.heard.with(self.id), out);
        return judge(s, self, out);
      case Duty::outcome: return ask_outcome(s, self, out);
    }
  }

  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    s.up = self.all;
    for (const Record& record : log) {
      switch (record.entry) {
        case Entry::yes: s.phase = Phase::waiting; break;
        case Entry::precommit: s.phase = Phase::precommitted; break;
        case Entry::up: s.up = record.up; break;
        case Entry::commit:
        case Entry::abort: {
          const bool commit = record.entry == Entry::commit;
          s.phase = commit ? Phase::committed : Phase::aborted;
          return out.decide(commit ? Decision::commit : Decision::abort);
        }
      }
    }
    if (s.phase == Phase::idle) return conclude(s, Decision::abort, {}, out);
    if (counts_recovered) return out.arm(kPatience);
    s.duty = Duty::outcome;
    s.heard = NodeSet(self.id);
    s.common = s.up;
    if (s.phase == Phase::precommitted) s.committable = s.heard;
    if (outcome_is_known(s, self)) return find_outcome(s, out);
    ask_outcome(s, self, out);
  }

  bool in_doubt(const State& s) const { return s.phase == Phase::waiting || s.phase == Phase::precommitted; }

  std::span<const Claim> claims() const;

 private:
  static constexpr std::uint8_t kOwnPatience = 2, kPatience = 3;  // ticks: whoever leads gives up before it is given up

  static bool decided(const State& s) { return s.phase == Phase::aborted || s.phase == Phase::committed; }

  // Voting.

  void vote(State& s, const Self& self, Out& out) const {
    if (s.phase == Phase::aborted) return out.send(kCoordinator, {Kind::no});
    if (s.phase != Phase::idle) return;
    if (self.vote == Vote::no) {
      conclude(s, Decision::abort, {}, out);
      return out.send(kCoordinator, {Kind::no});
    }
    s.phase = Phase::waiting;
    out.force({Entry::yes});
    out.send(kCoordinator, {Kind::yes});
    out.arm(kPatience);
  }

  // Leading: collect answers from a set of processes, then go on.

  static void collect(State& s, Duty what, NodeSet from_whom, Message question, Out& out) {
    s.duty = what;
    s.heard = {};
    out.send(from_whom, question);
    out.arm(kOwnPatience);
  }

  void precommit(State& s, Out& out) const {
    if (s.phase == Phase::precommitted) return;
    s.phase = Phase::precommitted;
    if (logs_precommit) out.force({Entry::precommit});
  }

  /// To all that are up, also those that are precommitted: they must not time out while the others are asked.
  void prepare_to_commit(State& s, const Self& self, Out& out) const {
    precommit(s, out);
    if (s.up == NodeSet(self.id)) return conclude(s, Decision::commit, {}, out);
    collect(s, Duty::acks, s.up.without(self.id), {Kind::precommit}, out);
  }

  void lead(State& s, const Self& self, Out& out) const {
    s.coordinator = self.id;
    s.committable = {};
    believe_up(s, s.up - self.all.below(self.id), out);
    if (s.up == NodeSet(self.id)) return judge(s, self, out);
    collect(s, Duty::states, s.up.without(self.id), {Kind::ask_state}, out);
  }

  /// All that are up have told their states, and nobody knows a decision: TR3 if nobody is precommitted, else TR4.
  void judge(State& s, const Self& self, Out& out) const {
    if (s.phase == Phase::precommitted || !s.committable.empty()) return prepare_to_commit(s, self, out);
    conclude(s, Decision::abort, s.up.without(self.id), out);
  }

  // Following.

  /// False if I have decided, have recovered, or the sender has been replaced: then its message is stale.
  bool follow(State& s, NodeId leader, Out& out) const {
    if (decided(s) || s.duty == Duty::outcome || leader < s.coordinator) return false;
    s.coordinator = leader;
    s.duty = Duty::follow;
    believe_up(s, s.up - s.up.below(leader), out);
    return true;
  }

  void replace_coordinator(State& s, const Self& self, Out& out) const {
    believe_up(s, (s.up - self.all.below(s.coordinator)).without(s.coordinator).with(self.id), out);
    const NodeId elected = s.up.lowest();
    if (elected == self.id) return lead(s, self, out);
    s.coordinator = elected;
    out.send(elected, {Kind::lead});
    out.arm(kPatience);
  }

  /// One who has decided tells so; one who has not voted may still refuse, and does.
  bool answers_at_once(State& s, NodeId from, Out& out) const {
    if (s.phase == Phase::idle && s.duty == Duty::follow) conclude(s, Decision::abort, {}, out);
    if (!decided(s)) return false;
    out.send(from, {s.phase == Phase::committed ? Kind::commit : Kind::abort});
    return true;
  }

  static void believe_up(State& s, NodeSet up, Out& out) {
    if (s.up == up) return;
    s.up = up;
    out.force({Entry::up, up});  // before acting on it: whoever failed last must be known to have outlived the others
  }

  // Recovered, and in doubt. My state is what it was when I failed, and stays so until I learn the outcome or it can be found.
  // All that are believed to have been up by everybody who is back may have failed last, and whoever did is among them: if all
  // of them are back, it is a total failure. The last to fail was up through every decision, so what was decided fits its
  // state. If their states differ, it is unknown whose counts: another account might rule one of them out. Then everybody is
  // waited for, and if nobody knows a decision, none was taken. So all who find an outcome find the same.

  void ask_outcome(const State& s, const Self& self, Out& out) const {
    out.send(self.others(), {Kind::ask_outcome, s.phase, s.up});
    out.arm(kPatience);
  }

  void is_back(State& s, const Self& self, NodeId who, const Message& m, Out& out) const {
    s.heard.add(who);
    s.common = s.common & m.up;
    if (m.phase == Phase::precommitted) s.committable.add(who);
    if (outcome_is_known(s, self)) find_outcome(s, out);
  }

  static bool outcome_is_known(const State& s, const Self& self) {
    const NodeSet may_commit = s.committable & s.common;
    const bool agreed = may_commit.empty() || may_commit == s.common;
    return s.heard.includes(s.common) && (agreed || s.heard == self.all);
  }

  void find_outcome(State& s, Out& out) const {
    const bool commit = !(s.committable & s.common).empty();
    conclude(s, commit ? Decision::commit : Decision::abort, {}, out);
  }

  static void conclude(State& s, Decision decision, NodeSet tell, Out& out) {
    const bool commit = decision == Decision::commit;
    s = {.phase = commit ? Phase::committed : Phase::aborted, .coordinator = s.coordinator, .up = {}, .heard = {}, .committable = {}, .common = {}};
    out.force({commit ? Entry::commit : Entry::abort});
    out.decide(decision);
    out.disarm();
    out.send(tell, {commit ? Kind::commit : Kind::abort});
  }
};

inline std::span<const Claim> ThreePhase::claims() const {
  static constexpr Faults crashes{.left = {.crashes = 3}, .timing = Timing::synchronous};
  static constexpr Faults recovery{.left = {.crashes = 4}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  static constexpr Faults early{.left = {.suspicions = 1}, .timing = Timing::synchronous};
  static constexpr Faults split{.left = {.partitions = 1}, .timing = Timing::synchronous};
  static constexpr Claim kClaims[] = {
      {"any crashes, whoever stops, with truthful timeouts", crashes, 2, "AC1,AC2,AC3,NB"},
      {"any crashes with recovery, with truthful timeouts", recovery, 1, "AC1,AC2,AC3,AC5"},
      {"not one early timeout", early, 2, "AC3", "AC1"},
      {"not a partition", split, 3, "AC3", "AC1"},
  };
  return kClaims;
}

static_assert(Protocol<ThreePhase>);

}  // namespace commitlab
