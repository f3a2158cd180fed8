// Solving a part of a Markov chain that runs in circles, by taking its states away one at a time.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

#include "checker/part_of_verb.hpp"

namespace commitlab {

/// States 0, 1, ... that a run passes through until it leaves them all; `Number` is Rational or Enclosure. A state is taken away by
/// leading those before it straight to those after it. The chance to leave a state is summed from the chances of the ways out and
/// never taken from 1 (Grassmann, Taksar and Heyman 1985): no digits cancel, so that doubles rounded outwards stay as near to each
/// other however rarely a run leaves.
template <typename Number>
class Elimination {
 public:
  /// `bounds`, if any, are of time and memory: see stopped().
  explicit Elimination(std::size_t states, Bounds* bounds = nullptr)
      : bounds_(bounds), out_(states), in_(states), exit_(states), leaving_(states), gone_(states) {}

  std::size_t states() const { return out_.size(); }
  /// A way from one state to another, or to itself; several between the same states are added.
  void add(std::uint32_t from, std::uint32_t to, const Number& chance) {
    if (from == to) return;  // It makes a run stay longer, and the ways out alone tell how long.
    for (Edge& edge : out_[from])
      if (edge.state == to) {
        edge.chance += chance;
        return;
      }
    out_[from].push_back({to, chance});
    in_[to].push_back(from);
  }
  /// A way out of all the states.
  void add_exit(std::uint32_t from, const Number& chance) { exit_[from] += chance; }

  /// Takes all states away; false if that needs more than `most_work` sums and products. From every state there must be a way out.
  bool run(std::uint64_t most_work) {
    std::priority_queue<std::pair<std::uint64_t, std::uint32_t>, std::vector<std::pair<std::uint64_t, std::uint32_t>>, std::greater<>> next;
    for (std::uint32_t s = 0; s < states(); ++s) next.push({cost(s), s});
    std::vector<std::uint32_t> place(states(), kNowhere);
    while (!next.empty()) {
      const auto [promised, s] = next.top();
      next.pop();
      if (gone_[s]) continue;
      if (const std::uint64_t now = cost(s); now > promised) {
        next.push({now, s});
        continue;
      }
      work_ += cost(s) + 1;
      if (work_ > most_work || stops()) return false;
      take_away(s, place);
      for (const Edge& edge : out_[s]) next.push({cost(edge.state), edge.state});
      for (const Edge& edge : before_.back()) next.push({cost(edge.state), edge.state});
    }
    return true;
  }

  /// The sums and products that it took.
  std::uint64_t work() const { return work_; }
  /// Given up at a bound: run() has failed, and what visits() or values() give is of no use.
  bool stopped() const { return stopped_; }

  /// How often each state is visited, where a run begins in state s with chance (or as often as) `starts[s]`.
  std::vector<Number> visits(std::vector<Number> starts) {
    for (const std::uint32_t s : order_) {
      if (stops()) return starts;
      if (starts[s] == Number()) continue;
      const Number passing = starts[s] / leaving_[s];
      for (const Edge& edge : out_[s]) starts[edge.state] += passing * edge.chance;
    }
    for (std::size_t i = order_.size(); i-- > 0;) {
      const std::uint32_t s = order_[i];
      if (stops()) return starts;
      for (const Edge& edge : before_[i]) starts[s] += starts[edge.state] * edge.chance;
      starts[s] /= leaving_[s];
    }
    return starts;
  }

  /// What a run that begins in each state gathers until it leaves, where each visit of s, up to the next state, is worth `worth[s]`.
  std::vector<Number> values(std::vector<Number> worth) {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      if (stops()) return worth;
      const Number own = worth[order_[i]] / leaving_[order_[i]];
      for (const Edge& edge : before_[i]) worth[edge.state] += edge.chance * own;
    }
    for (std::size_t i = order_.size(); i-- > 0;) {
      const std::uint32_t s = order_[i];
      if (stops()) return worth;
      for (const Edge& edge : out_[s]) worth[s] += edge.chance * worth[edge.state];
      worth[s] /= leaving_[s];
    }
    return worth;
  }

 private:
  struct Edge {
    std::uint32_t state = 0;
    Number chance;
  };
  static constexpr std::uint32_t kNowhere = ~std::uint32_t{0};

  bool stops() { return stopped_ = stopped_ || reached(bounds_, 16); }

  std::uint64_t cost(std::uint32_t s) const { return std::uint64_t{in_[s].size()} * (out_[s].size() + 1); }

  /// What comes back to the state that it left is forgotten, as in `add`.
  void take_away(std::uint32_t s, std::vector<std::uint32_t>& place) {
    leaving_[s] = exit_[s];
    for (const Edge& edge : out_[s]) {
      leaving_[s] += edge.chance;
      auto& before = in_[edge.state];
      *std::find(before.begin(), before.end(), s) = before.back();
      before.pop_back();
    }
    std::vector<Edge> before;
    for (const std::uint32_t from : in_[s]) {
      if (stops()) return;
      auto& row = out_[from];
      for (std::uint32_t i = 0; i < row.size(); ++i) place[row[i].state] = i;
      before.push_back({from, row[place[s]].chance});
      const Number passing = before.back().chance / leaving_[s];
      for (const Edge& edge : out_[s]) {
        if (edge.state == from) continue;
        if (place[edge.state] == kNowhere) {
          place[edge.state] = static_cast<std::uint32_t>(row.size());
          row.push_back({edge.state, Number()});
          in_[edge.state].push_back(from);
        }
        row[place[edge.state]].chance += passing * edge.chance;
      }
      exit_[from] += passing * exit_[s];
      std::swap(row[place[s]], row.back());
      for (const Edge& edge : row) place[edge.state] = kNowhere;
      row.pop_back();
    }
    before_.push_back(std::move(before));
    order_.push_back(s);
    gone_[s] = true;
  }

  Bounds* bounds_;
  bool stopped_ = false;
  std::vector<std::vector<Edge>> out_;  // Of a state taken away: to those that were left.
  std::vector<std::vector<std::uint32_t>> in_;
  std::vector<Number> exit_, leaving_;
  std::vector<bool> gone_;
  std::uint64_t work_ = 0;
  std::vector<std::uint32_t> order_;
  std::vector<std::vector<Edge>> before_;  // From those that were left, in the order of `order_`.
};

}  // namespace commitlab
