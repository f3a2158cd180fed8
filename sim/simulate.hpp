// One run in virtual time, from a setting and a seed: the choice that is due first is taken, and chance is drawn.
//
// A handler runs as one step when it begins. Its k-th effect takes place after the latencies of the forced writes before
// it, and until all of them are over the node handles nothing else: what comes meanwhile waits, in order. What is due at one
// instant happens in the order in which it was scheduled. What one broadcast sends goes first to whoever has run no handler for
// longest; of those that have run none, who is going to vote yes comes first. So nobody is favoured for its number, and participants
// that are treated alike have equal chances.
#pragma once

#include <concepts>
#include <span>
#include <tuple>
#include <utility>

#include "sim/alarms.hpp"
#include "sim/cut.hpp"
#include "sim/outcome.hpp"
#include "sim/post.hpp"
#include "sim/script.hpp"
#include "sim/transactions.hpp"
#include "sim/turns.hpp"

namespace commitlab {

/// Nobody watches a run. Whoever does is told, by these three, everything BEFORE the World changes; `end` is told a World
/// that still has the transaction. A transaction's `slot` is its index as long as there are no more than kMaxTransactions.
/// A watch that leaves `step` as it is here is shown Worlds whose flight is empty: that is kept only for whom it tells something.
struct Unwatched {
  void begin(Nanoseconds, const auto& /*world*/, std::uint32_t /*index*/, std::uint8_t /*slot*/, NodeSet /*yes*/) const {}
  void step(Nanoseconds, const auto& /*world*/, const Step&, const auto& /*handled*/) const {}
  void end(const auto& /*world*/, const TransactionEnd&) const {}
};

/// Is each step told to this watch? Not if it leaves `step` as Unwatched has it.
template <class Watch, class P>
concept WatchesSteps = !requires {
  { &Watch::template step<World<P>, Handled<P>> }
      -> std::same_as<void (Unwatched::*)(Nanoseconds, const World<P>&, const Step&, const Handled<P>&) const>;
};

/// Does it also want to know when each effect of the step takes place (`effect(Nanoseconds)`), and when its node has stopped
/// (`stopped(Nanoseconds)`)?
template <class Watch>
concept WatchesTimes = requires(Watch watch, Nanoseconds at) {
  watch.effect(at);
  watch.stopped(at);
};

/// A run, and the memory for further runs of the same setting. The protocol, votes and watch are kept by reference.
///
/// `votes(index, rng)` gives the NodeSet of those who vote yes in a transaction; it is called when that begins.
///
/// Transactions begin one when the last is over, or every `delays.every`, as long as there is room for another: else that
/// one waits. A transaction is over when nothing of it is due: no message, start, timer or recovery. What a partition
/// holds for ever is not due. The last one, however, waits for the rest of the script. A transaction that is older than
/// the horizon is given up as it is, and so is never in the way for longer: the World forgets it, and the next begins.
///
/// A protocol that acts by itself does so a message's delay after it may, each of its acts equally likely. A failure detector
/// reports a stopped node after one tick of a timer, and another as long as messages of that node are still travelling.
template <Protocol P, class Votes, class Watch, class Chance = Rng>
class Simulation {
 public:
  Simulation(const P& p, const Setting& setting, Votes& votes, Watch& watch);

  RunEnd run(const Chance& chance);

  // The same, event by event.

  void start_run(const Chance& chance);
  /// The next event. False if the run is over.
  [[gnu::hot]] bool advance();
  /// What has begun is over as it is, and nothing more begins.
  void give_up() {
    begun_ = setting_.transactions;
    while (!order_.empty()) end(order_.front(), true);
  }
  /// What became of the run so far.
  RunEnd so_far() const {
    RunEnd result = result_;
    result.at = now_;
    return result;
  }
  Chance& chance() { return rng_; }
  /// All that a run goes on from, but for chance: whoever assigns to it what was here before is back there.
  auto state() {
    return std::tie(w_, agenda_, post_, alarms_, script_, nodes_, spontaneous_, live_, order_, held_, result_, now_, deadline_, planned_, begun_, begin_waits_, look_at_ends_, turns_);
  }

