// Every run of one transaction in virtual time, as a Markov chain: the simulator itself is asked, at each event, once for each way
// in which chance can have it. Its moments are the states, so runs that come to equal moments are one from there.
#pragma once

#include <cmath>
#include <memory>
#include <queue>
#include <unordered_map>
#include <utility>

#include "checker/decisions.hpp"
#include "checker/every_chance.hpp"
#include "checker/moment.hpp"
#include "checker/part_table.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// A chain whose kinds are 1 + Outcome, of the world as it is at that moment, or kBeyond; its rewards are messages and forced writes.
struct Unfolded {
  static constexpr DecisionProcess::Kind kBeyond = 1 + kOutcomes;  // what comes after such a moment has not been looked at
  static constexpr std::size_t kMessages = 0, kForced = 1;

  DecisionProcess chain;
  bool whole = true;  // no moment is beyond
};

/// Delays are taken at their means. A run is given up at its horizon, as when it is simulated. Moments are taken in the order of their odds.
struct UnfoldLimits {
  std::uint32_t moments = 150'000;
  std::uint32_t small = 5'000;  // a chain of so many moments at most is made whole
  double beyond = 1e-10;        // of another, so much of the odds may be left beyond, about
};

/// Delays that are constant: each distribution at its mean, to the nanosecond.
Delays steady(const Delays& delays);
bool is_steady(const Delays& delays);

template <Protocol P>
class Unfolding {
 public:
  Unfolding(const P& p, Setting setting, const Voters& voters)
      : setting_(alone(std::move(setting))), votes_(voters), run_(p, setting_, votes_, watch_), moment_(setting_) {}

  Unfolded take(const UnfoldLimits& limits = {}) {
    run_.start_run(EveryChance(0));
    reach(1);
    for (std::uint64_t most = 32 * std::uint64_t{limits.moments}; most > 0 && !next_.empty() && left_ > limits.beyond; --most) {
      if (moments_.size() >= limits.moments) break;
      const std::uint32_t id = next_.top().second;
      next_.pop();
      spread(id);
    }
    for (std::uint32_t id = 0; id < moments_.size() && moments_.size() <= limits.small; ++id)
      if (!moments_[id].expanded()) expand(id);
    for (const Known& known : moments_) {
      writer_.state(known.expanded() ? known.kind : Unfolded::kBeyond);
      result_.whole = result_.whole && known.expanded();
      if (!known.expanded() || known.over) {
        writer_.stay();
        continue;
      }
      writer_.choice();
      for (std::uint32_t i = known.first; i < known.first + known.count; ++i) writer_.branch(branches_[i].to, branches_[i].chance);
      writer_.reward(Unfolded::kMessages, known.messages), writer_.reward(Unfolded::kForced, known.forced);
    }
    result_.chain = writer_.take();
    return std::move(result_);
  }

 private:
  /// Notes how a transaction ends.
  struct Ending : Unwatched {
    bool over = false;
    Outcome outcome{};
    void end(const World<P>&, const TransactionEnd& end) { over = true, outcome = end.outcome; }
  };
  using Run = Simulation<P, Voters, Ending, EveryChance>;
  template <class... T>
  static std::tuple<std::remove_cvref_t<T>...> values(std::tuple<T...>);
  using State = decltype(values(std::declval<Run&>().state()));
  struct Known {
    std::unique_ptr<State> state{};  // until it is expanded
    double odds = 0, queued = 0;     // that have come here and not yet gone on, about, and had when it was queued last
    std::uint32_t first = 0, count = 0;
    Rational messages{}, forced{};
    DecisionProcess::Kind kind = 0;
    int spread = 0;  // so many times its odds have gone on
    bool over = false;
    bool expanded() const { return over || count > 0; }
  };
  static constexpr double kNothing = 1e-15;
  static constexpr int kLongest = 64;  // events without a draw between two moments

  static Setting alone(Setting setting) {
    setting.transactions = 1;
    setting.delays = steady(setting.delays);
    return setting;
  }

  const TransactionEnd& end() { return std::get<kLive>(run_.state())[0].end; }

