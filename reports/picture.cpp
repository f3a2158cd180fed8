#include "reports/picture.hpp"

#include <algorithm>

#include "reports/named.hpp"
#include "reports/numbers.hpp"
#include "reports/page.hpp"
#include "reports/picture_glyphs.hpp"
#include "reports/picture_lanes.hpp"
#include "reports/picture_legend.hpp"

namespace commitlab {

using namespace picture;

namespace {

// As a part of an id, and of url(#...).
std::string harmless(std::string_view id) {
  std::string shown;
  for (const char c : id) shown += (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ? c : '-';
  return shown;
}

std::string end_of(const NodeView& view) {
  if (!view.up) return "is down";
  if (view.in_doubt) return "is in doubt";
  return view.decided.empty() ? "has not decided" : "has decided " + view.decided;
}

std::string description(const Trace& trace) {
  std::string words = "A run of " + trace.protocol + " with " + participants_text(trace.names) + ", in " + counted(trace.lines.size(), "step", "steps") + ". A lane for each node, time runs down, messages are arrows.";
  const auto transactions = static_cast<std::size_t>(std::max(trace.transactions, 1));
  for (std::size_t i = 0; i < trace.end.size() && i < trace.names.size() * transactions; ++i) {
    words += (i == 0 ? " In the end " : ", ") + of_transaction(trace.names[i / transactions], static_cast<int>(i % transactions), trace) + " " + end_of(trace.end[i]);
  }
  return words + (trace.end.empty() ? "" : ".");
}

class Picture {
 public:
  Picture(const Trace& trace, const SpaceTime& run, const PictureOptions& options) : trace_(trace), run_(run), options_(options), id_(harmless(options.id)), layout_(layout_of(trace, run, options)) {}

  std::string draw() const {
    std::string drawn = head() + patterns(id_) + rect({0, 0, layout_.width, layout_.height}, "fill=\"#fff\"") + "\n";
    drawn += legend(run_, layout_, id_) + drawn_splits(run_, layout_, id_) + gutter() + drawn_lanes(trace_, run_, layout_, id_);
    drawn += "<g class=\"names\">\n";
    for (const Label& label : layout_.headings) drawn += text(label) + "\n";
    drawn += "</g>\n";
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) drawn += step(i);
    return drawn + "</svg>\n";
  }

 private:
  std::string head() const {
    const std::string width = number(layout_.width), height = number(layout_.height), name = options_.title.empty() ? "A run of " + trace_.protocol : options_.title;
    std::string head = options_.standalone ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" : "";
    head += "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height + "\" viewBox=\"0 0 " + width + " " + height + "\" role=\"img\" aria-labelledby=\"" + id_ + "-title " + id_ +
            "-desc\" font-family=\"Helvetica, Arial, 'Liberation Sans', sans-serif\" fill=\"" + std::string(kInk) + "\">\n";
    return head + "<title id=\"" + id_ + "-title\">" + html_text(name) + "</title>\n<desc id=\"" + id_ + "-desc\">" + html_text(description(trace_)) + "</desc>\n";
  }

  std::string gutter() const {
    std::string drawn = "<g class=\"axis\">\n";
    for (std::size_t i = 0; i < trace_.lines.size(); ++i) drawn += guide(i);
    for (const Label& label : layout_.gutter) drawn += text(label) + "\n";
    if (options_.scale == Scale::virtual_time) {
      const double x = layout_.left - 4;
      const std::string look = "stroke=\"" + std::string(kFaint) + "\" stroke-width=\"1\"";
      drawn += line({x, layout_.top}, {x, layout_.bottom}, look) + "\n";
      for (const Label& label : layout_.gutter) {
        const double y = (label.box.top + label.box.bottom) / 2;
        drawn += line({x - 4, y}, {x, y}, look) + "\n";
      }
      for (const double y : layout_.pauses) drawn += drawn_pause({x, y}) + "\n";
    }
    return drawn + "</g>\n";
  }

  std::string step(std::size_t i) const {
    const Trace::Line& line = trace_.lines[i];
    const std::string number_of_step = std::to_string(i + 1);
    std::string drawn = "<g class=\"step\" data-step=\"" + number_of_step + "\"" + (line.network ? "" : " data-node=\"" + std::to_string(line.node) + "\"") + ">";
    const std::string when = options_.scale == Scale::virtual_time ? ", " + milliseconds(layout_.marks[layout_.first[i]].at_ns) + " ms" : "";
    drawn += title("step " + number_of_step + when + ": " + (line.network ? "" : subject(line, trace_.names) + " ") + told_by_name(line, trace_.names)) + "\n" + reach(i) + border(i) + timers(i) + messages(i);
    for (std::size_t m = layout_.first[i]; m < layout_.first[i + 1]; ++m) drawn += shown(layout_.marks[m]);
    return drawn + "</g>\n";
  }

  /// All of it: what is to be marked, and clicked.
  std::string reach(std::size_t i) const {
    const Mark& first = layout_.marks[layout_.first[i]];
    Box box{first.at.x, first.at.y, first.at.x, first.at.y};
    const auto include = [&](const Box& other) { box = {std::min(box.left, other.left), std::min(box.top, other.top), std::max(box.right, other.right), std::max(box.bottom, other.bottom)}; };
    for (std::size_t m = layout_.first[i]; m < layout_.first[i + 1]; ++m) {
      const Mark& mark = layout_.marks[m];
      include(mark.lane ? around(mark.at, kHalf + 4, 8) : Box{layout_.left, mark.at.y - 4, layout_.right, mark.at.y + 4});
      for (const Label& label : mark.labels) include(label.box);
    }
    return rect(box, "class=\"reach\" fill=\"#fff\" fill-opacity=\"0\"") + "\n";
  }

  /// From the number of a step to its lane.
  std::string guide(std::size_t i) const {
    const Mark& mark = layout_.marks[layout_.first[i]];
    if (!mark.lane) return "";
    return line({layout_.left - 4, mark.at.y}, {layout_.lanes[*mark.lane].x - kHalf, mark.at.y}, "stroke=\"" + std::string(kHair) + "\" stroke-width=\"0.7\"") + "\n";
  }

  /// Across all lanes, where something happens to the network.
  std::string border(std::size_t i) const {
    const Mark& mark = layout_.marks[layout_.first[i]];
    if (mark.lane) return "";
    return line({layout_.left, mark.at.y}, {layout_.right, mark.at.y}, "stroke=\"" + std::string(kInk) + "\" stroke-width=\"1.2\" stroke-dasharray=\"8 4\"") + "\n";
  }

  std::string timers(std::size_t i) const {
    std::string drawn;
    for (const auto& timer : run_.timers) {
      if (timer.armed.line != i) continue;
      const std::size_t lane = lane_of(layout_.lanes, timer.node, timer.transaction);
      const double x = layout_.lanes[lane].x + (lane == 0 ? -kTrack : kTrack), from = layout_.y_of(timer.armed), to = layout_.y_of(timer.ended);
      if (to > from) drawn += line({x, from}, {x, to}, kTimerLine) + "\n";
    }
    return drawn;
  }

  std::string messages(std::size_t i) const {
    std::string drawn;
    for (const Arrow& arrow : layout_.arrows) {
      const auto& message = run_.messages[arrow.message];
      if (message.sent.line != i) continue;
      drawn += "<g class=\"message\" data-from=\"" + std::to_string(message.from) + "\" data-to=\"" + std::to_string(message.to) + "\" data-fate=\"" + fate_of(message) + "\"";
      if (message.fate != SpaceTime::Fate::under_way && !arrow.stub) drawn += " data-arrives=\"" + std::to_string(message.ended.line + 1) + "\"";
      drawn += ">" + title(told(message)) + drawn_arrow(arrow, message) + "</g>\n";
    }
    return drawn;
  }

  static std::string fate_of(const SpaceTime::Message& message) {
    using Fate = SpaceTime::Fate;
    switch (message.fate) {
      case Fate::delivered: return "delivered";
      case Fate::missed: return "missed";
      case Fate::lost: return "lost";
      case Fate::severed: return "severed";
      case Fate::stranded: return "stranded";
      case Fate::merged: return "merged";
      case Fate::under_way: return "under-way";
    }
    return "";
  }

  std::string told(const SpaceTime::Message& message) const {
    const auto name = [&](int node) { return trace_.names[static_cast<std::size_t>(node)]; };
    std::string words = of_transaction(with_names(message.word, trace_.names), message.transaction, trace_) + " from " + name(message.from) + " to " + name(message.to);
    if (message.copy_of) words += ", a copy";
    return words + ": " + (message.fate == SpaceTime::Fate::under_way ? "under way at the end" : fate_of(message));
  }

  static std::string shown(const Mark& mark) {
    std::string drawn = drawn_glyph(mark.glyph, mark.at);
    for (const Label& label : mark.labels) drawn += text(label);
    return drawn.empty() ? "" : drawn + "\n";
  }

  const Trace& trace_;
  const SpaceTime& run_;
  const PictureOptions& options_;
  const std::string id_;
  const Layout layout_;
};

}  // namespace

std::string picture_svg(const Trace& trace, const SpaceTime& run, const PictureOptions& options) { return Picture(trace, run, options).draw(); }

}  // namespace commitlab
