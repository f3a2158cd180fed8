#include "reports/explorer_data.hpp"

#include <nlohmann/json.hpp>

#include "reports/base64.hpp"
#include "reports/deflated.hpp"
#include "reports/graph_bytes.hpp"
#include "reports/printable.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const std::optional<GraphPath>& path) {
  if (!path) return {};
  return {{"start", path->start}, {"path", path->choices}};
}

static ordered_json json_of(const std::optional<LessonPath>& lesson) {
  if (!lesson) return {};
  ordered_json questions = ordered_json::array();
  for (const auto& [after, ask, choices, answer, because] : lesson->questions)
    questions.push_back({{"after", after}, {"ask", ask}, {"choices", choices}, {"answer", answer}, {"because", because}});
  return {{"about", lesson->about}, {"start", lesson->path.start}, {"path", lesson->path.choices}, {"questions", std::move(questions)}};
}

static ordered_json meta_of(const Explored& about, const FrozenGraph& graph) {
  ordered_json properties = ordered_json::array(), starts = ordered_json::array();
  for (const auto& judged : graph.judged) properties.push_back({{"name", judged.name}, {"plain", plain_name(judged.property)}, {"status", name_of(judged.status)}});
  for (const auto& start : graph.starts) starts.push_back({{"world", start.world}, {"votes", start.votes}});
  return {
      {"scenario", about.scenario},
      {"title", printable(about.title)},
      {"protocol", graph.protocol},
      {"summary", graph.summary},
      {"names", graph.names},
      {"transactions", graph.transactions},
      {"properties", std::move(properties)},
      {"question", about.question},
      {"warnings", about.warnings},
      {"starts", std::move(starts)},
      {"truncated", graph.beyond > 0},
      {"stopped", graph.stopped},
      {"worlds", graph.worlds},
      {"steps", graph.edges.size()},
      {"beyond", graph.beyond},
      {"opens", json_of(about.opens)},
      {"lesson", json_of(about.lesson)},
  };
}

std::string explorer_data(const Explored& about, const FrozenGraph& graph) {
  const ordered_json json = {{"schema", "commitlab-explorer/1"}, {"meta", meta_of(about, graph)}, {"graph", base64(deflated(graph_bytes(graph)))}};
  return json_text(json);
}

}  // namespace commitlab
