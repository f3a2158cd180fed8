// The moments of all runs of one transaction in virtual time, and what follows each: the simulator itself is asked, at each event,
// once for each way in which chance can have it. What time it is makes no difference to a moment.
#pragma once

#include <cstdint>
#include <cstring>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "checker/part_of_verb.hpp"
#include "checker/drawn_odds.hpp"
#include "checker/moment.hpp"
#include "checker/part_table.hpp"
#include "checker/renaming_law.hpp"
#include "checker/steady_delays.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// Moments by number, each worked out when it is first asked for. The first are the ends, one for each Outcome, then comes the initial one.
class Moments {
 public:
  using Id = std::uint32_t;
  static constexpr Id kInitial = kOutcomes;
  static constexpr Nanoseconds kNothingDue = -1;
  static constexpr Nanoseconds kNoDecision = -1;

  struct Branch {
    Id to = 0;
    std::uint32_t chance = 0;           // in numbers()
    Nanoseconds after = 0;              // so much later
    Nanoseconds decided = kNoDecision;  // when the latest decision so far falls, if on this way, in time from the moment
  };
  struct Known {
    std::uint32_t first = 0, count = 0;    // of its branches; none until it is worked out
    std::uint32_t messages = 0, forced = 0;  // in numbers(): expected until what follows
    Nanoseconds wait = kNothingDue;        // until its next event
    Outcome outcome{};                     // of the world as it is
  };

  Moments() {
    for (std::size_t i = 0; i < kOutcomes; ++i) known_.push_back({.outcome = static_cast<Outcome>(i)});
    number(0), number(1);
  }
  virtual ~Moments() = default;
  Moments(const Moments&) = delete;
  Moments& operator=(const Moments&) = delete;

  Id size() const { return static_cast<Id>(known_.size()); }
  const Known& operator[](Id id) const { return known_[id]; }
  static constexpr bool is_end(Id id) { return id < kOutcomes; }
  /// What follows; nothing for an end, and nothing where it could not be worked out: see stopped(). Good until another is asked for.
  std::span<const Branch> follow(Id id) {
    if (known_[id].count == 0 && !is_end(id) && stopped_.empty()) work_out(id);
    return std::span(branches_).subspan(known_[id].first, known_[id].count);
  }
  /// Why a moment could not be worked out, and none will be from then on; empty so far.
  const std::string& stopped() const { return stopped_; }
  /// Gives back the memory that only moments not worked out need: there are to be none.
  virtual void settle() {}
  bool worked_out(Id id) const { return is_end(id) || known_[id].count > 0; }
  const std::vector<Rational>& numbers() const { return numbers_; }

 protected:
  virtual void work_out(Id id) = 0;

  std::uint32_t number(const Rational& value) {
    const auto [place, is_new] = places_.try_emplace(value, static_cast<std::uint32_t>(numbers_.size()));
    if (is_new) numbers_.push_back(value);
    return place->second;
  }

  std::vector<Known> known_{};
  std::vector<Branch> branches_{};
  std::string stopped_{};

 private:
  std::vector<Rational> numbers_{};
  std::map<Rational, std::uint32_t> places_{};
};

/// How far moments are worked out.
struct MomentLimits {
  Moments::Id most = ~Moments::Id{0};  // known; past them the event that finds more is not worked out
  double ways = 1 << 20;               // in which one event can come out
  Bounds* bounds = nullptr;            // of time and memory; looked at within an event
};

/// Those of one protocol. Delays are taken at their means, and the horizon is left to others. For `alike`, see Moment: where it turns
/// out that the protocol tells participants apart by their numbers, OrdersIds is thrown.
template <Protocol P>
class MomentsOf : public Moments {
 public:
  MomentsOf(const P& p, const Setting& setting, const Voters& voters, bool alike, const MomentLimits& limits = {})
      : p_(p), setting_(without_horizon(setting)), limits_(limits), votes_(voters), run_(p, setting_, votes_, watch_), moment_(setting_, alike) {
    if (alike) watch_.law.emplace(p, std::vector{NodeSet::first(setting.nodes).without(kCoordinator)});
    run_.start_run(EveryChance(0));
    reach();
  }

  void settle() override { states_.clear(), states_.shrink_to_fit(), table_ = {}, odds_ = {}, bills_.clear(); }

 private:
  /// Notes how a transaction ends, and holds handlers to the law of renaming.
  struct Ending : Unwatched {
    std::optional<RenamingLaw<P>> law{};
    bool over = false;
    Outcome outcome{};
    void step(Nanoseconds, const World<P>& w, const Step& step, const Handled<P>& handled) {
      if (law) law->look(w, step, handled);
    }
    void end(const World<P>&, const TransactionEnd& end) { over = true, outcome = end.outcome; }
  };
  using Run = Simulation<P, Voters, Ending, EveryChance>;
  using State = SavedRun<Run>;
  struct Item {
    std::uint64_t chance = 0, cost = 0;
  };
  static constexpr int kLongest = 64;  // events at one instant without a draw
  static constexpr Nanoseconds kEndless = std::numeric_limits<Nanoseconds>::max() / 4;

