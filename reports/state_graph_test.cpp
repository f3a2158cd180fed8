// All worlds as DOT: every world is in a box, every box is marked as its worlds are, and text stays text.
#include "reports/state_graph.hpp"

#include <algorithm>
#include <sstream>

#include "checker/ask.hpp"
#include "scenarios/catalogue.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

FrozenGraph textbook(std::size_t participants) {
  Question question = ask(participants, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1, Property::NB});
  return find(catalogue(), "3pc-textbook")->studies.freeze(question, {});
}

std::vector<std::string> lines_with(const std::string& text, const std::string& words) {
  std::vector<std::string> found;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    if (line.find(words) != line.npos) found.push_back(line);
  return found;
}

std::uint64_t broken_worlds(const FrozenGraph& graph) {
  return static_cast<std::uint64_t>(std::count_if(graph.broken.begin(), graph.broken.end(), [](auto bits) { return bits != 0; }));
}

}  // namespace

TEST_CASE("of a small graph each world is a box and each step an arrow") {
  const FrozenGraph graph = textbook(1);
  REQUIRE(graph.worlds <= kMostBoxes);
  const StateGraph drawn = state_graph(graph);
  CHECK(drawn.boxes == graph.worlds);
  CHECK(drawn.arrows == graph.edges.size());
  CHECK(drawn.merged.empty());
  CHECK(drawn.dot.starts_with("digraph worlds {\n"));
  CHECK(lines_with(drawn.dot, " -> ").size() == graph.edges.size());
  CHECK(lines_with(drawn.dot, "[label=\"coordinator").size() - lines_with(drawn.dot, " -> w").size() <= graph.worlds);
  CHECK(lines_with(drawn.dot, "style=bold").size() == graph.starts.size());
  CHECK(lines_with(drawn.dot, "p1: idle\\ncan_commit from coordinator to p1\"").size() > 0);
  CHECK(lines_with(drawn.dot, "color=red, fontcolor=red, style=dashed").size() > 0);
}

TEST_CASE("of a larger one worlds are merged, but not those that break something with others") {
  const FrozenGraph graph = textbook(2);
  REQUIRE(graph.worlds > kMostBoxes);
  const StateGraph drawn = state_graph(graph);
  CHECK(drawn.boxes <= kMostBoxes);
  CHECK(drawn.merged == "worlds in which the same nodes are up and in the same states are one box");
  CHECK(lines_with(drawn.dot, drawn.merged).size() == 1);
  CHECK(lines_with(drawn.dot, "  w").size() - lines_with(drawn.dot, " -> ").size() == drawn.boxes);
  std::uint64_t worlds = 0, broken = 0;
  for (const auto& line : lines_with(drawn.dot, "[label=\"coordinator: ")) {
    const auto place = line.find(" worlds\"");
    const std::uint64_t count = place == line.npos ? 1 : std::stoull(line.substr(line.rfind('n', place) + 1));
    worlds += count;
    const bool breaks = line.find("AC1 is broken") != line.npos;
    CHECK(breaks == (line.find("color=red, peripheries=2") != line.npos));
    if (breaks) broken += count;
  }
  CHECK(worlds == graph.worlds);
  CHECK(broken == broken_worlds(graph));
  CHECK(broken > 0);
}

TEST_CASE("a graph that was cut says so, and has one box for all that is beyond") {
  Question question = ask(3, {.left = {.crashes = 1}}, {Property::AC1, Property::NB});
  question.limits.worlds = 3'000;
  const StateGraph drawn = state_graph(find(catalogue(), "2pc")->studies.freeze(question, {}));
  CHECK(drawn.boxes <= kMostBoxes);
  CHECK(drawn.stopped == "the limit of 3000 worlds was reached");
  CHECK(lines_with(drawn.dot, "not all: the limit of 3000 worlds was reached").size() == 1);
  CHECK(lines_with(drawn.dot, "  beyond [label=\"beyond the limit\", shape=plaintext];").size() == 1);
  CHECK(lines_with(drawn.dot, " -> beyond ").size() > 0);
}

TEST_CASE("names from a scenario stay text in DOT") {
  Question question = ask(1, {}, {Property::AC1});
  question.names[1] = "a\"]; b [label=\"\\\x1b";
  const std::string dot = state_graph(find(catalogue(), "2pc")->studies.freeze(question, {})).dot;
  CHECK(dot.find("a\\\"]; b [label=\\\"\\\\?: idle") != std::string::npos);
  CHECK(dot.find('\x1b') == std::string::npos);
}

}  // namespace commitlab
