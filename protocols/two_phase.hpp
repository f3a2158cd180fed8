// Two-phase commit (Gray 1978; Mohan, Lindsay and Obermarck 1986, "presumed nothing"), and its variant with cooperative
// termination (Bernstein, Hadzilacos and Goodman 1987, section 7.4), in which a participant in doubt asks everybody.
//
// Claims AC1-AC3 and AC5 under any crashes with recovery, loss and duplication, in asynchrony. It blocks: a participant
// that has voted yes may wait as long as the coordinator is down; with cooperative termination, if all that are up wait.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct TwoPhase {
  enum class Ask : std::uint8_t { coordinator, everybody };  // whom a participant in doubt asks

  std::string_view name = "2pc";
  std::string_view summary = "two-phase commit, presumed nothing; in doubt, ask the coordinator";
  Ask ask = Ask::coordinator;

  enum class Phase : std::uint8_t { idle, collecting, prepared, aborted, committed };
  enum class Message : std::uint8_t { prepare, yes, no, commit, abort, ack, inquire };
  enum class Record : std::uint8_t { prepared, commit, abort, end };
  struct State {
    Phase phase = Phase::idle;
    NodeSet awaited;  // coordinator: whose vote it does not know yet
    NodeSet told;     // coordinator: who voted yes, and once decided has not acknowledged

    static constexpr void fields(auto& s, auto&& field) {
      field("phase", s.phase), field("awaited", s.awaited), field("told", s.told);
    }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (!self.coordinates()) return out.arm(kPatience);
    s.phase = Phase::collecting;
    s.awaited = self.participants();
    out.send(s.awaited, Message::prepare);
    out.arm(kOwnPatience);
  }

  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m) {
      case Message::prepare: return vote(s, self, out);
      case Message::yes:
      case Message::no: return count(s, from, m, out);
      case Message::commit:
      case Message::abort:
        if (!decided(s)) decide(s, m == Message::commit ? Decision::commit : Decision::abort, out);
        if (from == kCoordinator) out.send(from, Message::ack);
        return;
      case Message::ack: return acknowledged(s, self, from, out);
      case Message::inquire: return answer(s, self, from, out);
    }
  }

  void timeout(State& s, const Self& self, Out& out) const {
    switch (s.phase) {
      case Phase::idle: return decide(s, Decision::abort, out);  // it has not voted: it may refuse
      case Phase::collecting:
        s.told = s.told | s.awaited;  // whoever was silent may have prepared
        s.awaited = {};
        return conclude(s, Decision::abort, out);
      case Phase::prepared: return inquire(self, out);
      case Phase::aborted:
      case Phase::committed:  // the coordinator tells again until all have acknowledged
        s.told = s.told | s.awaited;
        s.awaited = {};
        out.send(s.told, s.phase == Phase::committed ? Message::commit : Message::abort);
        if (!s.told.empty()) out.arm(kOwnPatience);
        return;
    }
  }

  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    if (self.coordinates()) s.told = self.participants();
    if (log.empty()) return conclude(s, Decision::abort, out);
    switch (log.back()) {
      case Record::prepared:
        s.phase = Phase::prepared;
        return inquire(self, out);
      case Record::commit:
      case Record::abort: {
        const bool commit = log.back() == Record::commit;
        s.phase = commit ? Phase::committed : Phase::aborted;
        out.decide(commit ? Decision::commit : Decision::abort);
        out.send(s.told, commit ? Message::commit : Message::abort);
        if (!s.told.empty()) out.arm(kOwnPatience);
        return;
      }
      case Record::end: {
        const bool commit = log.front() == Record::commit;
        s = {.phase = commit ? Phase::committed : Phase::aborted, .awaited = {}, .told = {}};
        return out.decide(commit ? Decision::commit : Decision::abort);
      }
    }
  }

  bool in_doubt(const State& s) const { return s.phase == Phase::prepared; }

  std::span<const Claim> claims() const;

 private:
  static constexpr std::uint8_t kOwnPatience = 2, kPatience = 3;  // ticks: the coordinator gives up before it is given up

  static bool decided(const State& s) { return s.phase == Phase::aborted || s.phase == Phase::committed; }

  void vote(State& s, const Self& self, Out& out) const {
    if (s.phase == Phase::aborted) return out.send(kCoordinator, Message::no);
    if (s.phase != Phase::idle) return;
    if (self.vote == Vote::no) {
      decide(s, Decision::abort, out);
      return out.send(kCoordinator, Message::no);
    }
    s.phase = Phase::prepared;
    out.force(Record::prepared);  // before the vote: once it is sent, the decision is no longer ours
    out.send(kCoordinator, Message::yes);
    out.arm(kPatience);
  }

  /// The coordinator hears a vote. One that comes after an abort is answered by itself: a no-voter need not be told.
  void count(State& s, NodeId from, Message m, Out& out) const {
    if (!s.awaited.has(from)) return;
    s.awaited.remove(from);
    if (m == Message::yes) s.told.add(from);
    if (s.phase == Phase::collecting) {
      if (m == Message::no) return conclude(s, Decision::abort, out);
      if (s.awaited.empty()) return conclude(s, Decision::commit, out);
      return;
    }
    if (m == Message::yes) return out.send(from, Message::abort);
    finish_when_told(s, out);
  }

  void acknowledged(State& s, const Self& self, NodeId from, Out& out) const {
    if (!self.coordinates() || !decided(s) || !s.told.has(from)) return;
    s.told.remove(from);
    finish_when_told(s, out);
  }

  void answer(State& s, const Self& self, NodeId from, Out& out) const {
    if (s.phase == Phase::idle && !self.coordinates()) decide(s, Decision::abort, out);  // asked before it voted
    if (decided(s)) out.send(from, s.phase == Phase::committed ? Message::commit : Message::abort);
  }

  void inquire(const Self& self, Out& out) const {
    out.send(ask == Ask::everybody ? self.others() : NodeSet(kCoordinator), Message::inquire);
    out.arm(kPatience);
  }

  /// Takes a decision, and tells whom it concerns.
  static void conclude(State& s, Decision decision, Out& out) {
    decide(s, decision, out);
    if (s.told.empty() && s.awaited.empty()) return out.write(Record::end);
    out.send(s.told, decision == Decision::commit ? Message::commit : Message::abort);
    out.arm(kOwnPatience);
  }

  static void decide(State& s, Decision decision, Out& out) {
    const bool commit = decision == Decision::commit;
    s.phase = commit ? Phase::committed : Phase::aborted;
    out.force(commit ? Record::commit : Record::abort);
    out.decide(decision);
    out.disarm();
  }

  static void finish_when_told(State& s, Out& out) {
    if (!s.told.empty() || !s.awaited.empty()) return;
    out.write(Record::end);
    out.disarm();
  }
};

inline std::span<const Claim> TwoPhase::claims() const {
  static constexpr Faults crash{.left = {.crashes = 1}};
  static constexpr Faults recovery{.left = {.crashes = 1, .losses = 1}, .recovery = Recovery::any_time};
  static constexpr Faults duplicates{.left = {.crashes = 1, .duplicates = 1}, .recovery = Recovery::any_time};
  static constexpr Faults disk{.left = {.crashes = 1, .disk_losses = 1}, .recovery = Recovery::any_time};
  static constexpr Claim kClaims[] = {
      {"a crash, whoever stops: safe, but it blocks", crash, 2, "AC1,AC2,AC3", "NB"},
      {"a crash with recovery, and a lost message", recovery, 2, "AC1,AC2,AC3,AC5"},
      {"a crash with recovery, and a duplicate", duplicates, 2, "AC1,AC2,AC3,AC5"},
      {"not a crash that takes the disk", disk, 2, "AC3", "AC1"},
  };
  return kClaims;
}

static_assert(Protocol<TwoPhase>);

}  // namespace commitlab
