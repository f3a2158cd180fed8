#include <algorithm>
#include <map>
#include <optional>
#include <utility>
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

constexpr double kLine = 0.16, kBetweenRows = 0.34, kLetter = 0.075, kBetweenColumns = 1.4, kVanishing = 0.32;  // inches

std::string decimal(double inches) { return fixed(inches, 2); }

struct Box {
  std::string label{};
  std::size_t column = 0, row = 0;
  bool crashes = false;
};

/// The boxes first, each in the column of its node and below what it follows from; then their places, and what joins them.
class Drawing {
 public:
  explicit Drawing(const TracedRun& run) : run_(run), trace_(run.trace), names_(trace_.names.size()), box_of_(trace_.lines.size()) {
    for (std::size_t node = 0; node < names_.size(); ++node) names_[node] = node_words(trace_, static_cast<int>(node));
    const bool network_acts = std::any_of(trace_.lines.begin(), trace_.lines.end(), [](const auto& line) { return line.network; });
    if (network_acts) names_.emplace_back("network");
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) put(i);
    measure();
  }

  std::string text() {
    text_ = "digraph run {\n  graph [layout=neato, splines=line, outputorder=edgesfirst, fontname=\"Helvetica\"";
    if (!run_.title.empty()) text_ += ", labelloc=t, label=" + quoted(printable(run_.title));
    text_ += "];\n  node [shape=box, style=\"rounded,filled\", fillcolor=white, fontname=\"Helvetica\", fontsize=10, height=0.25];\n  edge [fontname=\"Helvetica\", fontsize=9];\n";
    for (std::size_t column = 0; column < names_.size(); ++column) node("h" + std::to_string(column), x_[column], y_[0], "penwidth=2, ", names_[column]);
    for (std::size_t b = 0; b < boxes_.size(); ++b)
      node("e" + std::to_string(b + 1), x_[boxes_[b].column], y_[boxes_[b].row], boxes_[b].crashes ? "color=\"#b00020\", fontcolor=\"#b00020\", " : "", boxes_[b].label);
    if (left_out_ > 0) rest();
    columns();
    for (const auto& message : run_.parts.messages) edge(message);
    const auto broken = violations(run_);
    for (std::size_t i = 0; i < broken.size(); ++i)
      node("v" + std::to_string(i), x_.front(), bottom_ - 0.5 * static_cast<double>(i + 2), "shape=note, style=filled, color=\"#b00020\", fillcolor=\"#ffdddd\", ", broken[i]);
    return text_ + "}\n";
  }

 private:
  void put(std::size_t i) {
    const auto& line = trace_.lines[i];
    if (is_end_of_message(line)) return;
    if (boxes_.size() >= kMostDotBoxes) {
      ++left_out_;
      return;
    }
    Box box{.label = event_words(trace_, line), .column = line.network ? trace_.names.size() : static_cast<std::size_t>(line.node), .row = boxes_.empty() ? 1 : boxes_.back().row, .crashes = line.event == Event::crash};
    for (std::size_t k = 0; k < line.parts.size(); ++k) {
      const What what = line.parts[k].what;
      box.crashes = box.crashes || what == What::crash;
      if (what != What::send && what != What::arm && what != What::disarm) box.label += "\n" + effect_words(trace_, line, k);
    }
    for (const Box& above : boxes_)
      if (above.column == box.column || line.network || above.column == trace_.names.size()) box.row = std::max(box.row, above.row + 1);
    if (const auto& cause = run_.parts.cause[i]; cause && box_of_[*cause]) box.row = std::max(box.row, boxes_[*box_of_[*cause]].row + 1);
    box_of_[i] = boxes_.size();
    boxes_.push_back(std::move(box));
  }

  /// As wide as the widest line in a column, as high as the highest box in a row.
  void measure() {
    std::vector<double> widths;
    for (const auto& name : names_) widths.push_back(kLetter * static_cast<double>(name.size()));
    std::vector<double> heights(boxes_.empty() ? 1 : boxes_.back().row + 1, kLine);
    for (const Box& box : boxes_) {
      std::size_t begin = 0, lines = 0;
      for (std::size_t end = 0; begin <= box.label.size(); begin = end + 1, ++lines) {
        end = std::min(box.label.find('\n', begin), box.label.size());
        widths[box.column] = std::max(widths[box.column], kLetter * static_cast<double>(end - begin));
      }
      heights[box.row] = std::max(heights[box.row], kLine * static_cast<double>(lines));
    }
    std::vector<double> below(heights.size());  // room for what vanishes
    for (const auto& message : run_.parts.messages) {
      const auto& from = box_of_[message.sent.line];
      if (!from || message.fate == SpaceTime::Fate::delivered) continue;
      const auto place = ++vanishing_[{*from, message.to >= static_cast<int>(boxes_[*from].column)}];
      below[boxes_[*from].row] = std::max(below[boxes_[*from].row], kVanishing * static_cast<double>(place));
    }
    vanishing_.clear();
    double x = 0, y = 0;
    for (const double width : widths) x_.push_back(x + width / 2), x += width + kBetweenColumns;
    for (std::size_t row = 0; row < heights.size(); ++row) {
      y_.push_back(y - heights[row] / 2);
      bottoms_.push_back(y - heights[row]);
      y -= heights[row] + below[row] + kBetweenRows;
    }
    bottom_ = y;
  }

  void node(const std::string& name, double x, double y, const std::string& looks, const std::string& label) {
    text_ += "  " + name + " [pos=\"" + decimal(x) + "," + decimal(y) + "!\", " + looks + "label=" + quoted(label) + "];\n";
  }

  void columns() {
    std::vector<std::string> above;
    for (std::size_t column = 0; column < names_.size(); ++column) above.push_back("h" + std::to_string(column));
    for (std::size_t b = 0; b < boxes_.size(); ++b) {
      const std::string name = "e" + std::to_string(b + 1);
      text_ += "  " + above[boxes_[b].column] + " -> " + name + " [arrowhead=none, color=\"#999999\"];\n";
      above[boxes_[b].column] = name;
    }
    for (std::size_t column = 0; left_out_ > 0 && column < above.size(); ++column) text_ += "  " + above[column] + " -> rest [arrowhead=none, style=dashed, color=\"#999999\"];\n";
  }

  void rest() {
    const auto sent = static_cast<std::size_t>(std::count_if(run_.parts.messages.begin(), run_.parts.messages.end(), [&](const auto& message) { return !box_of_[message.sent.line]; }));
    node("rest", (x_.front() + x_.back()) / 2, bottom_ - kBetweenRows, "style=dashed, ", "left out: " + counted(left_out_, "more event", "more events") + ",\n" + counted(sent, "more message", "more messages"));
  }

  void edge(const SpaceTime::Message& message) {
    const auto& from = box_of_[message.sent.line];
    if (!from) return;
    const std::string word = (message.copy_of ? "copy of " : "") + message_words(trace_, message);
    if (message.fate != SpaceTime::Fate::delivered) return vanish(message, *from, word);
    const auto& to = box_of_[message.ended.line];
    text_ += "  e" + std::to_string(*from + 1) + " -> " + (to ? "e" + std::to_string(*to + 1) : "rest") + " [color=\"#1f5fa8\", label=" + quoted(word) + "];\n";
  }

  /// Halfway to the next column on its side, under what has vanished there before.
  void vanish(const SpaceTime::Message& message, std::size_t from, const std::string& word) {
    const Box& box = boxes_[from];
    const bool right = message.to >= static_cast<int>(box.column);
    const double place = static_cast<double>(vanishing_[{from, right}]++) + 0.5;
    const std::string end = "x" + std::to_string(++ends_);
    node(end, (x_[box.column] + x_[right ? std::min(box.column + 1, x_.size() - 1) : box.column - 1]) / 2, bottoms_[box.row] - kVanishing * place, "shape=plaintext, style=\"\", fontsize=9, fontcolor=\"#b00020\", ",
         word + " to " + node_words(trace_, message.to) + "\n" + fate_words(trace_, message));
    text_ += "  e" + std::to_string(from + 1) + " -> " + end + " [color=\"#b00020\", style=dashed];\n";
  }

  const TracedRun& run_;
  const Trace& trace_;
  std::vector<std::string> names_;  // of the columns: nodes, and the network if it acts
  std::vector<Box> boxes_{};
  std::vector<std::optional<std::size_t>> box_of_;  // [line]
  std::vector<double> x_{}, y_{}, bottoms_{};       // of columns, of rows
  std::map<std::pair<std::size_t, bool>, std::size_t> vanishing_{};  // [box, to the right of it]: how many messages
  double bottom_ = 0;
  std::size_t left_out_ = 0, ends_ = 0;
  std::string text_{};
};

}  // namespace

std::string dot_text(const TracedRun& run) { return Drawing(run).text(); }

}  // namespace commitlab
