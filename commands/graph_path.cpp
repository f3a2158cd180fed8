#include "commands/graph_path.hpp"

#include <algorithm>
#include <optional>

#include "checker/replay_words.hpp"
#include "commands/refusal.hpp"
#include "commands/values.hpp"

namespace commitlab {

// Which of the choices of a world is meant; nothing if that is not one alone.
static std::optional<std::size_t> choice_of(const FrozenGraph& graph, std::uint32_t world, const std::string& line) {
  const auto written = parts_of(line);
  std::optional<std::size_t> best;
  Fit fit_of_best = Fit::event;  // what happens otherwise than it is written is not meant
  for (std::uint64_t edge = graph.first_edge[world]; edge < graph.first_edge[world + 1]; ++edge) {
    const Fit its = fit(written, parts_of(told(graph.happening(graph.edges[edge]).line)));
    if (its <= Fit::event || its < fit_of_best) continue;
    best = its == fit_of_best ? std::nullopt : std::optional(static_cast<std::size_t>(edge - graph.first_edge[world]));
    fit_of_best = its;
  }
  return best;
}

GraphPath path_of(const FrozenGraph& graph, const std::vector<std::string>& votes, const std::vector<PlayLine>& lines) {
  const auto start = std::find_if(graph.starts.begin(), graph.starts.end(), [&](const auto& its) { return its.votes == votes; });
  if (start == graph.starts.end()) throw refusal(kBadInput, "E1219", "", "nobody starts with these votes");
  GraphPath path{.start = start->world};
  std::uint32_t world = path.start;
  for (const auto& line : lines) {
    if (is_end(line.text)) break;
    const auto choice = choice_of(graph, world, line.text);
    if (!choice) throw refusal(kBadInput, "E1707", "", in_quotes(line.text) + " cannot happen there, or can in several ways");
    path.choices.push_back(*choice);
    world = graph.edges[graph.first_edge[world] + *choice].to;
    if (world < graph.worlds) continue;
    const std::string message = "step " + std::to_string(path.choices.size()) + " of the play leads beyond the nearest " + std::to_string(graph.worlds) + " worlds";
    throw refusal(kUsage, "E1606", "--max-states", message, "more of them, or fewer faults");
  }
  return path;
}

}  // namespace commitlab
