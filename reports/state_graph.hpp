// The reachable worlds of a question as a picture in DOT, the language of Graphviz: boxes for worlds, arrows for steps.
#pragma once

#include <string>

#include "checker/frozen.hpp"
#include "reports/about.hpp"

namespace commitlab {

struct StateGraph {
  std::string dot{};
  std::uint64_t worlds = 0, steps = 0, boxes = 0, arrows = 0;
  std::string merged{};  // which worlds are one box, in words; empty: each is one by itself
  std::string stopped{};  // why there are worlds beyond; empty if there are none
};

/// Up to so many worlds, each is a box. Past that, those are one box that cannot be told apart by something coarser: the first of these that
/// leaves no more boxes. Where something asked is broken, and where it is blocked, worlds stay apart from those where it is not.
inline constexpr std::uint64_t kMostBoxes = 250;

StateGraph state_graph(const FrozenGraph& graph);

/// What was written, in words or as JSON.
std::string state_graph_text(const About& about, const StateGraph& drawn, const std::string& file, const Style& style);
std::string state_graph_json(const About& about, const StateGraph& drawn, const std::string& file);

}  // namespace commitlab
