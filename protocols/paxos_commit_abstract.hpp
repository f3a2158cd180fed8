// PaxosCommit without what makes it happen (Gray and Lamport 2006, section 4 and PaxosCommit.tla): whether a resource manager
// has prepared is agreed on by an instance of Paxos of its own, among acceptors, in ballots zero and one. Messages are never
// consumed, every process acts when it likes, and nothing is logged because nothing stops.
//
// Claims AC1-AC3. Not AC4: a resource manager may give up, and the leader (node 0) may begin ballot one, at any time.
#pragma once

#include <algorithm>
#include <array>

#include "sim/protocol.hpp"

namespace commitlab {

struct PaxosCommitAbstract {
  std::string_view name = "paxos-commit-abstract";
  std::string_view summary = "specification: Paxos Commit; the last three participants are its acceptors";
  static constexpr bool specification = true, ordered = true;  // an id says which role a participant has
  std::size_t acceptors = 3;                                   // fewer if only so many are left besides one resource manager

  enum class Phase : std::uint8_t { working, prepared, committed, aborted };  // a resource manager's
  enum class Ballot : std::uint8_t { zero, one };                             // zero is the resource manager's own
  enum class Value : std::uint8_t { none, prepared, aborted };
  enum class Kind : std::uint8_t { phase1a, phase1b, phase2a, phase2b, commit, abort };
  struct Message {
    Kind kind{};
    NodeId instance{};  // the resource manager whose instance it is
    Ballot ballot{};
    Value value{};      // phase1b: what its acceptor has accepted in ballot zero

    static constexpr void fields(auto& m, auto&& field) {
      field("kind", m.kind), field("instance", m.instance), field("ballot", m.ballot), field("value", m.value);
    }
  };
  enum class Record : std::uint8_t {};
  struct State {
    Phase phase = Phase::working;
    // Of an acceptor, by instance. In which ballot it has accepted need not be kept: ballot one is the last, and nobody asks.
    NodeSet joined;    // those in which it has left ballot zero for ballot one
    NodeSet accepted;  // those in which it has accepted a value; the leader: for which it has proposed one
    NodeSet refused;   // of these, those in which the value is aborted

    static constexpr void fields(auto& s, auto&& field) {
      field("phase", s.phase), field("joined", s.joined), field("accepted", s.accepted), field("refused", s.refused);
    }
  };
  /// Some acts are about an instance: behind the bits of those that are not come three for each.
  struct Act {
    enum class What : std::uint8_t { prepare, give_up, commit, abort, ask, propose_prepared, propose_aborted };
    What what{};
    NodeId instance{};  // from `ask` on

    static constexpr void fields(auto& a, auto&& field) { field("what", a.what), field("instance", a.instance); }
    static constexpr Act of(unsigned bit) {
      if (bit < kAlone) return {static_cast<What>(bit), {}};
      return {static_cast<What>(kAlone + (bit - kAlone) % kOnInstances), node_id((bit - kAlone) / kOnInstances + 1)};
    }
    constexpr std::uint32_t bit() const {
      const unsigned place = static_cast<unsigned>(what);
      return 1u << (place < kAlone ? place : place + kOnInstances * (static_cast<unsigned>(index(instance)) - 1));
    }
    static constexpr unsigned kAlone = 4, kOnInstances = 3;  // acts of either sort
  };
  using Out = Effects<Message, Record>;

  std::uint32_t acts(const State& s, const Self& self, const Inbox<Message>& inbox) const {
    if (self.coordinates()) return acts_of_leader(s, self, inbox);
    const bool undecided = managers(self).has(self.id) && s.phase == Phase::working;
    return undecided ? Act{Act::What::prepare}.bit() | Act{Act::What::give_up}.bit() : 0;
  }

  void act(State& s, const Self& self, Act which, Out& out) const {
    const NodeSet acceptors_of_all = self.participants() - managers(self);
    switch (which.what) {
      case Act::What::prepare:
        s.phase = Phase::prepared;
        return out.send(acceptors_of_all, {Kind::phase2a, self.id, Ballot::zero, Value::prepared});
      case Act::What::give_up:
        decide(s, Decision::abort, out);
        return out.send(acceptors_of_all, {Kind::phase2a, self.id, Ballot::zero, Value::aborted});
      case Act::What::commit:
        out.decide(Decision::commit);
        return out.send(managers(self), {.kind = Kind::commit});
      case Act::What::abort:
        out.decide(Decision::abort);
        return out.send(managers(self), {.kind = Kind::abort});
      case Act::What::ask: return out.send(acceptors_of_all, {Kind::phase1a, which.instance, Ballot::one, Value::none});
      case Act::What::propose_prepared:
      case Act::What::propose_aborted: {
        s.accepted.add(which.instance);
        const Value value = which.what == Act::What::propose_prepared ? Value::prepared : Value::aborted;
        return out.send(acceptors_of_all, {Kind::phase2a, which.instance, Ballot::one, value});
      }
    }
  }

