// Blocking as a quantity: simulates a transaction again and again, and watches who is in doubt from when to when.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "checker/bounds.hpp"
#include "checker/doubt.hpp"
#include "checker/run_state.hpp"
#include "sim/votes.hpp"

namespace commitlab {

/// Watches runs of one transaction each, and adds up. What a handler changes, it changes when it begins: as `run` tells it.
template <Protocol P>
class DoubtWatch : public Unwatched {
 public:
  using Effect = typename EffectsOf<P>::Effect;

  /// `times` ascend, and none is past the horizon.
  DoubtWatch(const P& p, const Setting& setting, const std::vector<Nanoseconds>& times)
      : p_(p),
        horizon_(setting.delays.horizon),
        times_(times),
        parts_(setting.nodes),
        at_(times.size(), Runs(setting.nodes)),
        blocked_(setting.nodes) {
    for (const ScriptedFault& fault : setting.script)
      if (fault.at < 0) unheard_.push_back(&fault);
  }

  void begin(Nanoseconds, const World<P>&, std::uint32_t, std::uint8_t, NodeSet) {
    std::fill(parts_.begin(), parts_.end(), Part{});
    now_in_doubt_ = passed_ = 0;
    last_ = {};
    unsettled_ = false;
  }

  void step(Nanoseconds now, const World<P>& w, const Step& step, const Handled<P>& handled) {
    settle(w);
    hear(step, handled);
    Part& part = parts_[index(step.node)];
    if (part.deciding && runs_handler(step.event)) release(part, part.decided_at);  // it had no time to pass: its node is at work again
    last_ = step.node;
    last_at_ = now;
    last_voted_ = runs_handler(step.event) && casts_vote(w, step, handled);
    unsettled_ = true;
  }

  /// After each event of the simulation, whose nodes are these.
  void after(const World<P>& w, const auto& nodes) {
    settle(w);
    for (std::size_t i = 1; i < parts_.size(); ++i)
      if (parts_[i].deciding) release(parts_[i], std::max({parts_[i].decided_at, nodes[i].busy_until, nodes[i].down_since}));
  }

  void end(const World<P>& w, const TransactionEnd& end) {
    settle(w);
    pass(horizon_ + 1);  // whoever is at rest in doubt stays so
    ++blocked_[now_in_doubt_];
    if (end.outcome == Outcome::breaks) ++breaks_;
    close_ = std::max(end.ended, horizon_);
  }

  /// The run is given up, and does not count.
  void forget() {
    for (std::size_t i = 0; i < passed_with_.size(); ++i) --at_[i][passed_with_[i]];
  }

  /// After each run.
  void finish() {
    passed_with_.clear();
    for (Part& part : parts_) {
      if (!part.voted) continue;
      if (part.in_doubt) part.doubt += close_ - part.since;
      doubts_.push_back({part.doubt, part.in_doubt});
      const bool held = part.released < 0;
      locks_.push_back({(held ? close_ : part.released) - part.voted_at, held});
    }
  }

  Doubt told() {
    Doubt told{.in_doubt = durations(doubts_), .locks = durations(locks_), .blocked = how_many(blocked_), .breaks = breaks_};
    for (std::size_t i = 0; i < times_.size(); ++i) told.curve.push_back({times_[i], how_many(at_[i])});
    for (const ScriptedFault* fault : unheard_) told.unheard.push_back(fault->words);
    return told;
  }

 private:
  using Runs = std::vector<std::uint64_t>;  // [how many participants]

  struct Part {
    bool voted = false, in_doubt = false;
    bool deciding = false;  // it has just decided: when it is done is not known yet
    Nanoseconds voted_at = 0, since = 0, decided_at = 0;
    Nanoseconds doubt = 0;       // all of it that is over
    Nanoseconds released = -1;   // its locks
  };

