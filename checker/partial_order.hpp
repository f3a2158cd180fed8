// Of steps that commute, one order: where one step of one node comes to the same before and after everything that may happen
// until it is taken, a search takes it alone.
//
// The step `a` is the start of node i, or the delivery to i of a message m. It may be taken alone in a world w if
//  1. nothing may go wrong but crashes, the network is whole, and i may not crash any more. Every other fault may happen to
//     m itself, or draws on a budget that nodes share; a crash of i loses m. Crashes and recoveries of others change neither
//     i nor m, and what a sends to a node that is down for good vanishes whether it is sent before the crash or after it.
//  2. Whatever may happen at i before a ("between") leaves a possible, is itself possible after a, and leads in both orders
//     to the same own part of i, by the same puts. The own part holds timer, log and the history of decisions: so a handler
//     that decides depends on every other of its node. Between are i's own events and the delivery of messages that are on
//     their way to i, or that others may still send to i before they hear of a.
//  3. No message that a puts is on its way already or put between, for equal messages in flight are one, and to have a second
//     one swallowed, or to have it follow the first, are different things.
//  4. For the same reason nobody puts m again before a is taken.
// Under synchronous timing no time passes before a is taken: m travels to a node that is up, or i has not started. So of the
// timers only those fire that are due already. Under asynchronous timing an armed timer of i is always between.
//
// Why that is sound. Let a be taken alone in w, and v be any world that can be reached from w. On a run to v that holds a,
// a can be moved to the front, one neighbour after the other, by 2 to 4: the same world is reached by as many steps, by the
// same kinds of events. A run that does not hold a can be followed by a, for a stays possible, and can be preceded by a
// instead. So from the world after a either v is reached by one step less, or the world after v and a by as many as v from w.
//  - A world without any step holds a: it is reached. So is a settled world (conserve): in it all have started and nothing
//    is on its way.
//  - AC1 (uniform), AC2 and AC3 count decisions that were ever taken: once broken, broken after a, too. AC1 (live) leaves out
//    nodes that are down, and a makes nobody stop.
//  - That somebody is in doubt, which a goal asks, is lost only if a ends a doubt that begins between: 2 excludes that.
//  - AC4 has a search of its own, which is not reduced. AC5 and NB ask what can be reached from every world, and properties of
//    a protocol's own may ask anything of any world: with them nothing is reduced.
// No step is put off for ever: a world is only left by one step if that leads to one that has not been expanded yet. So every
// row of such steps ends in a world that takes all of its steps, and by one of these the run to v becomes shorter.
// With symmetry all of this is said of the world that stands for its orbit. What is asked treats the orbit alike, and so does
// the length of a run: so the run from the representative of the world after a is the renamed one.
// With crashes left hardly anything is reduced, for every crash is a race with its node's next step, and a
// world after a crash can be reached from nearly every world before. A witness need not be a shortest run.
#pragma once

#include <map>
#include <optional>

#include "checker/local_steps.hpp"
#include "checker/memo.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

class PartialOrder {
 public:
  /// `own_properties`: the protocol has some.
  PartialOrder(Relation& relation, const std::vector<std::vector<Number>>& starts, const Question& question, bool own_properties);

  /// Why nothing is reduced; empty if something may be.
  const std::string& why_not() const { return why_not_; }

  /// One move of one node that may be taken alone.
  struct Choice {
    std::size_t node;
    Event event;
    Number what;
    bool is(const Move& move) const { return move.event == event && move.what == what && !move.fault; }
    /// For who looks for it among the steps of its node only.
    NodeSet others(std::size_t nodes) const { return NodeSet::first(nodes).without(node_id(node)); }
  };
  /// All of them, in a fixed order. What is not known yet is worked out.
  void choices(Row row, std::vector<Choice>& out);
  /// The same, but false where something is not known yet. By any thread.
  bool known_choices(Row row, std::vector<Choice>& out) const;

 private:
  using Set = std::uint32_t;  // of messages to one node, by its number; 0 is the empty one
  using Bits = std::vector<std::uint64_t>;

  struct Inbox {
    bool known = true;                   // all of its messages are among the local steps
    Set all = 0;
    std::vector<Set> from{};             // of each sender
    std::vector<std::uint32_t> first{};  // those that may be delivered next: all, or the first of each channel
    std::vector<Number> what{};          // of each of `first`
  };
  /// A step that may be taken alone, as far as its own node is concerned.
  struct Alone {
    bool commutes = false;
    bool silent = true;                  // nothing is put between
    std::vector<Mail> puts{};            // by the step itself, whenever it is taken
    std::vector<Set> between{};          // what its node puts to each node before it
  };
  struct Label {
    Event event;
    Number what;
    std::uint32_t message;
  };
  /// Of one world, as long as its choices are looked for.
  struct Here {
    Row row;
    std::array<std::uint32_t, kMaxNodes> owns, inboxes;
    bool crashes;
  };

  Set number_of(Bits bits);
  bool has(Set set, std::uint32_t message) const { return message / 64 < sets_[set].size() && (sets_[set][message / 64] >> message % 64 & 1) != 0; }
  std::uint32_t note(Inbox inbox);
  Inbox read(std::size_t node, Number inbox);
  Bits futures_of(std::size_t node, std::uint32_t own, std::size_t to, Set heard, bool crashes) const;
  Alone alone_of(std::size_t node, std::uint32_t own, const Label& label, Set others);
  const LocalStep* find(std::size_t node, std::uint32_t own, const Label& label) const;
  bool same_puts(const LocalStep& a, const LocalStep& then_b, const LocalStep& b, const LocalStep& then_a) const;
  bool in_doubt(std::size_t node, std::uint32_t own) const { return relation_.in_doubt(node, local_->own_number(node, own)); }

  // Each of these finds an answer, or works it out if *this may be changed; kUnknown or false if it may not.

  template <class Self> static std::uint32_t inbox(Self& self, std::size_t node, Number number);
  template <class Self> static Set united(Self& self, Set a, Set b);
  template <class Self> static Set futures(Self& self, std::size_t node, std::uint32_t own, std::size_t to, Set heard, bool crashes);
  template <class Self> static std::uint32_t alone(Self& self, std::size_t node, std::uint32_t own, const Label& label, Set others);
  template <class Self> static Set coming(Self& self, const Here& here, std::size_t node, const std::vector<Set>* between);
  template <class Self> static bool consider(Self& self, const Here& here, std::size_t node, const Label& label, Set coming, bool& fit);
  template <class Self> static bool each(Self& self, Row row, std::vector<Choice>& out);

  Relation& relation_;
  std::string why_not_;
  bool fifo_ = false;
  std::optional<LocalSteps> local_;
  std::map<Bits, Set> numbers_;
  std::vector<Bits> sets_;
  std::vector<Inbox> known_inboxes_;
  std::vector<Alone> known_alone_;
  std::vector<Memo> inboxes_, alone_, futures_;  // of each node
  Memo unions_;
};

}  // namespace commitlab
