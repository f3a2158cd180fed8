#include "reports/picture_lanes.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "reports/page.hpp"
#include "reports/printable.hpp"

namespace commitlab::picture {

namespace {

struct Look {
  std::string_view state, fill, pattern;
};
/// After Okabe and Ito (2008), in tints that differ in grey as well or have a pattern.
constexpr std::array<Look, 9> kLooks = {{{"idle", "#eef0f2", ""},
                                         {"working", "#eef0f2", ""},
                                         {"collecting", "#cfe6f5", ""},
                                         {"waiting", "#f3e49b", "dots"},
                                         {"prepared", "#f3e49b", "dots"},
                                         {"informed", "#f3c56d", "bars"},
                                         {"precommitted", "#86b6dc", "bars"},
                                         {"committed", "#4fb595", ""},
                                         {"aborted", "#eba27a", "stripes"}}};
constexpr std::array<std::string_view, kOtherLooks> kOthers = {"#d9d0bd", "#bfd0c4", "#c9cfd9", "#e3dccb"};

std::string head_of(const std::string& state) { return state.substr(0, state.find('(')); }

Look look_of(const std::string& state, const std::vector<std::string>& states) {
  const auto known = std::find_if(kLooks.begin(), kLooks.end(), [&](const Look& look) { return look.state == state; });
  if (known != kLooks.end()) return *known;
  const auto which = static_cast<std::size_t>(std::find(states.begin(), states.end(), state) - states.begin());
  return {"", kOthers[which % kOthers.size()], ""};
}

std::string filled_with(std::string_view pattern, const std::string& id) { return "fill=\"url(#" + id + "-" + std::string(pattern) + ")\""; }

std::string words_of(const Stretch& stretch, const Trace& trace) {
  if (!stretch.up) return "down";
  return of_transaction(stretch.state + (stretch.in_doubt ? ", in doubt" : ""), stretch.transaction, trace);
}

/// Words up a lane, centred there.
std::string upright(Place at, std::string_view words, double size, std::string_view look) {
  return "<text x=\"" + number(at.x + size * 0.35) + "\" y=\"" + number(at.y) + "\" transform=\"rotate(-90 " + number(at.x + size * 0.35) + " " + number(at.y) + ")\" text-anchor=\"middle\" font-size=\"" +
         number(size) + "\" " + std::string(look) + ">" + html_text(words) + "</text>";
}

/// The heights at which something stands on a lane.
std::vector<double> stands_on(const Layout& layout, std::size_t lane) {
  std::vector<double> heights = layout.repeated;
  for (const Mark& mark : layout.marks)
    if (!mark.lane || *mark.lane == lane) heights.push_back(mark.at.y);
  std::sort(heights.begin(), heights.end());
  return heights;
}

/// The state in words wherever a stretch of the lane has room for them: once, and again far below.
std::string state_words(const Stretch& stretch, const Trace& trace, const Lane& lane, const std::vector<double>& stands) {
  constexpr double kSize = 9, kClear = 9, kAgain = 300;
  const std::string words = words_of(stretch, trace);
  const double needed = text_width(words, kSize) + 4;
  std::string drawn;
  double last = -kAgain, above = stretch.from;
  const auto try_room = [&](double from, double to) {
    if (to - from < needed || (from + to) / 2 - last < kAgain) return;
    last = std::max(from + needed / 2, std::min((from + to) / 2, from + 60));
    const Box paper{lane.x - 5, last - needed / 2, lane.x + 5, last + needed / 2};
    drawn += rect(paper, "fill=\"#fff\" fill-opacity=\"0.65\"") + upright({lane.x, last}, words, kSize, "");
  };
  for (const double y : stands) {
    if (y < stretch.from) continue;
    if (y > stretch.to) break;
    try_room(above + (above == stretch.from ? 2 : kClear), y - kClear);
    above = y;
  }
  try_room(above + kClear, stretch.to - 2);
  return drawn;
}

}  // namespace

std::vector<std::string> states_of(const SpaceTime& run) {
  std::vector<std::string> others;
  for (const auto& stretch : run.stretches)
    if (stretch.view.up && !stretch.view.state.empty()) others.push_back(head_of(stretch.view.state));
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  std::vector<std::string> states;
  for (const Look& look : kLooks)
    if (std::erase(others, look.state) > 0) states.emplace_back(look.state);
  states.insert(states.end(), others.begin(), others.end());
  return states;
}

std::vector<Stretch> stretches_of(const Trace& trace, const SpaceTime& run, const Layout& layout, const Lane& lane) {
  const auto shown = shown_in(lane, trace);
  std::vector<Stretch> stretches;
  for (std::size_t s = 0; s < shown.size(); ++s) {
    const double from = s == 0 ? layout.top : layout.y_of({shown[s].line, SpaceTime::Point::kEvent, 0});
    const double to = s + 1 == shown.size() ? layout.bottom : layout.y_of({shown[s + 1].line, SpaceTime::Point::kEvent, 0});
    bool first = true;
    for (const auto& stretch : run.stretches) {
      if (stretch.node != lane.node || stretch.transaction != shown[s].transaction) continue;
      Stretch seen{.from = std::max(from, first ? layout.top : layout.y_of(stretch.from)), .to = std::min(to, layout.y_of(stretch.to)), .up = stretch.view.up, .in_doubt = stretch.view.in_doubt, .state = head_of(stretch.view.state), .transaction = stretch.transaction};
      first = false;
      if (seen.to <= seen.from) continue;
      const auto look = [](const Stretch& of) { return std::tie(of.up, of.in_doubt, of.state, of.transaction); };
      if (!stretches.empty() && look(stretches.back()) == look(seen)) stretches.back().to = seen.to;
      else stretches.push_back(std::move(seen));
    }
  }
  return stretches;
}

std::string patterns(const std::string& id) {
  const auto pattern = [&](std::string_view name, std::string_view size, std::string_view more, std::string_view inside) {
    return "<pattern id=\"" + id + "-" + std::string(name) + "\" width=\"" + std::string(size) + "\" height=\"" + std::string(size) + "\" patternUnits=\"userSpaceOnUse\"" + std::string(more) + ">" + std::string(inside) + "</pattern>\n";
  };
  return "<defs>\n" + pattern("down", "6", " patternTransform=\"rotate(45)\"", "<rect width=\"6\" height=\"6\" fill=\"#fff\"/><rect width=\"2\" height=\"6\" fill=\"#5c6670\"/>") +
         pattern("dots", "5", "", "<circle cx=\"2.5\" cy=\"2.5\" r=\"0.7\" fill=\"#7a6200\"/>") + pattern("bars", "4", "", "<rect width=\"1\" height=\"4\" fill=\"#27517a\" fill-opacity=\"0.55\"/>") +
         pattern("stripes", "5", "", "<rect width=\"5\" height=\"1.2\" fill=\"#7a2c00\" fill-opacity=\"0.4\"/>") +
         pattern("far", "7", " patternTransform=\"rotate(-45)\"", "<rect width=\"7\" height=\"7\" fill=\"#e9ecef\"/><rect width=\"1\" height=\"7\" fill=\"#c3cad1\"/>") + "</defs>\n";
}

std::string washed(const Box& box, Wash wash, const std::string& state, const std::vector<std::string>& states, const std::string& id) {
  if (wash == Wash::down) return rect(box, filled_with("down", id) + " stroke=\"#5c6670\" stroke-width=\"0.8\"");
  if (wash == Wash::far_side) return rect(box, filled_with("far", id));
  const Look look = look_of(state, states);
  const std::string base = rect(box, "fill=\"" + std::string(look.fill) + "\" stroke=\"#5c6670\" stroke-width=\"0.8\"");
  return look.pattern.empty() ? base : base + rect(box, filled_with(look.pattern, id));
}

std::string doubtful(const Box& box) {
  constexpr double kEdge = 4.5;
  const std::string loud = "fill=\"" + std::string(kDoubt) + "\"";
  return rect({box.left - 1, box.top, box.left - 1 + kEdge, box.bottom}, loud) + rect({box.right + 1 - kEdge, box.top, box.right + 1, box.bottom}, loud);
}

std::vector<std::string> known_states() {
  std::vector<std::string> states;
  for (const Look& look : kLooks) states.emplace_back(look.state);
  return states;
}

std::string drawn_lanes(const Trace& trace, const SpaceTime& run, const Layout& layout, const std::string& id) {
  const auto states = states_of(run);
  std::string drawn;
  for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
    const Lane& lane = layout.lanes[i];
    const auto stands = stands_on(layout, i);
    drawn += "<g class=\"lane\" data-node=\"" + std::to_string(lane.node) + "\"" + (lane.transaction ? " data-transaction=\"" + std::to_string(*lane.transaction + 1) + "\"" : "") + ">\n";
    drawn += line({lane.x, layout.top}, {lane.x, layout.bottom}, "stroke=\"#5c6670\" stroke-width=\"1\"") + "\n";
    for (const Stretch& stretch : stretches_of(trace, run, layout, lane)) {
      if (stretch.up && stretch.state.empty()) continue;
      const Box box{lane.x - kHalf, stretch.from, lane.x + kHalf, stretch.to};
      drawn += "<g>" + title(trace.names[static_cast<std::size_t>(lane.node)] + ": " + words_of(stretch, trace)) + washed(box, stretch.up ? Wash::state : Wash::down, stretch.state, states, id);
      if (stretch.in_doubt) drawn += doubtful(box);
      drawn += state_words(stretch, trace, lane, stands) + "</g>\n";
    }
    drawn += "</g>\n";
  }
  return drawn;
}

std::string drawn_splits(const SpaceTime& run, const Layout& layout, const std::string& id) {
  std::string drawn;
  for (const auto& split : run.splits) {
    const double from = layout.y_of(split.from), to = layout.y_of(split.to);
    drawn += "<g class=\"partition\">" + rect({layout.left, from, layout.right, to}, "fill=\"#f3f5f7\"");
    for (std::size_t i = 0; i < layout.lanes.size(); ++i) {
      if (std::find(split.side.begin(), split.side.end(), layout.lanes[i].node) == split.side.end()) continue;
      const double left = i == 0 ? layout.left : (layout.lanes[i - 1].x + layout.lanes[i].x) / 2;
      const double right = i + 1 == layout.lanes.size() ? layout.right : (layout.lanes[i].x + layout.lanes[i + 1].x) / 2;
      drawn += washed({left, from, right, to}, Wash::far_side, "", {}, id);
    }
    drawn += "</g>\n";
  }
  return drawn;
}

}  // namespace commitlab::picture