  /// The odds of a moment go on to those that follow it.
  void spread(std::uint32_t id) {
    if (moments_[id].over) return;
    if (!moments_[id].expanded()) expand(id);
    const double odds = std::exchange(moments_[id].odds, 0);
    left_ -= odds;
    moments_[id].queued = 0;
    ++moments_[id].spread;
    if (odds <= kNothing) return;
    for (std::uint32_t i = moments_[id].first; i < moments_[id].first + moments_[id].count; ++i) send(branches_[i].to, odds * doubles_[branches_[i].chance]);
  }
  void send(std::uint32_t to, double odds) {
    Known& known = moments_[to];
    if (known.over) return;
    left_ += odds;
    // It is queued when it first comes, and whenever its odds have doubled since. What goes round in circles becomes less urgent.
    known.odds += odds;
    if (known.odds <= 2 * known.queued) return;
    known.queued = known.odds;
    next_.push({std::ldexp(known.odds, -known.spread), to});
  }

  void expand(std::uint32_t id) {
    const std::unique_ptr<State> state = std::move(moments_[id].state);
    const auto first = static_cast<std::uint32_t>(branches_.size());
    Rational messages, forced;
    run_.chance() = EveryChance(0);
    do {
      run_.state() = *state;
      run_.chance().rewind();
      watch_.over = false;
      const Costs before = end().costs;
      for (int events = 0; run_.chance().used() == 0 && events < kLongest && run_.advance(); ++events) continue;
      const std::uint32_t number = odds();
      if (const auto sent = end().costs.messages - before.messages; sent > 0) messages += writer_.value(number) * sent;
      if (const auto written = end().costs.forced - before.forced; written > 0) forced += writer_.value(number) * written;
      branches_.push_back({reach(0), number});
    } while (run_.chance().next());
    Known& known = moments_[id];
    known.first = first, known.count = static_cast<std::uint32_t>(branches_.size()) - first;
    known.messages = std::move(messages), known.forced = std::move(forced);
  }

  /// The moment of the run as it is.
  std::uint32_t reach(double odds) {
    std::string over;
    if (watch_.over) over = {'\xff', static_cast<char>(watch_.outcome)};  // what is left behind makes no difference
    const auto found = known_.insert(watch_.over ? std::string_view(over) : moment_.of(run_));
    if (!found.fresh) return found.id;
    Known known;
    known.over = watch_.over;
    known.kind = static_cast<DecisionProcess::Kind>(1 + static_cast<int>(watch_.over ? watch_.outcome : outcome(std::get<0>(run_.state()))));
    if (!known.over) known.state = std::make_unique<State>(run_.state());
    moments_.push_back(std::move(known));
    if (odds > 0) send(found.id, odds);
    return found.id;
  }

  /// The product of the odds of the draws as they came out, by its place in the table.
  std::uint32_t odds() {
    key_.clear();
    for (const auto& draw : run_.chance().draws()) key_.append(reinterpret_cast<const char*>(&draw), sizeof draw);
    const auto found = odds_.find(key_);
    if (found != odds_.end()) return found->second;
    Rational product = 1;
    for (const auto& draw : run_.chance().draws()) product *= EveryChance::odds_of(draw);
    const std::uint32_t number = writer_.number(product);
    if (doubles_.size() <= number) doubles_.resize(number + 1);
    doubles_[number] = to_double(product);
    return odds_.emplace(key_, number).first->second;
  }

  static constexpr std::size_t kLive = 7;  // in a run's state

  const Setting setting_;
  Voters votes_;
  Ending watch_;
  Run run_;
  Moment<P> moment_;
  PartTable known_;
  std::vector<Known> moments_;
  std::vector<DecisionProcess::Branch> branches_;
  std::priority_queue<std::pair<double, std::uint32_t>> next_;
  std::vector<double> doubles_;  // of the numbers
  double left_ = 0;              // all odds of moments that have not gone on
  DecisionWriter writer_{{"messages", "forced writes"}};
  std::unordered_map<std::string, std::uint32_t> odds_;
  std::string key_;
  Unfolded result_;
};

}  // namespace commitlab
