// Text of unknown origin, such as a title, made safe for a terminal.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace commitlab {

/// The text with its letters, whatever their script; what could command a terminal, turn the direction of writing or hide
/// (controls, invisible and private characters, bytes that are not UTF-8) becomes "?".
std::string printable(std::string_view text);

/// JSON that says the same, in which strings have \\u escapes for what printable() does not show: all JSON that is printed goes through here.
/// `indent`: -1 for one line.
std::string json_text(const nlohmann::ordered_json& json, int indent = -1);

}  // namespace commitlab
