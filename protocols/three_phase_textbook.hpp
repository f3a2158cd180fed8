// Three-phase commit as slides show it: plain timeout transitions, and no termination protocol. A waiting participant
// aborts on timeout, a precommitted one commits. Kept because it is wrong.
//
// Claims AC1-AC3 and NB under crashes that fall between handlers, with truthful timeouts. One crash within the broadcast of
// the pre-commit breaks agreement: some participants then hold a pre-commit, and some do not.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct TextbookThreePhase {
  std::string_view name = "3pc-textbook";
  std::string_view summary = "three-phase commit without termination protocol: timeouts alone decide";

  enum class Phase : std::uint8_t { idle, waiting, precommitted, aborted, committed };
  enum class Message : std::uint8_t { can_commit, yes, no, precommit, ack, commit, abort };
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
    const NodeSet others = self.others();
    switch (m) {
      case Message::can_commit:
        if (s.phase != Phase::idle) return;
        if (self.vote == Vote::no) {
          conclude(s, Decision::abort, {}, out);
          return out.send(kCoordinator, Message::no);
        }
        s.phase = Phase::waiting;
        out.force(Record::yes);
        out.send(kCoordinator, Message::yes);
        return out.arm(kPatience);
      case Message::yes:
        if (s.phase != Phase::waiting || !self.coordinates()) return;
        s.heard.add(from);
        if (s.heard != others) return;
        s = {.phase = Phase::precommitted, .heard = {}};
        out.force(Record::precommit);
        out.send(others, Message::precommit);
        return out.arm(kOwnPatience);
      case Message::no:
        if (s.phase == Phase::waiting && self.coordinates()) conclude(s, Decision::abort, others.without(from), out);
        return;
      case Message::precommit:
        if (s.phase != Phase::waiting) return;
        s.phase = Phase::precommitted;
        out.force(Record::precommit);
        out.send(kCoordinator, Message::ack);
        return out.arm(kPatience);
      case Message::ack:
        if (s.phase != Phase::precommitted || !self.coordinates()) return;
        s.heard.add(from);
        if (s.heard == others) conclude(s, Decision::commit, others, out);
        return;
      case Message::commit:
      case Message::abort: return conclude(s, m == Message::commit ? Decision::commit : Decision::abort, {}, out);
    }
  }

  void timeout(State& s, const Self& self, Out& out) const {
    const NodeSet tell = self.coordinates() ? self.others() : NodeSet();
    conclude(s, s.phase == Phase::precommitted ? Decision::commit : Decision::abort, tell, out);
  }

  void recover(State& s, const Self&, std::span<const Record> log, Out& out) const {
    if (log.empty() || log.back() == Record::yes) return conclude(s, Decision::abort, {}, out);
    if (log.back() == Record::precommit) return conclude(s, Decision::commit, {}, out);
    const bool commit = log.back() == Record::commit;
    s.phase = commit ? Phase::committed : Phase::aborted;
    out.decide(commit ? Decision::commit : Decision::abort);
  }

  bool in_doubt(const State& s) const { return s.phase == Phase::waiting || s.phase == Phase::precommitted; }

  std::span<const Claim> claims() const;

 private:
  static constexpr std::uint8_t kOwnPatience = 2, kPatience = 3;  // ticks

  static void conclude(State& s, Decision decision, NodeSet tell, Out& out) {
    if (s.phase == Phase::committed || s.phase == Phase::aborted) return;
    const bool commit = decision == Decision::commit;
    s = {.phase = commit ? Phase::committed : Phase::aborted, .heard = {}};
    out.force(commit ? Record::commit : Record::abort);
    out.decide(decision);
    out.disarm();
    out.send(tell, commit ? Message::commit : Message::abort);
  }
};

inline std::span<const Claim> TextbookThreePhase::claims() const {
  static constexpr Faults between{.left = {.crashes = 1}, .timing = Timing::synchronous, .crash_points = CrashPoints::handlers};
  static constexpr Faults within{.left = {.crashes = 1}, .timing = Timing::synchronous};
  static constexpr Claim kClaims[] = {
      {"a crash between handlers, with truthful timeouts", between, 2, "AC1,AC2,AC3,NB"},
      {"not a crash within a broadcast", within, 2, "AC3", "AC1"},
  };
  return kClaims;
}

static_assert(Protocol<TextbookThreePhase>);

}  // namespace commitlab
