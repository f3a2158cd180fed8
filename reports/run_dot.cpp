#include <vector>

#include "reports/numbers.hpp"
#include "reports/printable.hpp"
#include "reports/run_formats.hpp"
#include "reports/run_words.hpp"

namespace commitlab {
namespace {

using What = Trace::Effect::What;

std::string quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\n') quoted += "\\n";
    else quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  }
  return quoted + "\"";
}

/// Draws box by box, each under the one before it of its node, until there are too many.
class Drawing {
 public:
  explicit Drawing(const TracedRun& run) : run_(run), trace_(run.trace), box_of_(trace_.lines.size()), below_(trace_.names.size() + 1) {}

  std::string text() {
    columns();
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) line(i);
    if (left_out_ > 0) rest();
    for (const auto& message : run_.parts.messages) edge(message);
    const auto broken = violations(run_);
    for (std::size_t i = 0; i < broken.size(); ++i)
      text_ += "  v" + std::to_string(i) + " [shape=note, style=filled, color=\"#b00020\", fillcolor=\"#ffdddd\", label=" + quoted(broken[i]) + "];\n";
    return text_ + "}\n";
  }

 private:
  std::size_t network() const { return trace_.names.size(); }
  bool is_full() const { return boxes_ >= kMostDotBoxes; }

  void columns() {
    text_ = "digraph run {\n  graph [rankdir=TB, nodesep=0.5, ranksep=0.3, fontname=\"Helvetica\"";
    if (!run_.title.empty()) text_ += ", labelloc=t, label=" + quoted(printable(run_.title));
    text_ += "];\n  node [shape=box, style=rounded, fontname=\"Helvetica\", fontsize=10, height=0.25];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
    bool network_acts = false;
    for (const auto& line : trace_.lines) network_acts = network_acts || line.network;
    const std::size_t columns = trace_.names.size() + (network_acts ? 1 : 0);
    std::string row;
    for (std::size_t node = 0; node < columns; ++node) {
      const std::string name = "h" + std::to_string(node);
      text_ += "  " + name + " [group=g" + std::to_string(node) + ", style=\"bold\", label=" + quoted(node == network() ? "network" : node_words(trace_, static_cast<int>(node))) + "];\n";
      row += (row.empty() ? "" : " -> ") + name;
      below_[node] = name;
    }
    text_ += "  { rank=same; " + row + " [style=invis]; }\n";
  }

  void line(std::size_t i) {
    const auto& line = trace_.lines[i];
    if (is_end_of_message(line)) return;
    if (is_full()) {
      ++left_out_;
      return;
    }
    std::string label = event_words(trace_, line);
    bool crashes = line.event == Event::crash;
    for (std::size_t k = 0; k < line.parts.size(); ++k) {
      const What what = line.parts[k].what;
      crashes = crashes || what == What::crash;
      if (what != What::send && what != What::arm && what != What::disarm) label += "\n" + effect_words(trace_, line, k);
    }
    const std::size_t column = line.network ? network() : static_cast<std::size_t>(line.node);
    const std::string colour = crashes ? ", color=\"#b00020\", fontcolor=\"#b00020\"" : "";
    box_of_[i] = box("e" + std::to_string(i + 1), "group=g" + std::to_string(column) + colour + ", label=" + quoted(label));
    text_ += "  " + below_[column] + " -> " + box_of_[i] + " [arrowhead=none, color=\"#999999\", weight=20];\n";
    below_[column] = box_of_[i];
  }

  std::string box(const std::string& name, const std::string& looks) {
    ++boxes_;
    text_ += "  " + name + " [" + looks + "];\n";
    return name;
  }

  void rest() {
    std::size_t sent = 0;
    for (const auto& message : run_.parts.messages)
      if (box_of_[message.sent.line].empty()) ++sent;
    text_ += "  rest [shape=box, style=dashed, label=" + quoted("left out: " + counted(left_out_, "more event", "more events") + ",\n" + counted(sent, "more message", "more messages")) + "];\n";
    for (const auto& name : below_)
      if (!name.empty()) text_ += "  " + name + " -> rest [arrowhead=none, style=dashed, color=\"#999999\"];\n";
  }

  void edge(const SpaceTime::Message& message) {
    const std::string& from = box_of_[message.sent.line];
    if (from.empty()) return;
    const std::string word = (message.copy_of ? "copy of " : "") + message_words(trace_, message);
    const auto arrow = [&](const std::string& to, const std::string& looks, const std::string& words) { text_ += "  " + from + " -> " + to + " [" + looks + "label=" + quoted(words) + "];\n"; };
    if (message.fate == SpaceTime::Fate::delivered) {
      const std::string& to = box_of_[message.ended.line];
      return arrow(to.empty() ? "rest" : to, "color=\"#1f5fa8\", ", word);
    }
    const std::string end = "x" + std::to_string(++ends_);
    text_ += "  " + end + " [shape=plaintext, fontcolor=\"#b00020\", label=" + quoted("to " + node_words(trace_, message.to) + ": " + fate_words(trace_, message)) + "];\n";
    arrow(end, "color=\"#b00020\", style=dashed, ", word);
  }

  const TracedRun& run_;
  const Trace& trace_;
  std::vector<std::string> box_of_;  // [line]; empty: it has none
  std::vector<std::string> below_;   // [node], and the network: the last box of its column
  std::size_t boxes_ = 0, left_out_ = 0, ends_ = 0;
  std::string text_{};
};

}  // namespace

std::string dot_text(const TracedRun& run) { return Drawing(run).text(); }

}  // namespace commitlab
