// Why a text is not JSON, told to the person who wrote it: the parser only knows that it is not.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "scenarios/json_text.hpp"

namespace commitlab {

/// A place in a text that moves forward and keeps count of lines and columns.
struct Cursor {
  std::string_view text{};
  std::size_t offset = 0;
  Position at{};

  bool at_end() const { return offset >= text.size(); }
  char next() const { return at_end() ? '\0' : text[offset]; }
  std::string_view rest() const { return text.substr(offset); }
  void advance(std::size_t bytes);
  /// Moves to the first byte that is not among `skipped`.
  void skip(std::string_view skipped);
};
inline constexpr std::string_view kBlanks = " \t\n\r";

/// The bytes of the string that a text begins with, both quotes included; nothing if it does not end.
std::optional<std::size_t> string_length(std::string_view text);
/// The bytes of the number that a text begins with.
std::size_t number_length(std::string_view text);

/// How far the parser got: what it was in the middle of.
struct JsonProgress {
  enum class After : std::uint8_t { nothing, open_bracket, key, value };
  struct Bracket {
    char open;
    Position at;
  };

  Cursor cursor{};                      // after the last good token
  After after = After::nothing;         // that token
  std::optional<Cursor> number_from{};  // where it began, if it was a number
  std::span<const Bracket> open{};      // brackets without their counterparts
  bool number_out_of_range = false;     // of the next token
};

/// What is wrong with the next token: E1005, E1006, E1007, E1012, E1013 or E1014.
Diagnostic syntax_error(const JsonProgress& progress);

/// What is wrong with a text before any JSON is looked for: E1001, E1002, E1003, E1010 or E1012.
std::optional<Diagnostic> encoding_error(std::string_view text);

}  // namespace commitlab
