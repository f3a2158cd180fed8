#include "reports/picture_layout.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "reports/picture_legend.hpp"

namespace commitlab::picture {

namespace {

constexpr double kMargin = 12;
constexpr double kNotes = 170;                         // for the words on partitions
constexpr double kName = 12, kVote = 10, kTitle = 15;  // sizes of letters
constexpr double kLongName = 150;
constexpr double kLeastWidth = 420;
constexpr std::size_t kLong = 60;                      // lines: the legend of a longer run stands above it

std::string shown_name(const Lane& lane, const Trace& trace) {
  const std::string name = shortened(trace.names[static_cast<std::size_t>(lane.node)], kLongName, kName, true);
  return lane.transaction ? of_transaction(name, *lane.transaction, trace) : name;
}

// "yes", or of several transactions that a lane shows, nothing.
std::string vote_of(const Lane& lane, const Trace& trace) {
  if (lane.node == 0 || (!lane.transaction && trace.transactions != 1)) return "";
  const auto transaction = static_cast<std::size_t>(lane.transaction.value_or(0));
  if (transaction >= trace.votes.size()) return "";
  std::string_view votes = trace.votes[transaction];
  for (int node = 1; node < lane.node && !votes.empty(); ++node) votes.remove_prefix(std::min(votes.find(' '), votes.size() - 1) + 1);
  return std::string(votes.substr(0, votes.find(' ')));
}

/// How much room words need on either side of each lane; they are shortened to what they may have.
std::vector<std::pair<double, double>> shorten_words(Layout& layout, double most) {
  std::vector<std::pair<double, double>> room(layout.lanes.size());
  for (Mark& mark : layout.marks) {
    if (!mark.lane) continue;
    const bool bold = mark.glyph == Glyph::commit || mark.glyph == Glyph::abort || mark.glyph == Glyph::crash;
    for (std::string* words : {&mark.left, &mark.right}) *words = shortened(*words, most, 11, bold);
    auto& [left, right] = room[*mark.lane];
    left = std::max(left, text_width(mark.left, 11, bold));
    right = std::max(right, text_width(mark.right, 11, bold));
  }
  return room;
}

/// Where the lanes stand, side by side; sets the width.
void set_columns(const Trace& trace, Layout& layout) {
  const double nearest = std::clamp(700.0 / static_cast<double>(layout.lanes.size()), 104.0, 150.0);
  const auto room = shorten_words(layout, nearest - 14);
  layout.left = kMargin + 48;
  double x = layout.left;
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    const double name = text_width(shown_name(layout.lanes[i], trace), kName, true) / 2 + 6;
    if (i == 0) x += std::max({room[i].first + kBeside + 6, name, kHalf + 14});
    else x = std::max(x, layout.lanes[i - 1].x + std::max(nearest, std::max(room[i - 1].second, room[i].first) + kBeside + kHalf + 10));
    if (i > 0) x = std::max(x, layout.lanes[i - 1].x + name + text_width(shown_name(layout.lanes[i - 1], trace), kName, true) / 2 + 6);
    layout.lanes[i].x = x;
    layout.right = x + std::max({room[i].second + kBeside + 6, name, kHalf + 14});
  }
  const bool notes = std::any_of(layout.marks.begin(), layout.marks.end(), [](const Mark& mark) { return !mark.lane; });
  layout.width = std::max(kLeastWidth, layout.right + kMargin + (notes ? kNotes : 0));
}

void add_names(const Trace& trace, Layout& layout, double y, bool first) {
  for (const Lane& lane : layout.lanes) {
    layout.headings.push_back(label_at({lane.x, y}, Label::Anchor::middle, shown_name(lane, trace), first ? kName : 11, true));
    const std::string vote = first ? vote_of(lane, trace) : "";
    if (vote.empty()) continue;
    layout.headings.push_back(label_at({lane.x, y + 14}, Label::Anchor::middle, "votes " + vote, kVote));
    layout.headings.back().faint = true;
  }
}

/// Longer for a lane farther away, and never as far as the next.
double stub_length(std::size_t from, std::size_t to) {
  const auto away = static_cast<double>(std::max(from, to) - std::min(from, to));
  return 76 - 46 / away;
}

}  // namespace

