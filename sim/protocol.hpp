// The page a protocol author reads: what a process is told, what it may do, what it must define.
#pragma once

#include <cassert>
#include <concepts>
#include <cstddef>
#include <new>
#include <span>
#include <string_view>
#include <type_traits>

#include "sim/claims.hpp"
#include "sim/envelope.hpp"
#include "sim/fields.hpp"
#include "sim/ids.hpp"
#include "sim/view.hpp"
#include "sim/vote.hpp"

namespace commitlab {

/// All that a process knows apart from its own State.
struct Self {
  NodeId id;
  NodeSet all;  // every process of the transaction, myself included
  Vote vote;    // what my resource manager answers when asked; the coordinator does not vote
  NodeSet others() const { return all.without(id); }
  NodeSet participants() const { return all.without(kCoordinator); }
  bool coordinates() const { return id == kCoordinator; }
};

enum class Do : std::uint8_t { send, force, write, decide, arm, disarm };

/// What one handler does to the world, IN ORDER: a crash may cut the list anywhere, and tear a broadcast.
template <class Message, class Record>
class Effects {
 public:
  static constexpr std::size_t kMax = 16;

  Effects() {}  // leaves the room for effects as it is

  struct Effect {
    Do what{};
    NodeSet to{};         // send
    Message message{};    // send
    Record record{};      // force, write
    Decision decision{};  // decide
    std::uint8_t ticks{};  // arm
  };

  /// To one process, or to a set of them as one broadcast. Sending to nobody is no effect.
  void send(NodeId to, Message m) { send(NodeSet(to), m); }
  void send(NodeSet to, Message m) {
    if (!to.empty()) ask(Do::send, [&](Effect& effect) { effect.to = to, effect.message = m; });
  }
  /// On disk before anything that follows.
  void force(Record r) {
    ask(Do::force, [&](Effect& effect) { effect.record = r; });
  }
  /// On disk at some time; a crash may lose it, with all that was written after it.
  void write(Record r) {
    ask(Do::write, [&](Effect& effect) { effect.record = r; });
  }
  /// Irrevocable, and seen by all the world.
  void decide(Decision d) {
    ask(Do::decide, [&](Effect& effect) { effect.decision = d; });
  }
  /// Sets my one timer, which forgets what it was set to before. One tick is longer than a message takes.
  void arm(std::uint8_t ticks) {
    ask(Do::arm, [&](Effect& effect) { effect.ticks = ticks; });
  }
  void disarm() {
    ask(Do::disarm, [](Effect&) {});
  }

  std::span<const Effect> list() const { return {std::launder(reinterpret_cast<const Effect*>(list_)), size_}; }
  /// A handler has asked for more than kMax: what it asked for then is not in the list, and no verdict rests on it.
  bool overflowed() const { return overflowed_; }

 private:
  static_assert(std::is_trivially_copyable_v<Effect> && std::is_trivially_destructible_v<Effect>);

  /// One more effect, made where it stays: a copy of fields that have only just been written would wait for them.
  void ask(Do what, auto&& fill) {
    overflowed_ = overflowed_ || size_ == kMax;
    if (overflowed_) return;
    fill(*new (list_ + size_ * sizeof(Effect)) Effect{.what = what});
    ++size_;
  }
  // Room that is not cleared: this list is made anew for every handler that runs.
  alignas(Effect) std::byte list_[kMax * sizeof(Effect)];
  std::size_t size_ = 0;
  bool overflowed_ = false;
};

template <class P>
constexpr bool well_formed();

/// A commit protocol: four deterministic handlers over a packed State. `start` is the first that a process hears of a
/// transaction; messages that come earlier wait for it. `recover` finds a fresh State: the log is all that a crash leaves.
/// What is not one fails to compile, with a sentence that says what it lacks: see sim/well_formed.hpp.
///
/// It has `name`, `summary`, `claims()`, the types State, Message, Record, and
///   void start(State&, const Self&, Out&) const;
///   void receive(State&, const Self&, NodeId from, Message, Out&) const;
///   void timeout(State&, const Self&, Out&) const;
///   void recover(State&, const Self&, std::span<const Record> log, Out&) const;
template <class P>
concept Protocol = well_formed<P>();

template <class P>
using EffectsOf = Effects<typename P::Message, typename P::Record>;

// What a protocol may define besides.

/// A failure detector's report that `who` has stopped.
template <class P>
concept Suspects = requires(const P p, typename P::State& state, const Self& self, NodeId who, EffectsOf<P>& out) {
  p.suspect(state, self, who, out);
};

/// Spontaneous acts: `acts` is a set of bits, one for each P::Act that may happen now. A guard that is written over the
/// whole is told more than its own process knows, which only a specification should be: it takes one of these besides.
template <class P, class... Sight>
concept ActsOnSight = requires(const P p, typename P::State& state, const typename P::State& seen, const Self& self,
                               typename P::Act which, EffectsOf<P>& out, Sight... sight) {
  { p.acts(seen, self, sight...) } -> std::convertible_to<std::uint32_t>;
  p.act(state, self, which, out);
};
/// acts(state, self, inbox): what is in flight to the process.
template <class P>
concept SeesInbox = ActsOnSight<P, Inbox<typename P::Message>>;
/// acts(state, self, everyone): the states of all processes, by id.
template <class P>
concept SeesStates = ActsOnSight<P, std::span<const typename P::State>>;
template <class P>
concept Acts = ActsOnSight<P> || SeesInbox<P> || SeesStates<P>;

/// The act behind a bit of `acts`: an enumerator, or P::Act::of(bit) if an act is about something.
template <class P>
  requires Acts<P>
constexpr typename P::Act act_of(std::uint8_t bit) {
  if constexpr (std::is_enum_v<typename P::Act>) return static_cast<typename P::Act>(bit);
  else return P::Act::of(bit);
}

/// True of a participant that has voted yes, knows no decision and may not decide alone: the window of doubt.
template <class P>
concept Doubts = requires(const P p, const typename P::State& state) {
  { p.in_doubt(state) } -> std::convertible_to<bool>;
};

template <class P>
using ViewOf = View<typename P::State, typename P::Message, typename P::Record>;

/// Properties of a protocol's own, asked in every world beside AC1 to AC5: properties(view, claim) calls
/// claim(name, holds) for each, the same names in the same order in every world.
template <class P>
concept HasProperties = requires(const P p, const ViewOf<P>& view, const ClaimProperty& claim) { p.properties(view, claim); };

/// A specification, as TLA+ writes one: what may happen, not what makes it happen. `static constexpr bool specification =
/// true` says so. Its processes have begun from the beginning, so it has no start; whether one votes yes is an act of its
/// own; messages are sticky. Nothing fails in it, for a process that never acts again and a message that never arrives are
/// among its runs already; and nothing takes time.
template <class P>
concept Specification = requires { requires P::specification; };

template <class P>
concept SaysOrdered = requires(const P p) {
  requires std::is_object_v<std::remove_cvref_t<decltype(P::ordered)>>;
  static_cast<bool>(p.ordered);
};

/// True for a protocol whose rules order ids (lowest-id election, chain, tree): renaming is no symmetry of it.
template <class P>
constexpr bool ordered(const P& p) {
  if constexpr (SaysOrdered<P>) return p.ordered;
  return false;
}

}  // namespace commitlab

#include "sim/well_formed.hpp"
