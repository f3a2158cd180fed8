// The steps of a frozen graph against their direction: how far is each world from those of some kind?
#pragma once

#include <functional>
#include <vector>

#include "checker/frozen.hpp"

namespace commitlab {

class WaysBack {
 public:
  /// The graph must live as long.
  explicit WaysBack(const FrozenGraph& graph);

  /// The least number of steps from each world, those beyond included, to one of the goals: 0 where it is one, FrozenGraph::kNever where
  /// there is no way. `goal`: [world], as many. Only steps that count are taken.
  std::vector<std::uint32_t> distances(const std::vector<bool>& goal, const std::function<bool(const FrozenGraph::Happening&)>& counts) const;
  /// By steps of any kind.
  std::vector<std::uint32_t> distances(const std::vector<bool>& goal) const;

 private:
  struct Step {
    std::uint32_t from = 0, move = 0;
  };

  const FrozenGraph& graph_;
  std::vector<Step> steps_;            // by the world that they lead to
  std::vector<std::uint64_t> first_;  // of each world, and the number of steps
};

}  // namespace commitlab