  const World<P>& world() const { return w_; }
  Nanoseconds now() const { return now_; }
  /// [i]: has scripted fault i happened in any run so far? Not if what it waits for never came, its time was past the end, or there was
  /// nothing for it to change: a crash of a node that is down, a recovery of one that is up, a heal without a partition.
  const std::vector<bool>& came_up() const { return came_up_; }
  /// Bytes that are kept for what is due.
  std::size_t reserved() const { return agenda_.reserved() + post_.reserved(); }

 private:
  static constexpr bool kWatched = WatchesSteps<Watch, P>;
  static constexpr bool kTimed = WatchesTimes<Watch>;
  using Entry = Agenda::Entry;
  using Kind = Agenda::Kind;
  using Effect = typename EffectsOf<P>::Effect;
  using State = typename P::State;
  using Envelope = typename World<P>::Envelope;
  using Parcel = typename Post<P>::Id;
  static constexpr Parcel kNoParcel = Post<P>::kNone;
  static constexpr Nanoseconds kNever = Nanoseconds{1} << 62;  // a run that comes here is over, be its horizon what it may
  static constexpr std::size_t kMostInFlight = 60'000;         // Step::message has 16 bits, and one step may add a thousand
  static constexpr std::size_t kMostParcels = 1'000'000;       // Agenda::Entry has 20
  static constexpr std::uint64_t kMostScheduled = Agenda::kMaxSerial - kMostParcels;

  struct Node {
    Nanoseconds busy_until = 0;
    Nanoseconds last_effect_at = 0;  // of the handler that keeps it busy
    Nanoseconds down_since = 0;
    Nanoseconds back_at = -1;        // while down: when it is going to recover by itself; negative: never
    Nanoseconds wake_at = -1;        // when what waits for it is looked at again
    std::vector<Entry> inbox{};      // what waits for it, from place `read`
    std::size_t read = 0;
    bool idle() const { return read == inbox.size(); }
  };
  /// One slot of the World while a transaction has it.
  struct Live {
    TransactionEnd end{};
    std::uint32_t due = 0;  // parcels, waiting parts, armed timers, acts and reports to come
    bool taken = false;
  };
  /// What a node may do by itself, for each slot of the World.
  struct Spontaneous {
    bool act = false;   // it is going to act
    NodeSet reports{};  // whom its failure detector is going to report
  };
  /// When each effect takes place, and behind the last, when the handler is done.
  using Times = std::array<Nanoseconds, EffectsOf<P>::kMax + 1>;
  struct TimedCut : Cut {
    Nanoseconds at = 0;
  };

  void clear(const Chance& chance);
  // Inlined as a whole, where nobody looks on: that pays there, and takes long to compile. `hot`, for else what comes behind a few
  // conditions is taken for rare, and made small instead of fast.
  [[gnu::hot, gnu::flatten]] void hasten();
  void happen(const Entry& entry);
  [[gnu::noinline]] void rest();

  [[gnu::noinline]] void begin_next();
  [[gnu::noinline]] void end(std::uint8_t t, bool given_up);
  [[gnu::noinline]] bool is_over(std::uint8_t t) const;
  void update_deadline() {
    deadline_ = order_.empty() ? kNever : std::min(kNever, live_[order_.front()].end.begun + setting_.delays.horizon);
  }

  [[gnu::noinline]] void play(std::uint32_t fault, Nanoseconds at);
  [[gnu::noinline]] void partition(NodeSet side);
  [[gnu::noinline]] void heal();
  [[gnu::noinline]] void wake(NodeId id, Nanoseconds at);
  [[gnu::noinline]] void come_back(NodeId id);

  void arrive(NodeId id, Entry entry);
  [[gnu::noinline]] void wait(NodeId id, Entry entry);
  void take(Entry entry);
  void message(Entry entry, bool from_inbox);
  [[gnu::noinline]] void turn_to(Entry message) { this->message(message, true); }
  void deliver(Entry entry, bool overtakes);
  [[gnu::noinline]] void report(Entry entry);
  [[gnu::noinline]] void act(Entry entry);
  void look_ahead(const Step& step);
  void plan_report(NodeId observer, std::uint8_t t, NodeId whom);
  void forget_plans(NodeId id, std::uint8_t t);

