// How far down each mark stands: in the order of events, and so that nothing stands on anything else.
#include <algorithm>

#include "reports/numbers.hpp"
#include "reports/picture_layout.hpp"

namespace commitlab::picture {

namespace {

constexpr double kRow = 15, kNextLine = 18;          // from mark to mark of a lane, and from line to line on the scale of steps
constexpr double kLeast = 2, kMost = 80;             // between different moments
constexpr double kTold = 12;                         // between lines whose times all are to stand in the gutter
constexpr double kAgain = 760;                       // after so much, the lanes' names are said again
constexpr double kGap = 1;                           // around words and glyphs

class Placing {
 public:
  Placing(const Trace& trace, Scale scale, Layout& layout)
      : trace_(trace), scale_(scale), layout_(layout), floor_(layout.top + 10), headed_(layout.top), lane_floor_(layout.lanes.size(), layout.top - 4), line_floor_(trace.lines.size(), 0) {}

  void place() && {
    find_rate();
    for (const std::size_t i : order()) place(layout_.marks[i]);
    layout_.bottom = std::max(floor_, lowest_) + 22;
  }

 private:
  bool is_short() const { return trace_.lines.size() <= 40; }
  bool timed() const { return scale_ == Scale::virtual_time; }

  std::vector<std::size_t> order() const {
    std::vector<std::size_t> order(layout_.marks.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    if (timed()) std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return layout_.marks[a].at_ns < layout_.marks[b].at_ns; });
    return order;
  }

  /// Pixels for a nanosecond, such that half of all lines need hardly be moved apart.
  void find_rate() {
    std::vector<std::int64_t> times, pauses;
    for (const auto& line : trace_.lines) times.push_back(line.at_ns);
    std::sort(times.begin(), times.end());
    for (std::size_t i = 1; i < times.size(); ++i)
      if (times[i] > times[i - 1]) pauses.push_back(times[i] - times[i - 1]);
    if (pauses.empty()) return;
    std::nth_element(pauses.begin(), pauses.begin() + static_cast<std::ptrdiff_t>(pauses.size() / 2), pauses.end());
    rate_ = std::clamp(1000 / static_cast<double>(trace_.lines.size()), 13.0, 24.0) / static_cast<double>(pauses[pauses.size() / 2]);
  }

  void place(Mark& mark) {
    const bool begins = mark.effect == SpaceTime::Point::kEvent;
    if (begins && is_time_for_names(mark)) head_again();
    double y = std::max(passed(mark), least(mark));
    std::vector<Box> boxes;
    for (;; y += 1) {
      boxes = boxes_of(mark, y);
      if (std::none_of(boxes.begin(), boxes.end(), [&](const Box& box) { return taken(box); })) break;
    }
    settle(mark, y, boxes);
    if (begins) write_gutter(mark);
    previous_ = &mark;
  }

  /// Not between a line and its effects, unless the names have been out of sight for long.
  bool is_time_for_names(const Mark& mark) const {
    if (timed() && mark.at_ns == now_) return false;
    return floor_ - headed_ > (unfinished_ > 0 ? 1.5 * kAgain : kAgain);
  }

  /// As far down as the time tells, below all that came before.
  double passed(const Mark& mark) {
    if (!timed() || mark.at_ns <= now_) return floor_;
    const double way = rate_ * static_cast<double>(mark.at_ns - now_);
    if (way > kMost) layout_.pauses.push_back(floor_ + kMost / 2);
    now_ = mark.at_ns;
    const double moved = floor_ + std::clamp(way, kLeast, kMost);
    const bool told = is_short() && mark.effect == SpaceTime::Point::kEvent && !layout_.gutter.empty();
    return told ? std::max(moved, layout_.gutter.back().box.top + 5.5 + kTold) : moved;
  }

  double least(const Mark& mark) const {
    const bool begins = mark.effect == SpaceTime::Point::kEvent;
    if (!mark.lane) return floor_ + kRow;
    const double lane = lane_floor_[*mark.lane];
    if (begins) return !timed() && previous_ != nullptr ? floor_ + kNextLine : lane + kRow;
    return line_floor_[mark.line] + after(layout_.marks[layout_.first[mark.line] + static_cast<std::size_t>(mark.effect)], mark);
  }

  /// From a mark to the next of its line.
  static double after(const Mark& mark, const Mark& next) {
    const bool silent = next.glyph == Glyph::set || next.glyph == Glyph::disarmed;
    const bool was_silent = mark.glyph == Glyph::set || mark.glyph == Glyph::disarmed;
    if (silent || was_silent) return 0;
    if (mark.effect == SpaceTime::Point::kEvent && mark.glyph != Glyph::recover && mark.glyph != Glyph::wipe) return 0;
    return kRow;
  }

