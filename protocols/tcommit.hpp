// TCommit, the specification of transaction commit (Gray and Lamport 2006, section 2 and TCommit.tla): what resource managers
// may do, whatever makes them do it. Each looks at all others, which no implementation could.
//
// Claims AC1-AC3. Not AC4: a resource manager may abort although all could commit. The coordinator does nothing.
#pragma once

#include <algorithm>

#include "sim/protocol.hpp"

namespace commitlab {

struct TCommit {
  std::string_view name = "tcommit";
  std::string_view summary = "specification: resource managers that see each other, and no messages";
  static constexpr bool specification = true;

  enum class Phase : std::uint8_t { working, prepared, committed, aborted };
  enum class Act : std::uint8_t { prepare, commit, abort };
  enum class Message : std::uint8_t {};
  enum class Record : std::uint8_t {};
  struct State {
    Phase phase = Phase::working;

    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase); }
  };
  using Out = Effects<Message, Record>;

  std::uint32_t acts(const State& s, const Self& self, std::span<const State> everyone) const {
    if (self.coordinates()) return 0;
    const auto managers = everyone.subspan(1);
    const auto is = [](Phase phase) { return [=](const State& other) { return other.phase == phase; }; };
    const bool not_committed = std::ranges::none_of(managers, is(Phase::committed));
    const bool can_commit = std::ranges::none_of(managers, is(Phase::working)) && std::ranges::none_of(managers, is(Phase::aborted));
    const bool working = s.phase == Phase::working, prepared = s.phase == Phase::prepared;
    return may(Act::prepare, working) | may(Act::commit, prepared && can_commit) | may(Act::abort, (working || prepared) && not_committed);
  }

  void act(State& s, const Self&, Act which, Out& out) const {
    switch (which) {
      case Act::prepare: s.phase = Phase::prepared; return;
      case Act::commit: s.phase = Phase::committed; return out.decide(Decision::commit);
      case Act::abort: s.phase = Phase::aborted; return out.decide(Decision::abort);
    }
  }

  // It has begun, is sent nothing, knows no time and never stops.
  void start(State&, const Self&, Out&) const {}
  void receive(State&, const Self&, NodeId, Message, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}

  std::span<const Claim> claims() const {
    static constexpr Faults none{.channels = Channels::sticky};
    static constexpr Claim kClaims[] = {{"nothing fails; whether to commit is everybody's choice", none, 3, "AC1,AC2,AC3", "AC4"}};
    return kClaims;
  }

 private:
  static constexpr std::uint32_t may(Act which, bool enabled) { return enabled ? 1u << static_cast<unsigned>(which) : 0; }
};

static_assert(Protocol<TCommit> && Specification<TCommit> && SeesStates<TCommit>);

}  // namespace commitlab
