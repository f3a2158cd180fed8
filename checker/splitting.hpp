// The chance of what plain runs never show: importance splitting, level by level of how much that is unlikely has happened.
//
// A level is the number of yes-or-no draws that came out as they less likely do: messages lost, handlers cut by a crash, votes against
// the odds. At each level as many runs go on as at every other (fixed effort: Garvels and Kroese 1998, "A comparison of RESTART
// implementations"), from moments saved by Simulation::state(). A run goes on to its end with nothing unlikely in it. What comes of it
// counts with the odds of that; and the next unlikely thing is made to happen at one of the occasions on the way ("forcing", Lewis and
// Boehm 1984), half of the time picked by the odds, half of the time all alike ("balanced failure biasing", Shahabuddin 1994), so that
// what takes two things of which one is far less likely than the other is found as well. There the next level begins.
//
// Every run has a weight: its odds over those with which it was picked. So the sum is unbiased, whatever is picked and however often:
// by induction over the levels, what is expected of a moment is its weight times the chance of the event from there. When hardly any
// weight is left, or at the last level, runs go on as usual to their ends, which is unbiased as well. What only delays can bring about
// is no more often seen than in plain runs.
#pragma once

#include <algorithm>
#include <chrono>
#include <mutex>
#include <utility>
#include <vector>

#include "checker/bounds.hpp"
#include "checker/estimate.hpp"
#include "checker/mean_interval.hpp"
#include "checker/run_state.hpp"
#include "checker/share_work.hpp"
#include "checker/unlikely.hpp"
#include "sim/votes.hpp"

namespace commitlab {

template <Protocol P>
class Splitting {
 public:
  Splitting(const P& p, Setting setting, const Voters& voters, Outcome event, const Bounds& bounds = Bounds())
      : setting_(alone(std::move(setting))), votes_(voters), run_(p, setting_, votes_, watch_), event_(event), bounds_(bounds) {}

  /// Those of time and memory: once they are reached, what replication() gives is of no use.
  const Bounds& bounds() const { return bounds_; }

  /// An unbiased estimate of the chance of the event. `effort`: runs at each level, at least one.
  double replication(const Rng& rng, std::uint32_t effort) {
    run_.start_run(Unlikely(rng));
    saved_.assign(effort, Moment{run_.state(), {}, 1.0 / effort});
    sum_ = 0;
    for (int level = 0; level < kMostLevels; ++level) {
      next_.clear();
      double left = 0;
      for (const Moment& moment : saved_) left += step(moment);
      if (next_.empty() || bounds_.is_reached()) return sum_;
      if (left < kHardlyAny * sum_) {
        std::swap(saved_, next_);
        break;
      }
      pick(left, effort);
    }
    for (const Moment& moment : saved_) finish(moment);
    return sum_;
  }

  /// How many runs, or ends of runs, have been simulated so far.
  std::uint64_t parts_of_runs() const { return parts_; }

 private:
  static constexpr int kMostLevels = 16;
  static constexpr double kHardlyAny = 1e-3;

  struct Ending : Unwatched {
    Outcome outcome{};
    void end(const World<P>&, const TransactionEnd& end) { outcome = end.outcome; }
  };
  using Run = Simulation<P, Voters, Ending, Unlikely>;
  using State = SavedRun<Run>;
  /// Before an event whose first draws are known.
  struct Moment {
    State state;
    Unlikely::Tape tape{};
    double weight = 0;
  };

  static Setting alone(Setting setting) {
    setting.transactions = 1;
    return setting;
  }

  void go_back_to(const Moment& moment) {
    ++parts_;
    run_.state() = moment.state;
    run_.chance().event(moment.tape);
  }

