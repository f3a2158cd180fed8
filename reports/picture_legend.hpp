// What the colours, lines and glyphs of a picture mean: those that occur in it.
#pragma once

#include "reports/picture_layout.hpp"

namespace commitlab::picture {

/// Of all its rows, in a picture of that width.
double legend_height(const SpaceTime& run, const Layout& layout);
/// Its elements. `id` is the prefix of ids.
std::string legend(const SpaceTime& run, const Layout& layout, const std::string& id);

}  // namespace commitlab::picture