  /// What the mark takes up if it stands there.
  std::vector<Box> boxes_of(Mark& mark, double y) const {
    std::vector<Box> boxes;
    if (!mark.lane) {
      mark.at = {layout_.right + 6, y};
      boxes.push_back({layout_.left, y - 2, layout_.right, y + 2});
      mark.labels.clear();
      double at = y;
      for (auto& words : broken(mark.right, layout_.width - mark.at.x - 8, 10)) {
        mark.labels.push_back(label_at({mark.at.x, at}, Label::Anchor::start, std::move(words), 10));
        at += 12;
      }
    } else {
      const double x = layout_.lanes[*mark.lane].x;
      mark.at = {x, y};
      put_glyph(mark, boxes);
      mark.labels.clear();
      const double height = mark.above ? y - 7.5 : y;
      const bool bold = mark.glyph == Glyph::commit || mark.glyph == Glyph::abort || mark.glyph == Glyph::crash;
      if (!mark.left.empty()) mark.labels.push_back(label_at({x - kBeside, height}, Label::Anchor::end, mark.left, 11, bold));
      if (!mark.right.empty()) mark.labels.push_back(label_at({x + kBeside, height}, Label::Anchor::start, mark.right, 11, bold));
    }
    for (const Label& label : mark.labels) boxes.push_back(label.box);
    return boxes;
  }

  void put_glyph(Mark& mark, std::vector<Box>& boxes) const {
    const double track = mark.at.x + (*mark.lane == 0 ? -kTrack : kTrack);
    switch (mark.glyph) {
      case Glyph::none:
      case Glyph::border: return;
      case Glyph::arrival:  // the end of its arrow
        boxes.push_back(*mark.from_right ? Box{mark.at.x + kHalf, mark.at.y - 8, mark.at.x + kHalf + 26, mark.at.y + 1} : Box{mark.at.x - kHalf - 26, mark.at.y - 8, mark.at.x - kHalf, mark.at.y + 1});
        return;
      case Glyph::lost:
        mark.at.x += *mark.from_right ? kShort : -kShort;
        return boxes.push_back(around(mark.at, 5, 5));
      case Glyph::set:
      case Glyph::disarmed:
        mark.at.x = track;
        return boxes.push_back(around(mark.at, 3.5, 4));
      case Glyph::fired:
      case Glyph::early:
        mark.at.x = track;
        return boxes.push_back(around(mark.at, 6, 6));
      default: return boxes.push_back(around(mark.at, 6, 6.5));
    }
  }

  bool taken(const Box& box) const {
    const Box wide{box.left - kGap, box.top - kGap, box.right + kGap, box.bottom + kGap};
    return std::any_of(taken_.begin(), taken_.end(), [&](const Box& other) { return wide.meets(other); });
  }

  void settle(Mark& mark, double y, const std::vector<Box>& boxes) {
    floor_ = std::max(floor_, y);
    if (mark.lane) lane_floor_[*mark.lane] = y;
    line_floor_[mark.line] = y;
    if (mark.effect == SpaceTime::Point::kEvent) unfinished_ += trace_.lines[mark.line].parts.size();
    else --unfinished_;
    std::erase_if(taken_, [&](const Box& box) { return box.bottom < floor_ - 40; });
    for (const Box& box : boxes) {
      taken_.push_back(box);
      lowest_ = std::max(lowest_, box.bottom);
    }
  }

  void write_gutter(const Mark& mark) {
    const std::string words = timed() ? milliseconds(mark.at_ns) : std::to_string(mark.line + 1);
    Label label = label_at({layout_.left - 10, mark.at.y}, Label::Anchor::end, words, 10);
    label.faint = true, label.covers = false;
    const bool crowded = !layout_.gutter.empty() && (layout_.gutter.back().box.bottom > label.box.top || (timed() && layout_.gutter.back().text == words));
    if (!crowded) layout_.gutter.push_back(std::move(label));
  }

  /// Below all that is there, above all that comes.
  void head_again() {
    const double y = std::max(floor_, lowest_) + 16;
    layout_.repeated.push_back(y);
    const double end = y + 10;
    taken_.push_back({0, y - 8, layout_.width, end});
    floor_ = end, headed_ = end, lowest_ = end;
  }

  const Trace& trace_;
  const Scale scale_;
  Layout& layout_;
  double floor_, headed_, lowest_ = 0;  // nothing that comes stands higher; the last names; the lowest edge
  double rate_ = 0;
  std::int64_t now_ = 0;
  std::vector<double> lane_floor_, line_floor_;
  std::vector<Box> taken_{};
  const Mark* previous_ = nullptr;
  std::size_t unfinished_ = 0;  // effects of lines that have begun
};

}  // namespace

void place_marks(const Trace& trace, Scale scale, Layout& layout) { Placing(trace, scale, layout).place(); }

}  // namespace commitlab::picture
