// Every order of events of one transaction, as a Markov decision process: a scheduler chooses what comes next, chance draws what goes
// wrong with it. A run in virtual time is one of these schedulers: it lets happen what is due first.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>
#include <queue>
#include <utility>

#include "checker/decisions.hpp"
#include "checker/drawn_odds.hpp"
#include "checker/drawn_step.hpp"
#include "checker/part_of_verb.hpp"
#include "checker/part_table.hpp"
#include "checker/range.hpp"
#include "checker/renaming_law.hpp"
#include "checker/sorted_participants.hpp"
#include "checker/world_bytes.hpp"
#include "sim/outcome.hpp"
#include "sim/script.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// The kinds of states are 1 + Outcome, of the world as it is there, or kBeyond. A state without a choice is an end.
///
/// The first choice is the draw of votes. From there a choice is an event that is no fault: a start, a message, a timer, a return, a true
/// report, an act. There is always one until all is at rest, or two decisions differ. The first branch of a choice is what comes of it
/// if nothing goes wrong.
struct AllOrders {
  static constexpr DecisionProcess::Kind kBeyond = 1 + kOutcomes;  // what comes after such a state has not been looked at

  DecisionProcess process;
  Timing timing = Timing::asynchronous;
  bool whole = true;  // no state is beyond
  std::string stopped{};  // why states are, though they are not as unlikely as that
};

/// States are taken in the order of the odds of the likeliest way there.
struct OrderLimits {
  std::uint32_t states = 60'000;  // known at most; those that are not looked at are beyond
  std::uint32_t small = 5'000;    // a process of so many states at most is made whole
  double unlikely = 1e-13;        // of another, what is less likely on every way is beyond
  std::uint32_t equal = 2;        // asynchronous timing: so many equal messages on their way, see AllOrdersOf
  bool names = false;             // participants that are alike do not stand for each other
  std::uint64_t work = 20'000'000;  // branches of all choices, each as often as there are nodes
  double ways = 1 << 20;          // in which one event can come out
  Bounds* bounds = nullptr;       // of time and memory
};

/// Why the orders of this setting have no range; empty if they have.
std::string why_no_range(const Setting& setting);

/// The process in which a scheduler that goes round for ever says so: from each state from which it can stay for ever among states of
/// which the worst is of some kind, one more choice leads to an end of that kind. So every run of it that does not end is of no account,
/// and the greatest chance to end in some kinds is that of the process itself to end or stay there. It says so, too, where it could stay
/// if nothing went wrong any more: there a run in virtual time may be given up at its horizon, whatever may come later.
///
/// Whether somebody has decided does not change any more in a run that goes round for ever. Who goes round is as badly off as at the
/// worst moment to which it always comes back: breaks, else blocked. Those moments are an end component (de Alfaro 1997), and for each
/// end component some scheduler comes back to all of it; so for each kind those among the states that are no worse are asked.
///
/// Given up at a bound of time or memory, it is the process as it was.
DecisionProcess with_stays(const DecisionProcess& process, Bounds* bounds = nullptr);

/// The least is one less the greatest of all other ends, since a run that goes round for ever has an end as well. What is beyond
/// counts as the one or the other, whichever is wider.
OddsRange solve(const AllOrders& orders, Bounds* bounds = nullptr);

/// Under synchronous timing all nodes start first, in the order of their ids: no time passes before, what a start does commutes with what
/// others do meanwhile, and nobody learns less by it.
///
/// Under asynchronous timing a timer might fire again and again before anything arrives, and copies would pile up without limit. The
/// scheduler does not let a node send what is on its way to the same addressee `equal` times, as long as it has another choice.
template <Protocol P>
class AllOrdersOf {
 public:
  AllOrdersOf(const P& p, const Setting& setting, const Voters& voters, const OrderLimits& limits = {})
      : p_(p), setting_(setting), limits_(limits), faults_(timed(setting)), votes_(voters), drawn_(p, setting_, faults_), sort_(p, setting.nodes, faults_, setting.chances), bytes_(setting.nodes, faults_) {
    if (!limits.names && !sort_.names().empty()) law_.emplace(p, std::vector{sort_.names()});
  }

