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

std::string wash(Wash wash, const std::string& state = "", const std::vector<std::string>& states = {}) {
  return washed(kLane, wash, state, states, std::string(kId));
}

/// A vertical line of a lane's length.
std::string upright(std::string_view look) { return line({0, 0}, {0, kLength}, look); }

ordered_json lanes() {
  ordered_json states = ordered_json::array(), others = ordered_json::array();
  for (const auto& state : known_states()) states.push_back({state, wash(Wash::state, state)});
  std::vector<std::string> unknown;
  for (std::size_t i = 0; i < kOtherLooks; ++i) unknown.push_back("other " + std::to_string(i));
  for (const auto& state : unknown) others.push_back(wash(Wash::state, state, unknown));
  return {{"half", kHalf},
          {"track", kTrack},
          {"beside", kBeside},
          {"short", kShort},
          {"length", kLength},
          {"defs", patterns(std::string(kId))},
          {"states", std::move(states)},
          {"others", std::move(others)},
          {"down", wash(Wash::down)},
          {"far", wash(Wash::far_side)},
          {"doubt", doubtful(kLane)},
          {"middle", upright("stroke=\"" + std::string(kFaint) + "\" stroke-width=\"1\"")},
          {"timer", upright(kTimerLine)}};
}

std::string arrow(Fate fate, bool copy = false) {
  SpaceTime::Message message{.fate = fate};
  if (copy) message.copy_of = 0;
  return drawn_arrow({.begin = {-kLength, 0}, .end = {}}, message);
}

ordered_json glyphs() {
  ordered_json json;
  for (std::size_t i = 0; i < count_of<Glyph>(); ++i) {
    const auto glyph = static_cast<Glyph>(i);
    json[std::string(name_of(glyph))] = drawn_glyph(glyph, {});
  }
  return json;
}

ordered_json glyphs_of_events() {
  ordered_json json;
  for (std::size_t i = 0; i < count_of<Event>(); ++i) {
    const auto event = static_cast<Event>(i);
    json[std::string(name_of(event))] = name_of(glyph_of(event));
  }
  return json;
}

ordered_json glyphs_of_effects() {
  ordered_json json;
  for (const What what : {What::send, What::force, What::write, What::arm, What::disarm, What::crash})
    json[std::string(name_of(what))] = name_of(glyph_of({.what = what}));
  for (const char* decision : {"commit", "abort"})
    json["decide " + std::string(decision)] = name_of(glyph_of({.what = What::decide, .word = decision}));
  return json;
}

ordered_json arrows() {
  ordered_json json;
  for (std::size_t i = 0; i < count_of<Fate>(); ++i) json[name_of_fate(static_cast<Fate>(i))] = arrow(static_cast<Fate>(i));
  json["copy"] = arrow(Fate::delivered, true);
  return json;
}

}  // namespace

std::string picture_kit() {
  ordered_json kit = lanes();
  kit["glyphs"] = glyphs();
  kit["events"] = glyphs_of_events();
  kit["effects"] = glyphs_of_effects();
  kit["arrows"] = arrows();
  kit["glyph_words"] = kit["fate_words"] = ordered_json::array();
  for (const auto& [glyph, words] : kGlyphWords) kit["glyph_words"].push_back({name_of(glyph), words});
  for (const auto& [fate, words] : kFateWords) kit["fate_words"].push_back({name_of_fate(fate), words});
  return kit.dump();
}

}  // namespace commitlab::picture