  /// To the end without anything unlikely. Gives the weight of what is saved for the next level, if there is any.
  double step(const Moment& moment) {
    if (bounds_.is_reached()) return 0;
    auto& chance = run_.chance();
    const bool alike = (chance.source().next() & 1u) != 0;
    go_back_to(moment);
    chance.avoid(alike ? Unlikely::Pick::alike : Unlikely::Pick::by_odds);
    while (!bounds_.reached(32)) {
      before_ = run_.state();
      if (!run_.advance()) break;
      if (chance.noted_now()) std::swap(before_, noted_);
      chance.event();
    }
    const auto& occasions = chance.occasions();
    if (watch_.outcome == event_) sum_ += moment.weight * occasions.none;
    if (occasions.all <= 0) return 0;
    const double picked = (occasions.noted / occasions.all + 1 / static_cast<double>(occasions.many)) / 2;
    next_.push_back({noted_, chance.noted(), moment.weight * occasions.noted / picked});
    return next_.back().weight;
  }

  /// To the end as usual.
  void finish(const Moment& moment) {
    go_back_to(moment);
    run_.chance().let_happen();
    while (!bounds_.reached() && run_.advance()) run_.chance().event();
    if (watch_.outcome == event_) sum_ += moment.weight;
  }

  /// As many of those that came to the next level as of every level, half of the places by weight, half of them alike: what is heavy goes
  /// on several times, each with a part of its weight, and what is light is not forgotten. Places are picked at equal distances.
  void pick(double left, std::uint32_t effort) {
    saved_.clear();
    const double many = static_cast<double>(next_.size()), shift = 1 - run_.chance().source().unit();
    double upto = 0;
    std::uint32_t place = 0;
    for (std::size_t i = 0; i < next_.size(); ++i) {
      const double share = (next_[i].weight / left + 1 / many) / 2;
      const double weight = next_[i].weight / (share * effort);
      upto = i + 1 == next_.size() ? effort : upto + share * effort;
      for (; place < effort && place + shift < upto; ++place) {
        saved_.push_back(next_[i]);
        saved_.back().weight = weight;
      }
    }
  }

  const Setting setting_;
  Voters votes_;
  Ending watch_;
  Run run_;
  const Outcome event_;
  Bounds bounds_;
  State before_{}, noted_{};
  std::vector<Moment> saved_, next_;
  double sum_ = 0;
  std::uint64_t parts_ = 0;
};

inline constexpr std::uint32_t kReplications = 64;
inline constexpr std::uint32_t kMostEffort = 4'000;  // moments that are kept at once, by each thread

/// The chance of the rare event that is asked for, from independent replications, with so many runs at each level of all of them
/// together (but at least two of each), and the interval of their mean. The same for any number of threads.
template <Protocol P>
RareOdds rare_odds(const P& p, const Setting& setting, const Voters& voters, const Sampling& sampling, std::uint64_t runs) {
  static_assert(static_cast<int>(Rare::commits) == static_cast<int>(Outcome::commits) && static_cast<int>(Rare::aborts) == static_cast<int>(Outcome::aborts) &&
                static_cast<int>(Rare::blocked) == static_cast<int>(Outcome::blocked) && static_cast<int>(Rare::breaks) == static_cast<int>(Outcome::breaks));
  const auto begin = std::chrono::steady_clock::now();
  const Rare event = sampling.rare.value();
  const auto effort = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(runs / kReplications, 2, kMostEffort));
  std::vector<double> means(kReplications);
  std::vector<std::uint64_t> parts(kReplications), done;
  Bounds all(sampling.limits);
  std::mutex mutex;
  share_work(sampling.threads, kReplications, [&](std::uint64_t i) {
    if (all.is_reached()) return;
    Splitting<P> splitting(p, setting, voters, static_cast<Outcome>(event), all);
    means[i] = splitting.replication(Rng::stream(~sampling.seed, i), effort);  // of streams that no plain run has
    parts[i] = splitting.parts_of_runs();
    const std::lock_guard lock(mutex);
    all.take(splitting.bounds());
    if (!all.is_reached()) done.push_back(i);
  });
  std::sort(done.begin(), done.end());
  std::vector<double> whole;
  for (const std::uint64_t i : done) whole.push_back(means[i]);
  RareOdds odds = told_of(whole);
  odds.event = event, odds.stopped = all.reason();
  for (const std::uint64_t simulated : parts) odds.parts_of_runs += simulated;
  odds.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return odds;
}

}  // namespace commitlab
