// For tests: a commit protocol that is a table, so that chance can write it. What it keeps, sends and logs has ids and sets
// in it, so that renaming matters; its logs are bounded, and so are its messages.
#pragma once

#include "checker/commit_table_for_tests.hpp"
#include "sim/protocol.hpp"

namespace commitlab {

struct TableProtocol {
  using Phase = table::Phase;
  using Kind = table::Kind;
  using Mark = table::Mark;
  using Cause = table::Cause;
  enum class Act : std::uint8_t { nudge };
  struct Message {
    Kind kind{};
    NodeId about{};
    NodeSet whom{};
    static constexpr void fields(auto& m, auto&& field) { field("kind", m.kind), field("about", m.about), field("whom", m.whom); }
  };
  struct Record {
    Mark mark{};
    NodeId who{};
    static constexpr void fields(auto& r, auto&& field) { field("mark", r.mark), field("who", r.who); }
  };
  struct State {
    Phase phase{};
    std::uint8_t records = 0;  // in my log, as far as I may know: from kMostRecords on I write no more
    NodeId last{};             // whom I remember
    NodeSet heard{};
    static constexpr void fields(auto& s, auto&& field) {
      field("phase", s.phase), field("records", s.records), field("last", s.last), field("heard", s.heard);
    }
  };
  using Out = Effects<Message, Record>;
  static constexpr std::uint8_t kMostRecords = 2;

  std::string_view name = "table";
  std::string_view summary = "for tests";
  bool ordered = false;
  table::Rules rules{};

  table::Rule& rule(table::Role role, Phase phase, Cause cause) { return rules[std::size_t(role)][std::size_t(phase)][std::size_t(cause)]; }
  const table::Rule& rule(const Self& self, Phase phase, Cause cause) const {
    return rules[std::size_t(self.coordinates() ? table::Role::coordinator : table::Role::participant)][std::size_t(phase)][std::size_t(cause)];
  }

  void start(State& s, const Self& self, Out& out) const { follow(Cause::start, s, self, s.last, {}, out); }
  void receive(State& s, const Self& self, NodeId from, Message m, Out& out) const {
    follow(static_cast<Cause>(std::size_t(Cause::ask) + std::size_t(m.kind)), s, self, from, m, out);
  }
  void timeout(State& s, const Self& self, Out& out) const { follow(Cause::timeout, s, self, s.last, {}, out); }
  void recover(State& s, const Self& self, std::span<const Record> log, Out& out) const {
    s.records = static_cast<std::uint8_t>(std::min<std::size_t>(log.size(), kMostRecords));
    if (log.empty()) return follow(Cause::found_nothing, s, self, s.last, {}, out);
    s.last = log.back().who;
    follow(static_cast<Cause>(std::size_t(Cause::found_ready) + std::size_t(log.back().mark)), s, self, s.last, {}, out);
  }
  std::uint32_t acts(const State& s, const Self& self) const { return rule(self, s.phase, Cause::act).ruled ? 1 : 0; }
  void act(State& s, const Self& self, Act, Out& out) const { follow(Cause::act, s, self, s.last, {}, out); }

  bool in_doubt(const State& s) const { return s.phase == Phase::ready; }
  std::span<const Claim> claims() const { return {}; }

 protected:
  void follow(Cause cause, State& s, const Self& self, NodeId from, const Message& m, Out& out) const {
    const table::Rule& rule = this->rule(self, s.phase, cause);
    if (!rule.ruled) return;
    learn(rule.learn, s, from, m);
    const table::Branch& branch = holds(rule.when, s, self, from) ? rule.then : rule.otherwise;
    for (const table::Deed& deed : branch.deeds) perform(deed, s, self, from, out);
    s.phase = branch.next;
  }

 private:
  static void learn(table::Learn what, State& s, NodeId from, const Message& m) {
    switch (what) {
      case table::Learn::nothing: return;
      case table::Learn::hears_sender: return s.heard.add(from);
      case table::Learn::hears_about: return s.heard.add(m.about);
      case table::Learn::hears_whom: s.heard = s.heard | m.whom; return;
      case table::Learn::forgets: s.heard = {}; return;
      case table::Learn::remembers_sender: s.last = from; return;
      case table::Learn::remembers_about: s.last = m.about; return;
    }
  }
  static bool holds(table::When when, const State& s, const Self& self, NodeId from) {
    switch (when) {
      case table::When::always: return true;
      case table::When::votes_yes: return self.vote == Vote::yes;
      case table::When::heard_all: return s.heard.includes(self.participants().without(self.id));
      case table::When::told_by_coordinator: return from == kCoordinator;
      case table::When::is_lowest: return self.participants().lowest() == self.id;
      case table::When::heard_a_lower: return !s.heard.below(self.id).empty();
    }
    return false;
  }
  static NodeSet meant(table::To to, const State& s, const Self& self, NodeId from) {
    switch (to) {
      case table::To::sender: return NodeSet(from);
      case table::To::coordinator: return NodeSet(kCoordinator);
      case table::To::others: return self.others();
      case table::To::participants: return self.participants();
      case table::To::all: return self.all;
      case table::To::heard: return s.heard;
      case table::To::unheard: return self.others() - s.heard;
      case table::To::last: return NodeSet(s.last);
      case table::To::lowest_heard: return s.heard.empty() ? NodeSet() : NodeSet(s.heard.lowest());
      case table::To::next: return NodeSet(node_id((index(self.id) + 1) % static_cast<std::size_t>(self.all.size())));
      case table::To::below: return self.all.below(self.id);
    }
    return {};
  }
  static NodeId meant(table::Who who, const State& s, const Self& self, NodeId from) {
    switch (who) {
      case table::Who::nobody: return kCoordinator;  // which every renaming leaves alone
      case table::Who::me: return self.id;
      case table::Who::sender: return from;
      case table::Who::last: return s.last;
    }
    return kCoordinator;
  }
  static void perform(const table::Deed& deed, State& s, const Self& self, NodeId from, Out& out) {
    const NodeId who = meant(deed.who, s, self, from);
    const bool yes = deed.say == table::Say::commit || (deed.say == table::Say::my_vote && self.vote == Vote::yes);
    switch (deed.what) {
      case table::Deed::What::none: return;
      case table::Deed::What::send: return out.send(meant(deed.to, s, self, from), {deed.kind, who, deed.whom ? s.heard : NodeSet()});
      case table::Deed::What::force:
      case table::Deed::What::write:
        if (s.records == kMostRecords) return;
        ++s.records;
        if (deed.what == table::Deed::What::force) out.force({deed.mark, who});
        else out.write({deed.mark, who});
        return;
      case table::Deed::What::decide: return out.decide(yes ? Decision::commit : Decision::abort);
      case table::Deed::What::arm: return out.arm(deed.ticks);
      case table::Deed::What::disarm: return out.disarm();
    }
  }
};

/// The same with a failure detector, whose truthful reports would make every other graph larger.
struct SuspiciousTableProtocol : TableProtocol {
  void suspect(State& s, const Self& self, NodeId who, Out& out) const { follow(Cause::suspect, s, self, who, {}, out); }
};

static_assert(Protocol<TableProtocol> && Acts<TableProtocol> && Doubts<TableProtocol> && !Suspects<TableProtocol>);
static_assert(Protocol<SuspiciousTableProtocol> && Suspects<SuspiciousTableProtocol>);

}  // namespace commitlab
