#include "reports/state_graph.hpp"

#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <utility>

#include "reports/json_parts.hpp"
#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

/// What of a world its box shows, from all of it to hardly anything.
enum class Shown : std::uint8_t { all, states, kinds, decisions, counts };

std::string_view merged_words(Shown shown) {
  switch (shown) {
    case Shown::all: return "";
    case Shown::states: return "worlds in which the same nodes are up and in the same states are one box";
    case Shown::kinds: return "worlds in which the same nodes are up and in states of the same name are one box";
    case Shown::decisions: return "worlds in which the same nodes are up and have decided alike are one box";
    case Shown::counts: return "worlds in which as many nodes are down, and as many have decided so, are one box";
  }
  return "";
}

/// "prepared" of "prepared(told={1,2})".
std::string kind_of(const std::string& state) { return state.substr(0, state.find('(')); }

class Drawing {
 public:
  explicit Drawing(const FrozenGraph& graph) : graph_(graph) {
    for (shown_ = Shown::all; !merge() && shown_ != Shown::counts;) shown_ = static_cast<Shown>(static_cast<int>(shown_) + 1);
  }

  StateGraph draw() {
    StateGraph drawn{.worlds = graph_.worlds, .steps = graph_.edges.size(), .boxes = boxes_.size(), .merged = std::string(merged_words(shown_)), .stopped = graph_.stopped};
    dot_ = "digraph worlds {\n  graph [labelloc=t, fontname=\"Helvetica\", label=" + quoted(title()) + "];\n";
    dot_ += "  node [shape=box, fontname=\"Helvetica\", fontsize=10];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
    for (std::size_t box = 0; box < boxes_.size(); ++box) draw_box(box);
    drawn.arrows = shown_ == Shown::all ? draw_steps() : draw_arrows();
    if (beyond_) dot_ += "  beyond [label=\"beyond the limit\", shape=plaintext];\n";
    drawn.dot = std::move(dot_) + "}\n";
    return drawn;
  }

 private:
  struct Box {
    std::string words{};
    std::uint32_t first = 0;  // of its worlds
    std::uint64_t worlds = 0;
    bool starts = false;
  };

  /// Puts each world into its box; false if there are too many.
  bool merge() {
    boxes_.clear(), box_of_.clear();
    std::map<std::string, std::uint32_t> known;
    for (std::uint32_t world = 0; world < graph_.worlds; ++world) {
      const std::string words = words_of(world);
      const std::string key = shown_ == Shown::all ? std::to_string(world) : words;
      const auto [place, fresh] = known.try_emplace(key, static_cast<std::uint32_t>(boxes_.size()));
      if (fresh) boxes_.push_back({words, world, 0, false});
      ++boxes_[place->second].worlds;
      box_of_.push_back(place->second);
      if (shown_ != Shown::counts && boxes_.size() > kMostBoxes) return false;
    }
    for (const auto& start : graph_.starts) boxes_[box_of_[start.world]].starts = true;
    return true;
  }

  std::string words_of(std::uint32_t world) const {
    std::string words;
    const NodeSet up = graph_.headers[graph_.header(world)].up;
    std::map<std::string, int> counts;
    for (std::size_t node = 0; node < graph_.nodes(); ++node) {
      const auto& parts = graph_.owns[node][graph_.own(world, node)];
      std::string its;
      for (const NodeView& part : parts) its += (its.empty() ? "" : ", ") + part_words(part, up.has(node_id(node)));
      if (shown_ == Shown::counts) ++counts[its];
      else words += graph_.names[node] + ": " + its + "\n";
    }
    for (const auto& [its, count] : counts) words += std::to_string(count) + " " + its + "\n";
    if (shown_ == Shown::all) words += flight_words(world);
    for (std::size_t i = 0; i < graph_.judged.size(); ++i)
      if ((graph_.broken[world] >> i & 1u) != 0) words += graph_.judged[i].name + " is broken\n";
    if (graph_.blocked[world] == FrozenGraph::Blocked::yes) words += "blocked\n";
    return words;
  }
  std::string part_words(const NodeView& part, bool up) const {
    const std::string decided = part.decided.empty() ? "undecided" : "decided " + part.decided;
    if (!up) return part.decided.empty() ? "down" : "down, " + decided;
    if (shown_ >= Shown::decisions) return decided;
    return with_names(shown_ == Shown::kinds ? kind_of(part.state) : part.state, graph_.names);
  }
  std::string flight_words(std::uint32_t world) const {
    std::string words;
    for (std::size_t node = 0; node < graph_.nodes(); ++node)
      for (const auto& message : graph_.inboxes[node][graph_.inbox(world, node)])
        words += with_names(message.word, graph_.names) + " from " + graph_.names[static_cast<std::size_t>(message.from)] + " to " + graph_.names[node] + "\n";
    const NodeSet side = graph_.headers[graph_.header(world)].side;
    if (side.empty()) return words;
    words += "cut off:";
    side.each([&](NodeId id) { words += " " + graph_.names[index(id)]; });
    return words + "\n";
  }

  std::string title() const {
    std::string title = graph_.protocol + ": " + counted(graph_.worlds, "world", "worlds") + ", " + counted(graph_.edges.size(), "step", "steps");
    if (shown_ != Shown::all) title += "\n" + std::string(merged_words(shown_)) + "; steps within a box are not drawn";
    if (!graph_.stopped.empty()) title += "\nnot all: " + graph_.stopped;
    return title;
  }