  bool run_handler(const Step& step, Parcel parcel = kNoParcel, const Envelope& envelope = {});
  [[gnu::noinline]] void draw_times(std::span<const Effect> effects, Times& times);
  bool draws_crash(NodeId id);
  [[gnu::noinline]] bool cut_short(Step step, const Handled<P>& handled, const Times& times, const TimedCut& cut, Parcel parcel);
  [[gnu::noinline]] TimedCut cut_of(NodeId id, bool crashes, std::span<const Effect> effects, const Times& times);
  void perform(const Step& step, const Handled<P>& handled, const Nanoseconds* times, Parcel parcel, Node* busy = nullptr);
  [[gnu::noinline]] void perform(Step step, Parcel parcel = kNoParcel) { perform(step, Handled<P>{}, nullptr, parcel); }
  [[gnu::noinline]] void crash(NodeId id, Nanoseconds at);
  [[gnu::noinline]] void stopped(NodeId id, Nanoseconds at);
  void stay_down(NodeId id, Nanoseconds at);

  void post(const Step& step, const Effect& effect, Nanoseconds at);
  [[gnu::noinline]] void put_in_flight(Step step, NodeSet reached, typename P::Message message) { moves::send(w_, step, reached, message); }
  void settle(const Step& step, Parcel parcel);
  bool quiet() const;
  [[gnu::noinline]] void purge(auto&& lost);
  [[gnu::noinline]] void release(Parcel parcel);

  std::uint32_t due_in(NodeId id, std::uint8_t t) const {
    const auto& slot = w_.slot(id, t);
    return (slot.timer.armed ? 1u : 0u) + (slot.part == Part::waiting ? 1u : 0u);
  }
  std::uint32_t place(NodeId id, std::uint8_t t) const { return static_cast<std::uint32_t>(index(id) * w_.transactions + t); }
  NodeId node_of(std::uint32_t place) const { return node_id(place / w_.transactions); }
  std::uint8_t transaction_of(std::uint32_t place) const { return static_cast<std::uint8_t>(place % w_.transactions); }
  void no_longer_due(std::uint8_t t, std::uint32_t count = 1) {
    live_[t].due -= count;
    look_at_ends_ = look_at_ends_ || live_[t].due == 0;
  }
  Step step_of(Event event, const Entry& entry) const {
    return {.event = event, .node = node_of(entry.which()), .transaction = transaction_of(entry.which())};
  }

  const P& p_;
  const Setting setting_;
  const Faults faults_;
  Votes& votes_;
  Watch& watch_;
  const bool returns_;        // stopped nodes may come back by themselves
  const bool cuttable_;       // a handler may be cut, or set a scripted fault off
  const bool steady_;         // a forced write takes always as long
  const bool keeps_flight_;   // World::flight is kept: for a watch, a failure detector, or because messages stay
  Chance rng_{0};
  World<P> w_{};
  Agenda agenda_{};
  Post<P> post_{};
  Alarms alarms_{};
  ScriptLeft script_{};
  std::vector<Node> nodes_{};
  std::vector<Spontaneous> spontaneous_{};
  std::array<Live, kMaxTransactions> live_{};
  std::vector<std::uint8_t> order_{};  // the slots that are taken, in the order of their beginnings
  std::vector<Entry> held_{};          // parcels held by the partition, in the order of their arrivals
  RunEnd result_{};
  Nanoseconds now_ = 0, deadline_ = 0, planned_ = 0;
  std::uint32_t begun_ = 0;
  bool begin_waits_ = false, look_at_ends_ = false;
  Turns turns_{};
  std::vector<bool> came_up_;  // of all runs
};

/// One run. See Simulation.
template <Protocol P, class Votes, class Watch = Unwatched>
RunEnd simulate(const P& p, const Setting& setting, Votes&& votes, const Rng& rng, Watch&& watch = {}) {
  return Simulation<P, std::remove_reference_t<Votes>, std::remove_reference_t<Watch>>(p, setting, votes, watch).run(rng);
}

}  // namespace commitlab

#include "sim/simulate_life.hpp"
#include "sim/simulate_events.hpp"
#include "sim/simulate_plans.hpp"
#include "sim/simulate_steps.hpp"