std::vector<Arrow> arrows_of(const Trace& trace, const SpaceTime& run, const Layout& layout) {
  std::vector<Arrow> arrows;
  std::map<std::tuple<double, std::size_t, bool>, int> ended;  // short of a lane, on one side
  for (std::size_t i = 0; i < run.messages.size(); ++i) {
    const auto& message = run.messages[i];
    const bool arrives = message.fate == SpaceTime::Fate::delivered || message.fate == SpaceTime::Fate::missed;
    const std::size_t from = lane_of(layout.lanes, message.from, message.transaction);
    const std::size_t to = lane_of(layout.lanes, message.to, arrives ? trace.lines[message.ended.line].transaction : message.transaction);
    const double x = layout.lanes[from].x, there = layout.lanes[to].x, way = to < from ? -1 : 1;
    Arrow arrow{.message = i, .begin = {x + way * kHalf, layout.y_of(message.sent)}, .loop = from == to};
    const double y = layout.y_of(message.ended);
    if (arrow.loop) arrow.end = {x + kHalf, y};
    else if (arrives) arrow.end = {there - way * kHalf, y};
    else if (message.fate == SpaceTime::Fate::lost) arrow.end = {there - way * kShort, y};
    else if (message.ended.line == message.sent.line && message.ended.effect == message.sent.effect) arrow.stub = true, arrow.end = {arrow.begin.x + way * stub_length(from, to), arrow.begin.y + 8};
    else arrow.end = {there - way * (kShort + 9 * std::min(ended[{y, to, way < 0}]++, 4)), y};
    arrows.push_back(arrow);
  }
  return arrows;
}

Layout layout_of(const Trace& trace, const SpaceTime& run, const PictureOptions& options) {
  Layout layout{.lanes = lanes_of(trace)};
  layout.marks = marks_of(trace, run, layout.lanes);
  for (std::size_t i = 0; i < layout.marks.size(); ++i)
    if (layout.marks[i].effect == SpaceTime::Point::kEvent) layout.first.push_back(i);
  layout.first.push_back(layout.marks.size());
  set_columns(trace, layout);

  double y = kMargin;
  for (auto& words : broken(options.title, layout.width - 2 * kMargin, kTitle, true)) {
    layout.headings.push_back(label_at({kMargin, y + kTitle * 0.6}, Label::Anchor::start, std::move(words), kTitle, true));
    y += kTitle * 1.3;
  }
  const double legend_room = 8 + legend_height(run, layout);
  const bool legend_above = trace.lines.size() > kLong;
  layout.legend = y + 8;
  y += legend_above ? legend_room : 6;
  add_names(trace, layout, y + 14, true);
  Label unit = label_at({layout.left - 10, y + 14}, Label::Anchor::end, options.scale == Scale::steps ? "step" : "ms", kVote);
  unit.faint = true;
  layout.headings.push_back(std::move(unit));
  layout.top = y + 38;
  place_marks(trace, options.scale, layout);
  for (const double at : layout.repeated) add_names(trace, layout, at, false);
  layout.height = layout.bottom + kMargin;
  if (!legend_above) {
    layout.legend = layout.bottom + 8;
    layout.height += legend_room;
  }
  layout.arrows = arrows_of(trace, run, layout);
  return layout;
}

std::vector<Label> labels_of(const Layout& layout) {
  std::vector<Label> labels = layout.headings;
  labels.insert(labels.end(), layout.gutter.begin(), layout.gutter.end());
  for (const Mark& mark : layout.marks) labels.insert(labels.end(), mark.labels.begin(), mark.labels.end());
  return labels;
}

}  // namespace commitlab::picture