  static Setting without_horizon(Setting setting) {
    setting.transactions = 1;
    setting.delays = steady(setting.delays);
    setting.delays.horizon = kEndless;
    return setting;
  }

  TransactionEnd& end() {
    auto state = run_.state();
    return RunState::end(state);
  }

  void work_out(Id id) override {
    const std::unique_ptr<State> state = std::move(states_[id - kInitial]);
    const Nanoseconds begun = RunState::now(*state), wait = known_[id].wait;
    const Costs before = RunState::end(*state).costs;
    const Nanoseconds decided = RunState::end(*state).last_decision;
    const auto first = static_cast<std::uint32_t>(branches_.size());
    messages_.clear(), forced_.clear();
    run_.chance() = EveryChance(0);
    do {
      run_.state() = *state;
      run_.chance().rewind();
      watch_.over = false;
      go_on(wait == kNothingDue ? kEndless : begun + wait);
      Branch branch{.chance = odds_.of(run_.chance(), [&](const Rational& product) { return number(product); }), .after = run_.now() - begun};
      const TransactionEnd& now = end();
      pay(messages_, branch.chance, now.costs.messages - before.messages), pay(forced_, branch.chance, now.costs.forced - before.forced);
      if (now.last_decision > decided) branch.decided = now.last_decision - begun;
      branch.to = reach();
      branches_.push_back(branch);
      if (stops()) {
        branches_.resize(first);
        return;
      }
    } while (run_.chance().next());
    Known& known = known_[id];
    known.first = first, known.count = static_cast<std::uint32_t>(branches_.size()) - first;
    known.messages = expected(messages_), known.forced = expected(forced_);
  }

  /// Is it too much to go through all ways of an event?
  bool stops() {
    if (run_.chance().ways() > limits_.ways) stopped_ = "one event can come out in more ways than can be gone through";
    else if (size() > limits_.most) stopped_ = "there are more moments than are taken";
    else if (reached(limits_.bounds, 256)) stopped_ = limits_.bounds->reason();
    return !stopped_.empty();
  }

  /// What is paid on one way, put on the bill of all ways.
  static void pay(std::string& bill, std::uint32_t chance, std::uint64_t cost) {
    if (cost == 0) return;
    const Item item{chance, cost};
    bill.append(reinterpret_cast<const char*>(&item), sizeof item);
  }
  /// Most bills have come before.
  std::uint32_t expected(const std::string& bill) {
    const auto [found, is_new] = bills_.try_emplace(bill, 0);
    if (!is_new) return found->second;
    Rational sum;
    for (std::size_t at = 0; at < bill.size();) {
      Item item;
      std::memcpy(&item, bill.data() + at, sizeof item);
      sum += numbers()[item.chance] * item.cost;
      at += sizeof item;
    }
    return found->second = number(sum);
  }

  /// To the first draw, or to the end of the instant of the next event.
  void go_on(Nanoseconds until) {
    const auto state = run_.state();
    const auto& agenda = RunState::agenda(state);
    for (int events = 0; run_.chance().used() == 0 && events < kLongest && !watch_.over; ++events) {
      if (!agenda.empty() && agenda.first().at > until) break;
      if (!run_.advance()) break;
    }
  }

  /// The moment of the run as it is.
  Id reach() {
    if (watch_.over) return static_cast<Id>(watch_.outcome);
    const auto bytes = moment_.of(run_);
    const std::uint64_t growth = table_.growth(bytes.size());
    const bool past = growth > 0 && limits_.bounds != nullptr && table_.size() > 0 && limits_.bounds->pass_with(growth);
    if (past) return static_cast<Id>(watch_.outcome);  // the event at hand is not worked out: see stops()
    const auto found = table_.insert(bytes);
    if (found.fresh) {
      known_.push_back({.wait = moment_.wait(), .outcome = outcome(p_, run_.world())});
      states_.push_back(std::make_unique<State>(run_.state()));
    }
    return kInitial + found.id;
  }

  const P& p_;
  const Setting setting_;
  const MomentLimits limits_;
  Voters votes_;
  Ending watch_;
  Run run_;
  Moment<P> moment_;
  PartTable table_;
  std::vector<std::unique_ptr<State>> states_;  // of moments that are not worked out yet
  DrawnOdds odds_;
  std::unordered_map<std::string, std::uint32_t> bills_;
  std::string messages_, forced_;
};

}  // namespace commitlab
