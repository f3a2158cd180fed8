// What the explorer's page knows: the frozen graph of a question, and what it is about.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/frozen.hpp"

namespace commitlab {

/// A way through a frozen graph: a start, and of each world on the way the place among its choices of what happens next, from 0.
struct GraphPath {
  std::uint32_t start = 0;
  std::vector<std::size_t> choices{};
};

/// A run with questions that are asked before it shows their answers.
struct LessonPath {
  struct Question {
    std::size_t after = 0;  // so many steps of the path
    std::string ask{};
    std::vector<std::string> choices{};
    std::size_t answer = 0;  // place among the choices, from 0
    std::string because{};
  };
  std::string about{};
  GraphPath path{};
  std::vector<Question> questions{};
};

struct Explored {
  std::string scenario{}, title{};  // empty if it was built from options
  std::string question{};           // the first line of its plays: "# commitlab-play/1 bank-transfer --crashes 2"
  std::vector<std::string> warnings{};
  std::optional<GraphPath> opens{};  // the page shows the end of it first
  std::optional<LessonPath> lesson{};
};

/// JSON of the schema commitlab-explorer/1: what `meta` in reports/pages/graph.js says, and the graph as graph_bytes(), deflated, in base 64.
/// For a page, `picture` besides, of which it draws: see picture_kit().
enum class DataFor : std::uint8_t { programs, page };
std::string explorer_data(const Explored& about, const FrozenGraph& graph, DataFor reader = DataFor::programs);

}  // namespace commitlab
