// What pictures of runs are drawn from, handed to a page that draws one itself: the same lanes, glyphs, arrows and words.
#pragma once

#include <string>

namespace commitlab::picture {

/// JSON. Every piece is SVG as picture_svg() has it, around the origin: `glyphs` by their names; `arrows` by the fate of the message, from
/// (-length, 0) to the origin; of lanes, boxes of half a lane's width to either side and `length` high: `states`, what `others` look like
/// (by their place among all states, over and over), `down`, `doubt`, and `far`, of a partition's far side. `defs` are the patterns they
/// use. `events` and `effects` name their glyphs, `glyph_words` and `fate_words` are the legend.
std::string picture_kit();

}  // namespace commitlab::picture