  void draw_box(std::size_t number) {
    const Box& box = boxes_[number];
    std::string label = box.words;
    if (box.worlds > 1) label += counted(box.worlds, "world", "worlds") + "\n";
    std::string look;
    if (graph_.broken[box.first] != 0) look += ", color=red, peripheries=2";
    else if (graph_.blocked[box.first] == FrozenGraph::Blocked::yes) look += ", color=darkorange, peripheries=2";
    if (box.starts) look += ", style=bold";
    dot_ += "  w" + std::to_string(number) + " [label=" + quoted(label) + look + "];\n";
  }

  std::string target(std::uint32_t world) {
    if (world < graph_.worlds) return "w" + std::to_string(box_of_[world]);
    beyond_ = true;
    return "beyond";
  }

  /// Each step is an arrow.
  std::uint64_t draw_steps() {
    for (std::uint32_t world = 0; world < graph_.worlds; ++world)
      for (std::uint64_t i = graph_.first_edge[world]; i < graph_.first_edge[world + 1]; ++i) {
        const auto& [line, fault, revives] = graph_.happening(graph_.edges[i]);
        const std::string who = line.network ? "" : subject(line, graph_.names) + " ";
        arrow(world, target(graph_.edges[i].to), who + told_by_name(line, graph_.names), fault);
      }
    return graph_.edges.size();
  }

  /// All steps from one box to another are an arrow.
  std::uint64_t draw_arrows() {
    struct Steps {
      std::map<Event, std::uint64_t> of{};
      bool faults_only = true;
    };
    std::map<std::pair<std::uint32_t, std::string>, Steps> arrows;
    for (std::uint32_t world = 0; world < graph_.worlds; ++world)
      for (std::uint64_t i = graph_.first_edge[world]; i < graph_.first_edge[world + 1]; ++i) {
        const std::uint32_t to = graph_.edges[i].to;
        if (to < graph_.worlds && box_of_[to] == box_of_[world]) continue;
        const auto& happening = graph_.happening(graph_.edges[i]);
        auto& steps = arrows[{box_of_[world], target(to)}];
        ++steps.of[happening.line.event];
        steps.faults_only = steps.faults_only && happening.fault;
      }
    for (const auto& [ends, steps] : arrows) {
      std::string label;
      for (const auto& [event, count] : steps.of) label += (label.empty() ? "" : ", ") + std::to_string(count) + " " + std::string(name_of(event));
      arrow(ends.first, ends.second, label, steps.faults_only);
    }
    return arrows.size();
  }

  void arrow(std::uint32_t from, const std::string& to, const std::string& label, bool fault) {
    dot_ += "  w" + std::to_string(from) + " -> " + to + " [label=" + quoted(label) + (fault ? ", color=red, fontcolor=red, style=dashed" : "") + "];\n";
  }

  /// Lines are centred, as Graphviz does unless told.
  static std::string quoted(const std::string& text) {
    std::string out = "\"";
    std::size_t begin = 0;
    while (begin < text.size()) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      if (begin > 0) out += "\\n";
      for (const char c : printable(text.substr(begin, end - begin))) out += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
      begin = end + 1;
    }
    return out + "\"";
  }

  const FrozenGraph& graph_;
  Shown shown_ = Shown::all;
  std::vector<Box> boxes_;
  std::vector<std::uint32_t> box_of_;  // [world]
  std::string dot_;
  bool beyond_ = false;
};

}  // namespace

StateGraph state_graph(const FrozenGraph& graph) { return Drawing(graph).draw(); }

std::string state_graph_text(const About& about, const StateGraph& drawn, const std::string& file, const Style& style) {
  Table table{.indent = 0};
  table.add({{"written", Ink::faint}, {file, Ink::strong}});
  table.add({{"graph", Ink::faint}, {counted(drawn.worlds, "world", "worlds") + ", " + counted(drawn.steps, "step", "steps")}});
  if (!drawn.merged.empty())
    table.add({{"merged", Ink::faint}, {counted(drawn.boxes, "box", "boxes") + ", " + counted(drawn.arrows, "arrow", "arrows") + ": " + drawn.merged}});
  if (!drawn.stopped.empty()) table.add({{"not all", Ink::faint}, {drawn.stopped, Ink::unsure}});
  for (const auto& warning : about.warnings) table.add({{"warning", Ink::unsure}, {warning}});
  if (style.detail == Detail::quiet) return text_of(table, style);
  table.add({{"to see", Ink::faint}, {"dot -Tsvg -o graph.svg " + file, Ink::plain, true}});
  table.add({{"repeat", Ink::faint}, {command_text(about), Ink::plain, true}});
  return heading(about, style) + "\n" + text_of(table, style);
}

std::string state_graph_json(const About& about, const StateGraph& drawn, const std::string& file) {
  nlohmann::ordered_json json = json_of(about, "commitlab-export/1");
  json["files"] = {file};
  json["worlds"] = drawn.worlds, json["steps"] = drawn.steps, json["boxes"] = drawn.boxes, json["arrows"] = drawn.arrows;
  json["merged"] = drawn.merged, json["stopped"] = drawn.stopped;
  json["exit_code"] = 0;
  return document(json);
}

}  // namespace commitlab
