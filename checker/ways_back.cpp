#include "checker/ways_back.hpp"

namespace commitlab {

WaysBack::WaysBack(const FrozenGraph& graph) : graph_(graph), steps_(graph.edges.size()), first_(graph.worlds + graph.beyond + 1) {
  for (const auto& edge : graph.edges) ++first_[edge.to + 1];
  for (std::size_t world = 1; world < first_.size(); ++world) first_[world] += first_[world - 1];
  std::vector<std::uint64_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t from = 0; from < graph.worlds; ++from)
    for (std::uint64_t i = graph.first_edge[from]; i < graph.first_edge[from + 1]; ++i) steps_[next[graph.edges[i].to]++] = {from, graph.edges[i].move};
}

std::vector<std::uint32_t> WaysBack::distances(const std::vector<bool>& goal, const std::function<bool(const FrozenGraph::Happening&)>& counts) const {
  std::vector<bool> counts_move(graph_.moves.size());
  for (std::size_t move = 0; move < graph_.moves.size(); ++move) counts_move[move] = counts(graph_.happenings[graph_.moves[move]]);
  std::vector<std::uint32_t> distance(goal.size(), FrozenGraph::kNever), found;
  for (std::uint32_t world = 0; world < goal.size(); ++world)
    if (goal[world]) distance[world] = 0, found.push_back(world);
  for (std::size_t at = 0; at < found.size(); ++at) {
    const std::uint32_t to = found[at];
    for (std::uint64_t i = first_[to]; i < first_[to + 1]; ++i) {
      const Step& step = steps_[i];
      if (!counts_move[step.move] || distance[step.from] != FrozenGraph::kNever) continue;
      distance[step.from] = distance[to] + 1;
      found.push_back(step.from);
    }
  }
  return distance;
}

std::vector<std::uint32_t> WaysBack::distances(const std::vector<bool>& goal) const {
  return distances(goal, [](const FrozenGraph::Happening&) { return true; });
}

}  // namespace commitlab