  void receive(State& s, const Self&, NodeId, Message m, Out& out) const {
    switch (m.kind) {
      case Kind::phase1a: return join(s, m.instance, out);
      case Kind::phase2a: return accept(s, m, out);
      case Kind::phase1b:
      case Kind::phase2b: return;  // the leader's acts see them in its inbox
      case Kind::commit: return decide(s, Decision::commit, out);  // in any phase: that it must fit is what is claimed
      case Kind::abort: return decide(s, Decision::abort, out);
    }
  }

  // It has begun, knows no time and never stops.
  void start(State&, const Self&, Out&) const {}
  void timeout(State&, const Self&, Out&) const {}
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}

  std::span<const Claim> claims() const;

 private:
  static constexpr std::size_t kMostManagers = 9;  // whose instances the bits of acts() can tell apart; others are acceptors too

  NodeSet managers(const Self& self) const {
    const auto participants = static_cast<std::size_t>(self.participants().size());
    const std::size_t count = participants > acceptors ? participants - acceptors : 1;
    return self.participants() & NodeSet::first(std::min(count, kMostManagers) + 1);
  }

  /// What the leader has been told in one instance, and by whom.
  struct Told {
    std::array<NodeSet, 3> joined{};                   // [Value] phase1b, by what was accepted before
    std::array<std::array<NodeSet, 3>, 2> accepted{};  // [Ballot][Value] phase2b
  };
  static Told told_in(NodeId instance, const Inbox<Message>& inbox) {
    Told told;
    inbox.each([&](NodeId from, const Message& m) {
      if (m.instance != instance) return;
      const auto ballot = static_cast<std::size_t>(m.ballot), value = static_cast<std::size_t>(m.value);
      if (m.kind == Kind::phase1b) told.joined[value].add(from);
      if (m.kind == Kind::phase2b) told.accepted[ballot][value].add(from);
    });
    return told;
  }

  std::uint32_t acts_of_leader(const State& s, const Self& self, const Inbox<Message>& inbox) const {
    const NodeSet all = managers(self);
    const int majority = (self.participants() - all).size() / 2 + 1;
    bool all_prepared = true, some_aborted = false;
    std::uint32_t acts = 0;
    all.each([&](NodeId instance) {
      const Told told = told_in(instance, inbox);
      const auto chosen = [&](Value value) {
        return std::ranges::any_of(told.accepted, [&](const auto& by) { return by[static_cast<std::size_t>(value)].size() >= majority; });
      };
      all_prepared = all_prepared && chosen(Value::prepared);
      some_aborted = some_aborted || chosen(Value::aborted);
      acts |= Act{Act::What::ask, instance}.bit();
      if (s.accepted.has(instance)) return;
      if (may_propose(Value::prepared, told, majority)) acts |= Act{Act::What::propose_prepared, instance}.bit();
      if (may_propose(Value::aborted, told, majority)) acts |= Act{Act::What::propose_aborted, instance}.bit();
    });
    return acts | (all_prepared ? Act{Act::What::commit}.bit() : 0) | (some_aborted ? Act{Act::What::abort}.bit() : 0);
  }

  /// Is there a majority that has joined ballot one and whose latest value this is? One without a value leaves `aborted`.
  static bool may_propose(Value value, const Told& told, int majority) {
    const auto& [free, prepared, aborted] = told.joined;
    const bool enough = (free | prepared | aborted).size() >= majority;
    if (value == Value::prepared) return enough && !prepared.empty();
    return (enough && !aborted.empty()) || free.size() >= majority;
  }

  static Value accepted_in(const State& s, NodeId instance) {
    if (!s.accepted.has(instance)) return Value::none;
    return s.refused.has(instance) ? Value::aborted : Value::prepared;
  }

  static void join(State& s, NodeId instance, Out& out) {
    if (s.joined.has(instance)) return;
    s.joined.add(instance);
    out.send(kCoordinator, {Kind::phase1b, instance, Ballot::one, accepted_in(s, instance)});
  }

  static void accept(State& s, const Message& m, Out& out) {
    if (m.ballot == Ballot::zero && s.joined.has(m.instance)) return;
    s.accepted.add(m.instance);
    if (m.value == Value::aborted) s.refused.add(m.instance);
    else s.refused.remove(m.instance);
    if (m.ballot == Ballot::one) s.joined.add(m.instance);
    out.send(kCoordinator, {Kind::phase2b, m.instance, m.ballot, m.value});
  }

  static void decide(State& s, Decision decision, Out& out) {
    s.phase = decision == Decision::commit ? Phase::committed : Phase::aborted;
    out.decide(decision);
  }
};

inline std::span<const Claim> PaxosCommitAbstract::claims() const {
  static constexpr Faults none{.channels = Channels::sticky};
  static constexpr Claim kClaims[] = {{"nothing fails; whether to commit is everybody's choice", none, 4, "AC1,AC2,AC3", "AC4"}};
  return kClaims;
}

static_assert(Protocol<PaxosCommitAbstract> && Specification<PaxosCommitAbstract> && SeesInbox<PaxosCommitAbstract>);

}  // namespace commitlab