  /// Throws OrdersIds if participants that were to stand for each other turn out to be told apart.
  AllOrders take() {
    begin();
    while (!next_.empty()) {
      const bool small = states_.size() <= limits_.small;
      if (!stopped_.empty() || states_.size() >= limits_.states || (!small && next_.top().first < limits_.unlikely)) break;
      const std::uint32_t id = next_.top().second;
      next_.pop();
      if (!states_[id].known) expand(id);
    }
    if (stopped_.empty() && states_.size() >= limits_.states) stopped_ = "there are more states than are taken";
    AllOrders orders;
    orders.stopped = stopped_;
    for (const State& state : states_) {
      writer_.state(state.known ? state.kind : AllOrders::kBeyond);
      orders.whole = orders.whole && state.known;
      for (std::uint32_t c = state.first; c < state.first + state.count; ++c) {
        writer_.choice();
        for (std::uint32_t b = choices_[c].first; b < choices_[c].second; ++b) writer_.branch(branches_[b].to, branches_[b].chance);
      }
    }
    orders.process = writer_.take(), orders.timing = faults_.timing;
    return orders;
  }

 private:
  struct State {
    double odds = 0;  // of the likeliest way
    std::uint32_t first = 0, count = 0;
    DecisionProcess::Kind kind = 0;
    bool known = false;
  };
  struct Offer {
    Step step;
    Handled<P> handled;
    bool piles_up;
  };

  static Faults timed(const Setting& setting) {
    Faults faults = faults_of_run(setting);
    faults.timing = setting.faults.timing;
    return faults;
  }

  void begin() {
    const std::string before_all(1, '\xfe');
    table_.insert(before_all);
    states_.push_back({.odds = 1, .first = 0, .count = 1, .kind = 1 + static_cast<int>(Outcome::blocked), .known = true});
    branch_out(0, [&](World<P>& w) {
      clear(w, setting_.nodes, 1, faults_);
      commitlab::begin(w, 0, votes_(0, chance_));
    });
    if (!stopped_.empty()) states_[0].known = false, states_[0].count = 0;
  }

  void expand(std::uint32_t id) {
    bytes_.read(table_[id], w_);
    offer();
    const auto fine = [](const Offer& it) { return !it.piles_up; };
    const bool all = std::none_of(offers_.begin(), offers_.end(), fine);
    states_[id].first = static_cast<std::uint32_t>(choices_.size());
    states_[id].known = true;
    const std::size_t branches = branches_.size(), choices = choices_.size();
    for (const Offer& it : offers_) {
      if (it.piles_up && !all) continue;
      ++states_[id].count;
      branch_out(id, [&](World<P>& w) { w = w_, drawn_(w, it.step, it.handled, chance_); });
      if (stopped_.empty()) continue;
      states_[id].known = false, states_[id].count = 0;
      branches_.resize(branches), choices_.resize(choices);
      return;
    }
  }

  /// Is it too much to go on?
  bool stops() {
    if (chance_.ways() > limits_.ways) stopped_ = "one event can come out in more ways than can be gone through";
    else if (branches_.size() * setting_.nodes > limits_.work) stopped_ = "there are more choices than are taken";
    else if (reached(limits_.bounds, 8) || past_with_growth()) stopped_ = limits_.bounds->reason();
    return !stopped_.empty();
  }
  /// Before the table of states is copied into a larger one.
  bool past_with_growth() const {
    constexpr std::uint64_t kAtOnce = 1 << 16;  // bytes of a state, at most, about
    const std::uint64_t growth = table_.growth(kAtOnce);
    return growth > (1 << 24) && limits_.bounds != nullptr && limits_.bounds->pass_with(growth);
  }

  /// All that may happen next in w_, but for faults.
  void offer() {
    offers_.clear();
    const bool synchronous = faults_.timing == Timing::synchronous;
    NodeSet waiting;
    w_.up.each([&](NodeId id) {
      if (w_.slot(id).part == Part::waiting) waiting.add(id);
    });
    w_.faults.left = {};
    each_choice(p_, w_, [&](const Step& step, const Handled<P>& handled) {
      if (law_) law_->look(w_, step, handled);
      if (synchronous && !waiting.empty() && (step.event != Event::start || step.node != waiting.lowest())) return;
      offers_.push_back({step, handled, piles_up(step, handled)});
    });
    w_.faults.left = faults_.left;
  }

