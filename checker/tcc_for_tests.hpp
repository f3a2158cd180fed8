// For tests: Try, Confirm, Cancel, with the fault that its papers warn of. A resource that is cancelled before it is tried answers the
// late Try, and holds what it reserves for ever.
#pragma once

#include "sim/protocol.hpp"

namespace commitlab {

struct Tcc {
  std::string_view name = "tcc";
  std::string_view summary = "for tests";
  bool remembers = false;  // that it was cancelled: then a late Try is refused

  enum class Phase : std::uint8_t { idle, trying, tried, confirmed, cancelled };
  enum class Message : std::uint8_t { reserve, reserved, confirm, cancel };
  enum class Record : std::uint8_t { unused };
  struct State {
    Phase phase = Phase::idle;
    NodeSet reserved;
    static constexpr void fields(auto& s, auto&& field) { field("phase", s.phase), field("reserved", s.reserved); }
  };
  using Out = Effects<Message, Record>;

  void start(State& s, const Self& self, Out& out) const {
    if (!self.coordinates()) return;
    s.phase = Phase::trying;
    out.send(self.participants(), Message::reserve);
    out.arm(3);
  }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    switch (m) {
      case Message::reserve:
        if (s.phase != Phase::idle && (remembers || s.phase != Phase::cancelled)) return;
        s.phase = Phase::tried;
        return out.send(from, Message::reserved);
      case Message::reserved:
        s.reserved.add(from);
        if (s.phase == Phase::trying && s.reserved == self.participants()) end(s, Decision::commit, out), out.disarm(), out.send(self.participants(), Message::confirm);
        return;
      case Message::confirm: return end(s, Decision::commit, out);
      case Message::cancel: return end(s, Decision::abort, out);
    }
  }
  void timeout(State& s, const Self& self, Out& out) const {
    end(s, Decision::abort, out);
    out.send(self.participants(), Message::cancel);
  }
  void recover(State&, const Self&, std::span<const Record>, Out&) const {}
  bool in_doubt(const State& s) const { return s.phase == Phase::tried; }
  std::span<const Claim> claims() const { return {}; }

 private:
  static void end(State& s, Decision decision, Out& out) {
    s.phase = decision == Decision::commit ? Phase::confirmed : Phase::cancelled;
    out.decide(decision);
  }
};

}  // namespace commitlab
