// Three-phase commit whose termination elects nobody and asks nobody: a pre-commit is passed on to all, and silence means
// that there is none. Whoever is precommitted when the coordinator falls silent passes that on to all participants, and
// commits after it has (rule TR4 of Skeen 1981, as a broadcast that is forwarded before it is delivered: Babaoglu and Toueg
// 1993); so does whoever is waiting and hears of it. Whoever is waiting and has heard of none until any could have come
// aborts (TR3). No rule orders ids, so participants may be renamed.
//
// A crash may tear what is passed on, but whom it reached passes it on in turn: a pre-commit is lost only with all that knew
// of it, and none of them has committed. The price is time: a chain of crashes delays it by a message for each.
//
// Claims AC1-AC3 and NB under any crashes without recovery; AC1-AC3 with recovery, after which a process in doubt takes no
// part and asks for the outcome, for ever after a total failure. All this with truthful timeouts and reliable links.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct ThreePhaseFlooding {
  std::string_view name = "3pc-flooding";
  std::string_view summary = "three-phase commit without election: a pre-commit is passed on to all, and silence means abort";
  bool passes_on_first = true;  // false: a mutant that commits before it passes the pre-commit on
  bool passes_on_again = true;  // false: a mutant in which those who hear of a pre-commit from one another keep it to themselves

  enum class Phase : std::uint8_t { idle, waiting, precommitted, recovered, aborted, committed };  // recovered: and in doubt
  enum class Message : std::uint8_t { can_commit, yes, no, precommit, ack, pass_on, commit, abort, ask_outcome };
  enum class Record : std::uint8_t { yes, precommit, commit, abort };
  struct State {
    Phase phase = Phase::idle;
    NodeSet heard;  // coordinator: who has answered in this phase

    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase), field("heard", s.heard); }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (!self.coordinates()) return out.arm(kPatience);
    s.phase = Phase::waiting;
    out.send(self.participants(), Message::can_commit);
    out.arm(kOwnPatience);
  }

  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m) {
      case Message::can_commit: return vote(s, self, out);
      case Message::yes:
        if (s.phase != Phase::waiting || !self.coordinates()) return;
        s.heard.add(from);
        if (s.heard != self.participants()) return;
        s = {.phase = Phase::precommitted, .heard = {}};
        out.force(Record::precommit);
        out.send(self.participants(), Message::precommit);
        return out.arm(kOwnPatience);
      case Message::no:
        if (s.phase == Phase::waiting && self.coordinates()) conclude(s, Decision::abort, self.others().without(from), out);
        return;
      case Message::precommit:
        if (s.phase != Phase::waiting) return;
        s.phase = Phase::precommitted;
        out.send(kCoordinator, Message::ack);
        return out.arm(kPatience);
      case Message::ack:
        if (s.phase != Phase::precommitted || !self.coordinates()) return;
        s.heard.add(from);
        if (s.heard == self.participants()) conclude(s, Decision::commit, self.participants(), out);
        return;
      case Message::pass_on:
        if (s.phase == Phase::waiting) pass_on(s, passes_on_again ? self.others().without(from) : NodeSet(), out);
        return;
      case Message::commit:
      case Message::abort: return conclude(s, m == Message::commit ? Decision::commit : Decision::abort, {}, out);
      case Message::ask_outcome:
        if (s.phase == Phase::idle) conclude(s, Decision::abort, {}, out);  // it has not voted: it may refuse
        if (decided(s)) out.send(from, s.phase == Phase::committed ? Message::commit : Message::abort);
        return;
    }
  }

  void timeout(State& s, const Self& self, Out& out) const {
    if (s.phase == Phase::recovered) return ask_outcome(self, out);
    if (s.phase != Phase::precommitted) return conclude(s, Decision::abort, self.coordinates() ? self.others() : NodeSet(), out);
    if (!self.coordinates()) return pass_on(s, self.participants().without(self.id), out);
    conclude(s, Decision::commit, self.participants(), out);  // whoever has sent no ack has stopped, and is excused
  }

  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    if (log.empty()) return conclude(s, Decision::abort, {}, out);
    if (log.back() == Record::commit || log.back() == Record::abort) {
      const bool commit = log.back() == Record::commit;
      s.phase = commit ? Phase::committed : Phase::aborted;
      return out.decide(commit ? Decision::commit : Decision::abort);
    }
    s.phase = Phase::recovered;
    ask_outcome(self, out);
  }

  bool in_doubt(const State& s) const { return s.phase != Phase::idle && !decided(s); }

  std::span<const Claim> claims() const;

 private:
  // In ticks. The coordinator gives up before it is given up; and who is waiting, only after whoever is precommitted has
  // given up and passed that on, along a chain of participants of which each stops.
  static constexpr std::uint8_t kOwnPatience = 2, kPatience = 3;
  static std::uint8_t patience_in_doubt(const Self& self) {
    return static_cast<std::uint8_t>(kOwnPatience + kPatience + self.participants().size());
  }

  static bool decided(const State& s) { return s.phase == Phase::aborted || s.phase == Phase::committed; }

  void vote(State& s, const Self& self, Out& out) const {
    if (s.phase != Phase::idle) return;
    if (self.vote == Vote::no) {
      conclude(s, Decision::abort, {}, out);
      return out.send(kCoordinator, Message::no);
    }
    s.phase = Phase::waiting;
    out.force(Record::yes);
    out.send(kCoordinator, Message::yes);
    out.arm(patience_in_doubt(self));
  }

  /// Not before all have been sent it may one commit: whoever is up then hears of it, and nobody aborts any more.
  void pass_on(State& s, NodeSet to, Out& out) const {
    to.remove(kCoordinator);  // it has decided and told so, or it has stopped
    if (passes_on_first) out.send(to, Message::pass_on);
    conclude(s, Decision::commit, {}, out);
    if (!passes_on_first) out.send(to, Message::pass_on);
  }

  static void ask_outcome(const Self& self, Out& out) {
    out.send(self.others(), Message::ask_outcome);
    out.arm(kPatience);
  }

  static void conclude(State& s, Decision decision, NodeSet tell, Out& out) {
    if (decided(s)) return;
    const bool commit = decision == Decision::commit;
    s = {.phase = commit ? Phase::committed : Phase::aborted, .heard = {}};
    out.force(commit ? Record::commit : Record::abort);
    out.decide(decision);
    out.disarm();
    out.send(tell, commit ? Message::commit : Message::abort);
  }
};

inline std::span<const Claim> ThreePhaseFlooding::claims() const {
  static constexpr Faults crashes{.left = {.crashes = 4}, .timing = Timing::synchronous};
  static constexpr Faults one_back{.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  static constexpr Faults all_back{.left = {.crashes = 2}, .recovery = Recovery::any_time, .timing = Timing::synchronous};
  static constexpr Faults early{.left = {.suspicions = 1}, .timing = Timing::synchronous};
  static constexpr Faults split{.left = {.partitions = 1}, .timing = Timing::synchronous};
  static constexpr Claim kClaims[] = {
      {"any crashes, whoever stops, with truthful timeouts", crashes, 3, "AC1,AC2,AC3,NB"},
      {"a crash with recovery, with truthful timeouts", one_back, 2, "AC1,AC2,AC3,AC5"},
      {"not a total failure: nobody finds out who failed last", all_back, 1, "AC1,AC2,AC3", "AC5"},
      {"not one early timeout", early, 2, "AC3", "AC1"},
      {"not a partition", split, 3, "AC3", "AC1"},
  };
  return kClaims;
}

static_assert(Protocol<ThreePhaseFlooding>);

}  // namespace commitlab