  /// What the last step has made of its node.
  void settle(const World<P>& w) {
    if (!unsettled_) return;
    unsettled_ = false;
    if (last_ == kCoordinator) return;
    Part& part = parts_[index(last_)];
    const auto& slot = w.slot(last_);
    bool in_doubt = w.is_up(last_);
    if constexpr (Doubts<P>) in_doubt = in_doubt && p_.in_doubt(slot.state);  // also where it has decided: what it says of itself counts
    else in_doubt = in_doubt && !slot.decided.now() && (part.voted || last_voted_);
    const bool holds_on = in_doubt && slot.decided.now();
    if (!part.voted && (in_doubt || last_voted_)) part.voted = true, part.voted_at = last_at_;
    if (part.voted && part.released < 0 && !part.deciding && slot.decided.ever() && !holds_on) part.deciding = true, part.decided_at = last_at_;
    if (in_doubt == part.in_doubt) return;
    pass(last_at_);
    part.in_doubt = in_doubt;
    if (in_doubt) part.since = last_at_, ++now_in_doubt_;
    else part.doubt += last_at_ - part.since, --now_in_doubt_;
  }

  /// Counts whom the moments before `until` find in doubt.
  void pass(Nanoseconds until) {
    for (; passed_ < times_.size() && times_[passed_] < until; ++passed_) ++at_[passed_][now_in_doubt_];
    passed_with_.resize(passed_, now_in_doubt_);
  }

  static void release(Part& part, Nanoseconds at) { part.deciding = false, part.released = at; }

  /// Does this handler cast a yes vote, though a crash may cut it? Where a protocol does not tell who is in doubt, that is the first in
  /// which a yes-voter writes or sends and does not decide.
  bool casts_vote(const World<P>& w, const Step& step, const Handled<P>& handled) const {
    const auto effects = handled.out.list();
    const auto done = effects.first(std::min<std::size_t>(step.cut, effects.size()));
    if constexpr (Doubts<P>) return p_.in_doubt(handled.after) && (!done.empty() || !step.nodes.empty());
    const auto does = [&](auto... what) {
      return std::any_of(done.begin(), done.end(), [&](const Effect& effect) { return (... || (effect.what == what)); });
    };
    const bool told = does(Do::send, Do::force, Do::write) || !step.nodes.empty();
    return w.slot(step.node).vote == Vote::yes && told && !does(Do::decide);
  }

  void hear(const Step& step, const Handled<P>& handled) {
    if (unheard_.empty() || !runs_handler(step.event)) return;
    for (const Effect& effect : handled.out.list())
      std::erase_if(unheard_, [&](const ScriptedFault* fault) {
        return fault->node == step.node && begins_with_words(words::effect<P>(effect), fault->words);
      });
  }

  const P& p_;
  const Nanoseconds horizon_;
  const std::vector<Nanoseconds>& times_;
  std::vector<Part> parts_;  // [node]
  std::size_t now_in_doubt_ = 0, passed_ = 0;
  std::vector<std::size_t> passed_with_{};  // of this run: how many were in doubt, at each time that has passed
  NodeId last_{};
  Nanoseconds last_at_ = 0, close_ = 0;
  bool last_voted_ = false, unsettled_ = false;
  std::vector<Observed> doubts_{}, locks_{};
  std::vector<Runs> at_;
  Runs blocked_;
  std::uint64_t breaks_ = 0;
  std::vector<const ScriptedFault*> unheard_{};
};

/// Of `runs` transactions, at least one, or of those that are over when bounds are reached. `times`, in nanoseconds since a transaction
/// began, ascend to the horizon at most.
template <Protocol P>
Doubt blocking(const P& p, Setting setting, const Voters& voters, std::uint64_t seed, std::uint64_t runs,
               const std::vector<Nanoseconds>& times, const Limits& limits = {}) {
  const auto begin = std::chrono::steady_clock::now();
  setting.transactions = 1;
  DoubtWatch<P> watch(p, setting, times);
  Voters votes(voters);
  Simulation simulation(p, setting, votes, watch);
  const auto state = simulation.state();  // references
  Bounds bounds(limits);
  std::uint64_t run = 0;
  for (; run < runs; ++run) {
    simulation.start_run(Rng::stream(seed, run));
    while (!bounds.reached() && simulation.advance()) watch.after(simulation.world(), RunState::nodes(state));
    if (bounds.is_reached()) break;
    watch.finish();
  }
  if (run < runs) watch.forget();
  Doubt doubt = watch.told();
  doubt.runs = run, doubt.stopped = bounds.reason();
  doubt.seed = seed;
  doubt.horizon = setting.delays.horizon;
  doubt.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return doubt;
}

}  // namespace commitlab
