// How text reports look: colours, width, and how much is said.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace commitlab {

enum class Detail : std::uint8_t { quiet, usual, verbose };

struct Style {
  bool colour = false;
  std::size_t width = 100;  // columns of a page
  Detail detail = Detail::usual;
};

/// What a word means to its reader, which on a terminal decides its colour.
enum class Ink : std::uint8_t { plain, good, bad, unsure, faint, strong };

/// The text between the escape sequences of its ink; the bare text where there are no colours.
std::string painted(std::string_view text, Ink ink, const Style& style);

}  // namespace commitlab
