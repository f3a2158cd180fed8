// TwoPhase, two-phase commit without what makes it happen (Gray and Lamport 2006, section 3 and TwoPhase.tla): messages are
// never consumed, every process acts when it likes, and nothing is logged because nothing stops.
//
// Claims AC1-AC3. Not AC4: a resource manager may give up, and the transaction manager (node 0) may abort, at any time.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct TwoPhaseTm {
  std::string_view name = "two-phase-tm";
  std::string_view summary = "specification: two-phase commit with messages that are never consumed";
  static constexpr bool specification = true;

  enum class Phase : std::uint8_t { working, prepared, committed, aborted };  // the transaction manager's: never prepared
  enum class Act : std::uint8_t { prepare, commit, abort };
  enum class Message : std::uint8_t { prepared, commit, abort };
  enum class Record : std::uint8_t {};
  struct State {
    Phase phase = Phase::working;
    NodeSet prepared;  // transaction manager: who it knows to be

    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase), field("prepared", s.prepared); }
  };
  using Out = Effects<Message, Record>;

  std::uint32_t acts(const State& s, const Self& self) const {
    if (s.phase != Phase::working) return 0;
    if (!self.coordinates()) return bit(Act::prepare) | bit(Act::abort);
    return bit(Act::abort) | (s.prepared == self.participants() ? bit(Act::commit) : 0);
  }

  void act(State& s, const Self& self, Act which, Out& out) const {
    switch (which) {
      case Act::prepare:
        s.phase = Phase::prepared;
        return out.send(kCoordinator, Message::prepared);
      case Act::commit: return conclude(s, self, Decision::commit, out);
      case Act::abort: return conclude(s, self, Decision::abort, out);
    }
  }

  void receive(State& s, const Self&, NodeId from, Message m, Out& out) const {
    switch (m) {
      case Message::prepared:
        if (s.phase == Phase::working) s.prepared.add(from);
        return;
      case Message::commit: return decide(s, Decision::commit, out);  // in any phase: that it must fit is what is claimed
      case Message::abort: return decide(s, Decision::abort, out);
    }
  }

  // It has begun, knows no time and never stops.
  void start(State&, const Self&, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}

  std::span<const Claim> claims() const {
    static constexpr Faults none{.channels = Channels::sticky};
    static constexpr Claim kClaims[] = {{"nothing fails; whether to commit is everybody's choice", none, 3, "AC1,AC2,AC3", "AC4"}};
    return kClaims;
  }

 private:
  static constexpr std::uint32_t bit(Act which) { return 1u << static_cast<unsigned>(which); }

  static void conclude(State& s, const Self& self, Decision decision, Out& out) {
    decide(s, decision, out);
    if (self.coordinates()) out.send(self.participants(), decision == Decision::commit ? Message::commit : Message::abort);
  }

  static void decide(State& s, Decision decision, Out& out) {
    s.phase = decision == Decision::commit ? Phase::committed : Phase::aborted;
    out.decide(decision);
  }
};

static_assert(Protocol<TwoPhaseTm> && Specification<TwoPhaseTm> && Acts<TwoPhaseTm>);

}  // namespace commitlab
