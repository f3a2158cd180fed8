// Text of unknown origin, such as a title, made safe for a terminal.
#pragma once

#include <string>
#include <string_view>

namespace commitlab {

/// The text with its letters, whatever their script; what could command a terminal, turn the direction of writing or hide
/// (controls, invisible and private characters, bytes that are not UTF-8) becomes "?".
std::string printable(std::string_view text);

}  // namespace commitlab
