#include "reports/picture_kit.hpp"

#include <nlohmann/json.hpp>

#include "reports/picture_glyphs.hpp"
#include "reports/picture_lanes.hpp"
#include "reports/picture_legend.hpp"
#include "sim/names.hpp"

namespace commitlab::picture {

using nlohmann::ordered_json;
using Fate = SpaceTime::Fate;
using What = Trace::Effect::What;

namespace {

constexpr std::string_view kId = "kit";  // prefix of the patterns' ids
constexpr double kLength = 100;
constexpr Box kLane{-kHalf, 0, kHalf, kLength};

/// "under-way", as picture_svg() writes it.
std::string name_of_fate(Fate fate) {
  std::string name(name_of(fate));
  for (char& c : name)
    if (c == '_') c = '-';
  return name;
}

std::string wash(Wash wash, const std::string& state = "", const std::vector<std::string>& states = {}) { return washed(kLane, wash, state, states, std::string(kId)); }

ordered_json lanes() {
  ordered_json states = ordered_json::array(), others = ordered_json::array();
  for (const auto& state : known_states()) states.push_back({state, wash(Wash::state, state)});
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < kOtherLooks; ++i) unknown.push_back("other " + std::to_string(i));
  for (const auto& state : unknown) others.push_back(wash(Wash::state, state, unknown));
  return {{"half", kHalf}, {"track", kTrack}, {"beside", kBeside}, {"short", kShort}, {"length", kLength}, {"defs", patterns(std::string(kId))},
          {"states", std::move(states)}, {"others", std::move(others)}, {"down", wash(Wash::down)}, {"far", wash(Wash::far_side)}, {"doubt", doubtful(kLane)},
          {"middle", line({0, 0}, {0, kLength}, "stroke=\"" + std::string(kFaint) + "\" stroke-width=\"1\"")}, {"timer", line({0, 0}, {0, kLength}, kTimerLine)}};
}

std::string arrow(Fate fate, bool copy = false) {
  SpaceTime::Message message{.fate = fate};
  if (copy) message.copy_of = 0;
  return drawn_arrow({.begin = {-kLength, 0}, .end = {}}, message);
}

}  // namespace

std::string picture_kit() {
  ordered_json kit = lanes(), glyphs, events, effects, arrows, glyph_words = ordered_json::array(), fate_words = ordered_json::array();
  for (std::size_t i = 0; i < count_of<Glyph>(); ++i) glyphs[std::string(name_of(static_cast<Glyph>(i)))] = drawn_glyph(static_cast<Glyph>(i), {});
  for (std::size_t i = 0; i < count_of<Event>(); ++i) events[std::string(name_of(static_cast<Event>(i)))] = name_of(glyph_of(static_cast<Event>(i)));
  for (const What what : {What::send, What::force, What::write, What::arm, What::disarm, What::crash}) effects[std::string(name_of(what))] = name_of(glyph_of({.what = what}));
  for (const char* decision : {"commit", "abort"}) effects["decide " + std::string(decision)] = name_of(glyph_of({.what = What::decide, .word = decision}));
  for (std::size_t i = 0; i < count_of<Fate>(); ++i) arrows[name_of_fate(static_cast<Fate>(i))] = arrow(static_cast<Fate>(i));
  arrows["copy"] = arrow(Fate::delivered, true);
  for (const auto& [glyph, words] : kGlyphWords) glyph_words.push_back({name_of(glyph), words});
  for (const auto& [fate, words] : kFateWords) fate_words.push_back({name_of_fate(fate), words});
  kit.update({{"glyphs", std::move(glyphs)}, {"events", std::move(events)}, {"effects", std::move(effects)}, {"arrows", std::move(arrows)},
              {"glyph_words", std::move(glyph_words)}, {"fate_words", std::move(fate_words)}});
  return kit.dump();
}

}  // namespace commitlab::picture
