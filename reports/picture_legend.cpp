#include "reports/picture_legend.hpp"

#include <algorithm>
#include <set>

#include "reports/picture_glyphs.hpp"
#include "reports/picture_lanes.hpp"

namespace commitlab::picture {

using Fate = SpaceTime::Fate;

namespace {

constexpr double kRow = 18, kSwatch = 30, kSize = 10, kBetween = 16, kMargin = 12;

struct Entry {
  enum class Kind : std::uint8_t { state, down, doubt, glyph, message, copy, split } kind{};
  std::string words{};
  std::string state{};
  Glyph glyph{};
  Fate fate{};
};

std::vector<Entry> entries_of(const SpaceTime& run, const Layout& layout) {
  std::vector<Entry> entries;
  for (auto& state : states_of(run)) entries.push_back({.kind = Entry::Kind::state, .words = state, .state = state});
  const auto any_view = [&](auto&& is_so) { return std::any_of(run.stretches.begin(), run.stretches.end(), [&](const auto& stretch) { return is_so(stretch.view); }); };
  if (any_view([](const NodeView& view) { return view.in_doubt; })) entries.push_back({.kind = Entry::Kind::doubt, .words = "in doubt"});
  if (any_view([](const NodeView& view) { return !view.up; })) entries.push_back({.kind = Entry::Kind::down, .words = "down"});
  std::set<Glyph> glyphs;
  for (const Mark& mark : layout.marks) glyphs.insert(mark.glyph);
  if (glyphs.contains(Glyph::wipe)) glyphs.insert(Glyph::recover);
  for (const auto& [glyph, words] : kGlyphWords)
    if (glyphs.contains(glyph)) entries.push_back({.kind = Entry::Kind::glyph, .words = std::string(words), .glyph = glyph});
  std::set<Fate> fates;
  bool copies = false;
  for (const auto& message : run.messages) message.copy_of ? void(copies = true) : void(fates.insert(message.fate));
  for (const auto& [fate, words] : kFateWords)
    if (fates.contains(fate)) entries.push_back({.kind = Entry::Kind::message, .words = std::string(words), .fate = fate});
  if (copies) entries.push_back({.kind = Entry::Kind::copy, .words = "second copy"});
  if (!run.splits.empty()) entries.push_back({.kind = Entry::Kind::split, .words = "apart from the coordinator's side"});
  return entries;
}

double width_of(const Entry& entry) { return kSwatch + text_width(entry.words, kSize) + kBetween; }

std::string swatch(const Entry& entry, Place at, const std::vector<std::string>& states, const std::string& id) {
  const Place middle{at.x + 12, at.y};
  switch (entry.kind) {
    case Entry::Kind::state: return washed(around(middle, 11, 6), Wash::state, entry.state, states, id);
    case Entry::Kind::down: return washed(around(middle, 11, 6), Wash::down, "", states, id);
    case Entry::Kind::split: return washed(around(middle, 11, 6), Wash::far_side, "", states, id);
    case Entry::Kind::doubt: {
      const std::string loud = "fill=\"" + std::string(kDoubt) + "\"";
      return rect(around(middle, 11, 6), "fill=\"#fff\" stroke=\"#5c6670\" stroke-width=\"0.8\"") + rect({middle.x - 11, middle.y - 6.5, middle.x - 6.5, middle.y + 6.5}, loud) + rect({middle.x + 6.5, middle.y - 6.5, middle.x + 11, middle.y + 6.5}, loud);
    }
    case Entry::Kind::glyph: return drawn_glyph(entry.glyph, middle);
    case Entry::Kind::message:
    case Entry::Kind::copy: {
      const Place end{at.x + (entry.fate == Fate::delivered || entry.fate == Fate::missed ? 24.0 : 20.0), at.y + 3};
      SpaceTime::Message message{.fate = entry.kind == Entry::Kind::copy ? Fate::delivered : entry.fate};
      if (entry.kind == Entry::Kind::copy) message.copy_of = 0;
      return drawn_arrow({.begin = {at.x, at.y - 3}, .end = end}, message) + (message.fate == Fate::lost ? drawn_glyph(Glyph::lost, end) : "");
    }
  }
  return "";
}

/// Where each entry stands, from row to row, and below them all.
std::vector<Place> places_of(const std::vector<Entry>& entries, double width, double top) {
  std::vector<Place> places;
  Place next{kMargin, top + kRow / 2};
  for (const Entry& entry : entries) {
    if (next.x > kMargin && next.x + width_of(entry) - kBetween > width - kMargin) next = {kMargin, next.y + kRow};
    places.push_back(next);
    next.x += width_of(entry);
  }
  places.push_back({kMargin, next.y + kRow});
  return places;
}

}  // namespace

double legend_height(const SpaceTime& run, const Layout& layout) {
  return places_of(entries_of(run, layout), layout.width, 0).back().y;
}

std::string legend(const SpaceTime& run, const Layout& layout, const std::string& id) {
  const auto entries = entries_of(run, layout);
  const auto places = places_of(entries, layout.width, layout.legend);
  const auto states = states_of(run);
  std::string drawn = "<g class=\"legend\">\n";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    Label words = label_at({places[i].x + kSwatch, places[i].y}, Label::Anchor::start, entries[i].words, kSize);
    words.covers = false;
    drawn += swatch(entries[i], places[i], states, id) + text(words) + "\n";
  }
  return drawn + "</g>\n";
}

}  // namespace commitlab::picture
