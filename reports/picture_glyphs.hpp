// The glyphs of a picture, told apart by their shapes, and its lines for messages.
#pragma once

#include "reports/picture_layout.hpp"

namespace commitlab::picture {

std::string drawn_glyph(Glyph glyph, Place at);

/// Across the axis, where a long time passes in a short way.
std::string drawn_pause(Place at);

/// The line of a message and how it ends; a loss ends in Glyph::lost.
std::string drawn_arrow(const Arrow& arrow, const SpaceTime::Message& message);

inline constexpr std::string_view kTimerLine = "stroke=\"#5c6670\" stroke-width=\"1\" stroke-dasharray=\"1 3\"";

}  // namespace commitlab::picture