  bool piles_up(const Step& step, const Handled<P>& handled) const {
    bool too_many = false;
    for (const auto& effect : handled.out.list()) {
      if (effect.what != Do::send) continue;
      effect.to.each([&](NodeId to) {
        const typename World<P>::Envelope envelope{step.node, to, 0, effect.message};
        too_many = too_many || std::count(w_.flight.begin(), w_.flight.end(), envelope) >= static_cast<std::ptrdiff_t>(limits_.equal);
      });
    }
    return too_many;
  }

  /// One choice, made once for each way in which its draws can come out.
  void branch_out(std::uint32_t from, auto&& make) {
    const auto first = static_cast<std::uint32_t>(branches_.size());
    const double odds = states_[from].odds;
    chance_ = EveryChance(0);
    do {
      chance_.rewind();
      make(after_);
      const std::uint32_t number = number_of_draws();
      branches_.push_back({reach(odds * doubles_[number]), number});
    } while (!stops() && chance_.next());
    choices_.emplace_back(first, static_cast<std::uint32_t>(branches_.size()));
  }

  /// The state of the world as it is after a choice.
  std::uint32_t reach(double odds) {
    const Outcome now = outcome(p_, after_);
    const bool over = now == Outcome::breaks || (!Acts<P> && !Suspects<P> && at_rest(after_, 0));
    std::string end;
    if (over) end = {'\xff', static_cast<char>(now)};  // what is left behind makes no difference
    if (!over && !limits_.names) sort_(after_);
    const auto found = table_.insert(over ? std::string_view(end) : bytes_.of(after_));
    if (found.fresh) states_.push_back({.odds = 0, .kind = static_cast<DecisionProcess::Kind>(1 + static_cast<int>(now)), .known = over});
    State& state = states_[found.id];
    if (!state.known && odds > state.odds) state.odds = odds, next_.push({odds, found.id});
    return found.id;
  }

  std::uint32_t number_of_draws() {
    return odds_.of(chance_, [&](const Rational& product) {
      const std::uint32_t number = writer_.number(product);
      if (doubles_.size() <= number) doubles_.resize(number + 1);
      doubles_[number] = to_double(product);
      return number;
    });
  }

  const P& p_;
  const Setting setting_;
  const OrderLimits limits_;
  const Faults faults_;
  const Voters votes_;
  const DrawnStep<P> drawn_;
  SortedParticipants<P> sort_;
  std::optional<RenamingLaw<P>> law_;
  WorldBytes<P> bytes_;
  EveryChance chance_{0};
  World<P> w_{}, after_{};
  PartTable table_;
  std::vector<State> states_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> choices_;  // their branches
  std::vector<DecisionProcess::Branch> branches_;
  std::priority_queue<std::pair<double, std::uint32_t>> next_;
  std::vector<Offer> offers_;
  DrawnOdds odds_;
  std::vector<double> doubles_;  // of the numbers
  DecisionWriter writer_;
  std::string stopped_{};
};

/// The same; a protocol that orders ids, though it does not say so, keeps its names.
template <Protocol P>
AllOrders all_orders(const P& p, const Setting& setting, const Voters& voters, OrderLimits limits = {}) {
  if (!limits.names) {
    try {
      return AllOrdersOf<P>(p, setting, voters, limits).take();
    } catch (const OrdersIds&) {
      limits.names = true;
    }
  }
  return AllOrdersOf<P>(p, setting, voters, limits).take();
}

/// Of one transaction of a setting whose votes are drawn by `voters`.
template <Protocol P>
OddsRange odds_range(const P& p, const Setting& setting, const Voters& voters, const OrderLimits& limits = {}) {
  const auto begin = std::chrono::steady_clock::now();
  OddsRange range;
  range.refused = why_no_range(setting), range.timing = setting.faults.timing;
  if (range.refused.empty()) range = solve(all_orders(p, setting, voters, limits), limits.bounds);
  range.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return range;
}

}  // namespace commitlab
