// What the colours, lines and glyphs of a picture mean: those that occur in it.
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "reports/picture_layout.hpp"

namespace commitlab::picture {

/// What a glyph says, in the order of a legend; those that are not in it need no words.
inline constexpr std::array<std::pair<Glyph, std::string_view>, 13> kGlyphWords = {{
    {Glyph::begin, "begins"},
    {Glyph::act, "acts by itself"},
    {Glyph::forced, "forced to disk"},
    {Glyph::written, "written, not forced"},
    {Glyph::commit, "decides commit"},
    {Glyph::abort, "decides abort"},
    {Glyph::set, "timer set"},
    {Glyph::disarmed, "timer stopped"},
    {Glyph::fired, "timer fires"},
    {Glyph::early, "timer fires early"},
    {Glyph::suspect, "told that one is down"},
    {Glyph::crash, "crash"},
    {Glyph::recover, "comes back"},
}};
/// How a message ended.
inline constexpr std::array<std::pair<SpaceTime::Fate, std::string_view>, 7> kFateWords = {{
    {SpaceTime::Fate::delivered, "message"},
    {SpaceTime::Fate::missed, "to a node that is down"},
    {SpaceTime::Fate::lost, "lost"},
    {SpaceTime::Fate::severed, "cut off by a partition"},
    {SpaceTime::Fate::stranded, "to a node that is down for good"},
    {SpaceTime::Fate::merged, "equal to one under way"},
    {SpaceTime::Fate::under_way, "under way at the end"},
}};

/// Of all its rows, in a picture of that width.
double legend_height(const SpaceTime& run, const Layout& layout);
/// Its elements. `id` is the prefix of ids.
std::string legend(const SpaceTime& run, const Layout& layout, const std::string& id);

}  // namespace commitlab::picture
