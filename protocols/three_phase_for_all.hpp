// Three-phase commit whose termination elects nobody: whoever times out tells its state to all participants, everybody who
// hears of it tells its own, and the rules TR1-TR4 (Skeen 1981) are applied by each to what it has heard. No rule orders
// ids, so participants may be renamed.
//
// A crash may tear what a process tells, so those who are up may hear different states; hence rounds, as in agreement by
// flooding with early stopping. In each, all who are up and undecided tell their states once.
//   - Who has told all that it is precommitted, and lived until the round was over, commits (TR4): everybody who is up has
//     then heard of it.
//   - Who has heard of a pre-commit for the first time becomes precommitted, and tells so in the next round.
//   - Who has heard of none aborts (TR3) if it heard from the same processes as in the round before: then nobody stopped
//     unnoticed in between, and it has heard all who could know of one. Else there is another round.
//   - Who has decided tells so to whoever asks (TR1, TR2).
//
// Claims AC1-AC3 and NB under any crashes without recovery; AC1-AC3 with recovery, after which a process in doubt takes no
// part and asks for the outcome, for ever after a total failure. All this with truthful timeouts and reliable links.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct ThreePhaseForAll {
  std::string_view name = "3pc-for-all";
  std::string_view summary = "three-phase commit without election: whoever times out asks all, in rounds until no one else fails";
  bool tells_before_commit = true;  // false: a mutant that commits as soon as it has heard of a pre-commit
  bool repeats_rounds = true;       // false: a mutant that aborts after one round, whoever was silent in it

  // informed: waiting, and has heard of a pre-commit in this round
  enum class Phase : std::uint8_t { idle, waiting, informed, precommitted, aborted, committed };
  enum class Duty : std::uint8_t { follow, votes, acks, terminate, outcome };  // what I collect; outcome: I have recovered
  enum class Kind : std::uint8_t { can_commit, yes, no, precommit, ack, commit, abort, am_waiting, am_precommitted, ask_outcome };
  struct Message {
    Kind kind{};
    std::uint8_t round{};  // am_waiting, am_precommitted

    static constexpr void fields(auto& m, auto&& field) { field("kind", m.kind), field("round", m.round); }
  };
  enum class Record : std::uint8_t { yes, precommit, commit, abort };
  struct State {
    Phase phase = Phase::idle;
    Duty duty = Duty::follow;
    std::uint8_t round = 0;  // of termination; 0: it has not begun
    NodeSet heard;           // who has answered; terminate: in this round, myself included
    NodeSet before;          // terminate: who was heard in the round before

    static constexpr void fields(auto& s, auto&& field) {
      field("phase", s.phase), field("duty", s.duty), field("round", s.round),
      field("heard", s.heard), field("before", s.before);
    }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (!self.coordinates()) return out.arm(kPatience);
    collect(s, Duty::votes, self.participants(), Kind::can_commit, out);
  }

  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m.kind) {
      case Kind::can_commit: return vote(s, self, out);
      case Kind::yes:
        if (s.duty != Duty::votes) return;
        s.heard.add(from);
        if (s.heard != self.participants()) return;
        s.phase = Phase::precommitted;
        out.force(Record::precommit);
        return collect(s, Duty::acks, self.participants(), Kind::precommit, out);
      case Kind::no:
        if (s.duty == Duty::votes) conclude(s, Decision::abort, self.others().without(from), out);
        return;
      case Kind::precommit:
        if (s.duty != Duty::follow || s.phase != Phase::waiting) return;
        s.phase = Phase::precommitted;
        out.send(from, {Kind::ack});
        return out.arm(kPatience);
      case Kind::ack:
        if (s.duty != Duty::acks) return;
        s.heard.add(from);
        if (s.heard == self.participants()) conclude(s, Decision::commit, s.heard, out);
        return;
      case Kind::commit:
      case Kind::abort:
        if (!decided(s)) conclude(s, m.kind == Kind::commit ? Decision::commit : Decision::abort, {}, out);
        return;
      case Kind::am_waiting:
      case Kind::am_precommitted: return hear_state(s, self, from, m, out);
      case Kind::ask_outcome: answers_at_once(s, from, out); return;
    }
  }

  void timeout(State& s, const Self& self, Out& out) const {
    switch (s.duty) {
      case Duty::follow:
        if (s.phase == Phase::idle) return conclude(s, Decision::abort, {}, out);  // it has not voted: it may refuse
        return begin_round(s, self, out);
      case Duty::votes: return conclude(s, Decision::abort, self.others(), out);
      case Duty::acks: return conclude(s, Decision::commit, s.heard, out);  // whoever is silent has stopped, and is excused
      case Duty::terminate:
        end_round(s, out);
        if (!decided(s)) begin_round(s, self, out);
        return;
      case Duty::outcome: return ask_outcome(self, out);
    }
  }

  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    if (log.empty()) return conclude(s, Decision::abort, {}, out);
    if (log.back() == Record::commit || log.back() == Record::abort) {
      const bool commit = log.back() == Record::commit;
      s.phase = commit ? Phase::committed : Phase::aborted;
      return out.decide(commit ? Decision::commit : Decision::abort);
    }
    s.phase = log.back() == Record::precommit ? Phase::precommitted : Phase::waiting;
    s.duty = Duty::outcome;
    ask_outcome(self, out);
  }

  bool in_doubt(const State& s) const { return s.phase != Phase::idle && !decided(s); }

  std::span<const Claim> claims() const;

 private:
  static constexpr std::uint8_t kOwnPatience = 2, kPatience = 3;  // ticks: the coordinator gives up before it is given up

  static bool decided(const State& s) { return s.phase == Phase::aborted || s.phase == Phase::committed; }

  void vote(State& s, const Self& self, Out& out) const {
    if (s.phase != Phase::idle) return;
    if (self.vote == Vote::no) {
      conclude(s, Decision::abort, {}, out);
      return out.send(kCoordinator, {Kind::no});
    }
    s.phase = Phase::waiting;
    out.force(Record::yes);
    out.send(kCoordinator, {Kind::yes});
    out.arm(kPatience);
  }

  static void collect(State& s, Duty what, NodeSet from_whom, Kind question, Out& out) {
    s.duty = what;
    s.heard = {};
    out.send(from_whom, {question});
    out.arm(kOwnPatience);
  }

  // Termination. The coordinator takes no part: it has decided and told so, or it has stopped.

  void begin_round(State& s, const Self& self, Out& out) const {
    const NodeSet asked = s.round == 0 ? self.participants() : s.heard;
    if (s.phase == Phase::informed) s.phase = Phase::precommitted;
    s.duty = Duty::terminate;
    ++s.round;
    s.before = asked;
    s.heard = NodeSet(self.id);
    out.send(asked.without(self.id), {s.phase == Phase::precommitted ? Kind::am_precommitted : Kind::am_waiting, s.round});
    out.arm(kOwnPatience);
  }

  void end_round(State& s, Out& out) const {
    const bool may_commit = s.phase == Phase::precommitted || (s.phase == Phase::informed && !tells_before_commit);
    if (may_commit) return conclude(s, Decision::commit, {}, out);
    if (s.phase == Phase::waiting && (s.heard == s.before || !repeats_rounds)) conclude(s, Decision::abort, {}, out);
  }

  /// Who is a round ahead was in this one until its end: it is over for me too.
  void hear_state(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    if (answers_at_once(s, from, out) || (s.duty != Duty::follow && s.duty != Duty::terminate) || m.round < s.round) return;
    const bool next = m.round > s.round;
    if (next && s.duty == Duty::terminate) end_round(s, out);
    if (answers_at_once(s, from, out)) return;
    if (m.kind == Kind::am_precommitted && s.phase == Phase::waiting) s.phase = Phase::informed;
    if (next) begin_round(s, self, out);
    if (s.before.has(from)) s.heard.add(from);
  }

  /// One who has decided tells so; one who has not voted may still refuse, and does.
  static bool answers_at_once(State& s, NodeId from, Out& out) {
    if (s.phase == Phase::idle && s.duty == Duty::follow) conclude(s, Decision::abort, {}, out);
    if (!decided(s)) return false;
    out.send(from, {s.phase == Phase::committed ? Kind::commit : Kind::abort});
    return true;
  }

  static void ask_outcome(const Self& self, Out& out) {
    out.send(self.others(), {Kind::ask_outcome});
    out.arm(kPatience);
  }

  static void conclude(State& s, Decision decision, NodeSet tell, Out& out) {
    const bool commit = decision == Decision::commit;
    s = {.phase = commit ? Phase::committed : Phase::aborted, .heard = {}, .before = {}};
    out.force(commit ? Record::commit : Record::abort);
    out.decide(decision);
    out.disarm();
    out.send(tell, {commit ? Kind::commit : Kind::abort});
  }
};

inline std::span<const Claim> ThreePhaseForAll::claims() const {
  static constexpr Faults crashes{.left = {.crashes = 3}, .timing = Timing::synchronous};
  static constexpr Faults one_back{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  static constexpr Faults all_back{.left = {.crashes = 2}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  static constexpr Faults early{.left = {.suspicions = 1}, .timing = Timing::synchronous};
  static constexpr Faults split{.left = {.partitions = 1}, .timing = Timing::synchronous};
  static constexpr Claim kClaims[] = {
      {"any crashes, whoever stops, with truthful timeouts", crashes, 2, "AC1,AC2,AC3,NB"},
      {"a crash with recovery, with truthful timeouts", one_back, 2, "AC1,AC2,AC3,AC5"},
      {"not a total failure: nobody finds out who failed last", all_back, 1, "AC1,AC2,AC3", "AC5"},
      {"not one early timeout", early, 2, "AC3", "AC1"},
      {"not a partition", split, 3, "AC3", "AC1"},
  };
  return kClaims;
}

static_assert(Protocol<ThreePhaseForAll>);

}  // namespace commitlab
