#include "checker/unfold.hpp"

#include <algorithm>
#include <cmath>
#include <queue>
#include <unordered_map>
#include <utility>

namespace commitlab {
namespace {

/// Places moments in time, the likeliest first.
class Unfolder {
 public:
  Unfolder(Moments& moments, Nanoseconds horizon, const UnfoldLimits& limits) : moments_(moments), horizon_(horizon), limits_(limits) {}

  Unfolded take() {
    send(place(Moments::kInitial, 0), 1);
    while (!next_.empty() && left_ > limits_.beyond && moments_.size() < limits_.moments && states_.size() < limits_.states) {
      const State id = next_.top().second;
      next_.pop();
      go_on(id);
      if (stops()) break;
    }
    for (State id = 0; id < states_.size() && states_.size() <= limits_.small && !stops(); ++id) expand(id);
    moments_.settle();
    return written();
  }

 private:
  using State = DecisionProcess::State;
  struct Placed {
    Moments::Id moment = 0;
    Nanoseconds at = 0;
    double odds = 0, queued = 0;  // that have come here and not yet gone on, about, and had when it was queued last
    std::uint32_t first = 0;      // of what follows, in to_
    int times = 0;                // so often its odds have gone on
    bool expanded = false;
  };
  static constexpr double kNothing = 1e-16;
  static constexpr double kFirstMark = 0.01, kSoonest = 0.15, kBetweenMarks = 1.15;
  static constexpr double kSooner = 1.3;  // what is unknown shrinks faster and faster: by such a power of how it has shrunk so far

  /// What is unknown, and after how much work.
  struct Mark {
    double work = 0, unknown = 0;
  };

  /// Is it of no use, or not allowed, to go on?
  bool stops() {
    if (!stopped_.empty()) return true;
    if (!moments_.stopped().empty()) stopped_ = moments_.stopped();
    else if (reached(limits_.bounds, 64)) stopped_ = limits_.bounds->reason();
    else if (limits_.wanted > 0 && will_not_do()) stopped_ = "at the rate at which the unknown rest shrinks, too much of it would be left";
    return !stopped_.empty();
  }

  /// The odds of what has not been looked at are, on a large scale, a falling power of the number of moments, and fall ever faster. Where
  /// even so they would be too many in the end, twice in a row, there is no hope.
  bool will_not_do() {
    const double work = static_cast<double>(moments_.size()) / limits_.moments;
    if (work < kFirstMark || work < marks_.back().work * kBetweenMarks) return false;
    marks_.push_back({work, unknown_});
    if (work < kSoonest) return false;
    const auto earlier = std::find_if(marks_.rbegin(), marks_.rend(), [&](const Mark& mark) { return 2 * mark.work <= work; });
    if (earlier == marks_.rend() || earlier->unknown <= 0 || unknown_ <= 0) return false;
    const double power = kSooner * std::log(unknown_ / earlier->unknown) / std::log(work / earlier->work);
    const bool too_much = unknown_ * std::pow(1 / work, power) > limits_.wanted;
    return std::exchange(looked_bad_, too_much) && too_much;
  }

  /// An end has no time. Who would have to wait beyond the horizon is given up as it is.
  State place(Moments::Id moment, Nanoseconds at) {
    if (!Moments::is_end(moment) && moments_[moment].wait != Moments::kNothingDue && at + moments_[moment].wait > horizon_)
      moment = static_cast<Moments::Id>(moments_[moment].outcome);
    if (Moments::is_end(moment)) at = 0;
    const auto time = times_.try_emplace(at, static_cast<std::uint32_t>(times_.size())).first->second;
    const auto [found, is_new] = places_.try_emplace(std::uint64_t{moment} << 32 | time, static_cast<State>(states_.size()));
    if (is_new) states_.push_back({.moment = moment, .at = at});
    return found->second;
  }

  void expand(State id) {
    if (states_[id].expanded) return;
    const auto [moment, at] = std::pair(states_[id].moment, states_[id].at);
    const auto first = static_cast<std::uint32_t>(to_.size());
    for (const auto& branch : moments_.follow(moment)) to_.push_back(place(branch.to, at + branch.after));
    if (!moments_.worked_out(moment)) return;
    states_[id].first = first, states_[id].expanded = true;
    unknown_ -= states_[id].odds;
  }

  void go_on(State id) {
    expand(id);
    if (!states_[id].expanded) return;
    const double odds = std::exchange(states_[id].odds, 0);
    left_ -= odds;
    states_[id].queued = 0;
    ++states_[id].times;
    if (odds <= kNothing) return;
    std::uint32_t at = states_[id].first;
    for (const auto& branch : moments_.follow(states_[id].moment)) send(to_[at++], odds * chance(branch.chance));
  }
  void send(State to, double odds) {
    Placed& state = states_[to];
    if (Moments::is_end(state.moment)) return;
    left_ += odds;
    if (!state.expanded) unknown_ += odds;
    // It is queued when it first comes, and whenever its odds have doubled since. What goes round in circles becomes less urgent.
    state.odds += odds;
    if (state.odds <= 2 * state.queued) return;
    state.queued = state.odds;
    next_.push({std::ldexp(state.odds, -state.times), to});
  }

  double chance(std::uint32_t number) {
    while (doubles_.size() <= number) doubles_.push_back(to_double(moments_.numbers()[doubles_.size()]));
    return doubles_[number];
  }

  Unfolded written() {
    Unfolded unfolded;
    unfolded.stopped = stopped_;
    DecisionWriter writer({"messages", "forced writes"});
    std::vector<std::uint32_t> numbers;
    for (const Rational& number : moments_.numbers()) numbers.push_back(writer.number(number));
    for (const Placed& state : states_) {
      const auto& known = moments_[state.moment];
      const bool end = Moments::is_end(state.moment);
      writer.state(end || state.expanded ? static_cast<DecisionProcess::Kind>(1 + static_cast<int>(known.outcome)) : Unfolded::kBeyond);
      unfolded.whole = unfolded.whole && (end || state.expanded);
      if (end || !state.expanded) {
        writer.stay();
        unfolded.decided.push_back(Moments::kNoDecision);
        continue;
      }
      writer.choice();
      std::uint32_t at = state.first;
      for (const auto& branch : moments_.follow(state.moment)) {
        writer.branch(to_[at++], numbers[branch.chance]);
        unfolded.decided.push_back(branch.decided == Moments::kNoDecision ? Moments::kNoDecision : state.at + branch.decided);
      }
      writer.numbered_reward(Unfolded::kMessages, numbers[known.messages]), writer.numbered_reward(Unfolded::kForced, numbers[known.forced]);
    }
    unfolded.chain = writer.take();
    return unfolded;
  }

  Moments& moments_;
  const Nanoseconds horizon_;
  const UnfoldLimits limits_;
  std::vector<Placed> states_{};
  std::vector<State> to_{};
  std::unordered_map<std::uint64_t, State> places_{};
  std::unordered_map<Nanoseconds, std::uint32_t> times_{};
  std::priority_queue<std::pair<double, State>> next_{};
  std::vector<double> doubles_{};  // of the numbers
  double left_ = 0;                // all odds of moments that have not gone on
  double unknown_ = 0;             // those of them that have not been looked at
  std::vector<Mark> marks_{{}};
  bool looked_bad_ = false;
  std::string stopped_{};
};

}  // namespace

Unfolded unfold(Moments& moments, Nanoseconds horizon, const UnfoldLimits& limits) { return Unfolder(moments, horizon, limits).take(); }

}  // namespace commitlab
