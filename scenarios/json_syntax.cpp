// The mistakes people make when they write JSON by hand, each by its own name.
#include "scenarios/json_syntax.hpp"

#include <algorithm>
#include <array>

#include "checker/rational.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {

using After = JsonProgress::After;

static Diagnostic error_at(Position at, std::string code, std::string message, std::string hint = "") {
  return {.code = std::move(code),
          .line = at.line,
          .column = at.column,
          .message = std::move(message),
          .hint = std::move(hint)};
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$'; }
static bool is_of_number(char c) { return is_digit(c) || is_letter(c) || c == '+' || c == '-' || c == '.'; }

void Cursor::advance(std::size_t bytes) {
  for (; bytes > 0 && !at_end(); --bytes, ++offset) {
    const char c = text[offset];
    if (c == '\n') {
      ++at.line;
      at.column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xc0u) != 0x80) {  // not inside a code point
      ++at.column;
    }
  }
}

void Cursor::skip(std::string_view skipped) {
  while (!at_end() && skipped.find(next()) != skipped.npos) advance(1);
}

std::optional<std::size_t> string_length(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return std::nullopt;
}

// By the grammar: in "01" the number is "0", and what follows is the mistake.
std::size_t number_length(std::string_view text) {
  std::size_t length = 0;
  const auto next_is = [&](std::string_view any) { return length < text.size() && any.find(text[length]) != any.npos; };
  const auto take_digits = [&] {
    while (next_is("0123456789")) ++length;
  };
  if (next_is("-")) ++length;
  if (next_is("0")) {
    ++length;
  } else {
    take_digits();
  }
  if (next_is(".")) {
    ++length;
    take_digits();
  }
  if (next_is("eE")) {
    ++length;
    if (next_is("+-")) ++length;
    take_digits();
  }
  return length;
}

static std::string_view word_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_of_number);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

static bool looks_like_number(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kNotFinite = {"NaN",      "nan",       "inf",  "Inf",  "Infinity",
                                                                  "infinity", "-Infinity", "-inf", "-Inf", "-infinity"};
  if (word.empty()) return false;
  const bool named = std::find(kNotFinite.begin(), kNotFinite.end(), word) != kNotFinite.end();
  return named || is_digit(word[0]) || word[0] == '+' || word[0] == '-' || word[0] == '.';
}

static Diagnostic not_a_number(Position at, std::string_view word) {
  return error_at(at, "E1013", in_quotes(word) + " is not a JSON number",
                  "JSON numbers are decimal, such as 16, -0.5 or 1e-3; no sign +, no leading 0 or point, no NaN or Infinity");
}

static std::string expected(const JsonProgress& progress, char separator) {
  const bool in_object = !progress.open.empty() && progress.open.back().open == '{';
  if (separator == ':') return "a value";
  if (separator == ',') return in_object ? "a key in double quotes" : "a value";
  switch (progress.after) {
    case After::nothing: return "an object in braces";
    case After::key: return "':'";
    case After::open_bracket: return in_object ? "a key in double quotes or '}'" : "a value or ']'";
    case After::value: return in_object ? "',' or '}'" : "',' or ']'";
  }
  return "";
}

static Diagnostic unexpected_end(const JsonProgress& progress, Position end) {
  if (progress.open.empty()) return error_at(end, "E1005", "unexpected end of file: a value expected");
  const JsonProgress::Bracket& open = progress.open.back();
  const std::string place = std::to_string(open.at.line) + ":" + std::to_string(open.at.column);
  const std::string what = open.open == '{' ? "'}' expected, object" : "']' expected, array";
  return error_at(end, "E1005", "unexpected end of file: " + what + " opened at " + place);
}

static std::size_t hex_digits(std::string_view text) {
  return std::min(text.find_first_not_of("0123456789abcdefABCDEF"), text.size());
}

// A string that the parser refused; nothing if there is nothing wrong inside it.
static std::optional<Diagnostic> string_error(Cursor cursor) {
  const Position start = cursor.at;
  const std::string opened = "the string opened at " + std::to_string(start.line) + ":" + std::to_string(start.column);
  for (cursor.advance(1); cursor.next() != '"'; cursor.advance(1)) {
    if (cursor.at_end()) return error_at(cursor.at, "E1005", "unexpected end of file: '\"' expected, to end " + opened);
    if (cursor.next() == '\n' || cursor.next() == '\r') {
      return error_at(cursor.at, "E1012", "the line ends inside " + opened, "close the string with '\"'; a line break in it is written \\n");
    }
    if (cursor.next() == '\t') return error_at(cursor.at, "E1012", "a tab inside " + opened, "write \\t");
    if (cursor.next() != '\\') continue;

    const Position escape = cursor.at;
    cursor.advance(1);
    if (cursor.at_end()) continue;
    const std::string_view after = cursor.rest();
    if (std::string_view("\"\\/bfnrtu").find(after[0]) == std::string_view::npos) {
      return error_at(escape, "E1012", "\\" + escaped(after.substr(0, first_code_point(after).bytes)) + " is not an escape that JSON knows",
                      "a backslash itself is written \\\\");
    }
    if (after[0] != 'u') continue;
    if (hex_digits(after.substr(1, 4)) < 4) return error_at(escape, "E1012", "four hexadecimal digits expected after \\u");
    // Whatever else the parser minds about \u is a surrogate without its other half.
    const auto unit = std::stoul(std::string(after.substr(1, 4)), nullptr, 16);
    const bool high = unit >= 0xd800 && unit < 0xdc00, low = unit >= 0xdc00 && unit < 0xe000;
    const bool paired = high && after.size() >= 11 && after.substr(5, 2) == "\\u" && hex_digits(after.substr(7, 4)) == 4 &&
                        std::string_view("cdefCDEF").find(after[8]) != std::string_view::npos &&
                        (after[7] == 'd' || after[7] == 'D');
    if (low || (high && !paired)) {
      return error_at(escape, "E1012", "half of a surrogate pair: " + escaped(after.substr(0, 5)), "write the character itself, in UTF-8");
    }
    cursor.advance(high ? 10 : 4);
  }
  return std::nullopt;
}

static Diagnostic unexpected_word(Position at, std::string_view word, const std::string& wanted) {
  static constexpr std::array<std::string_view, 3> kWords = {"true", "false", "null"};
  const bool key_wanted = wanted.starts_with("a key");
  return error_at(at, "E1006", "JSON does not allow the word " + in_quotes(word) + " here: expected " + wanted,
                  key_wanted ? "put the key in double quotes"
                             : "only true, false and null stand without double quotes" + did_you_mean(word, kWords));
}

// A token that is no number, string or word; `separator` is what was read just before it, 0 for none.
static Diagnostic unexpected_character(const Cursor& cursor, char separator, const std::string& wanted) {
  const char c = cursor.next();
  if (separator == ',' && (c == '}' || c == ']')) {
    return error_at(cursor.at, "E1006", "JSON does not allow a trailing comma before '" + std::string(1, c) + "'", "remove the comma");
  }
  if (c == '#' || cursor.rest().starts_with("//") || cursor.rest().starts_with("/*")) {
    return error_at(cursor.at, "E1006", "JSON does not allow comments, such as this one that begins with '" + std::string(1, c) + "'",
                    "remove it; \"title\" has room for a remark");
  }
  if (c == '\'') return error_at(cursor.at, "E1006", "JSON does not allow single quotes", "write double quotes");
  const std::string character = escaped(cursor.rest().substr(0, first_code_point(cursor.rest()).bytes));
  return error_at(cursor.at, "E1006", "JSON does not allow '" + character + "' here: expected " + wanted);
}

Diagnostic syntax_error(const JsonProgress& progress) {
  Cursor cursor = progress.cursor;
  if (progress.number_from && !cursor.at_end() && is_of_number(cursor.next())) {
    return not_a_number(progress.number_from->at, word_at(progress.number_from->rest()));
  }
  cursor.skip(kBlanks);
  if (progress.after == After::value && progress.open.empty()) {
    return error_at(cursor.at, "E1007", "unexpected text after the document: " + in_quotes(cursor.rest().substr(0, 200)));
  }
  char separator = 0;
  if ((cursor.next() == ',' && progress.after == After::value) || (cursor.next() == ':' && progress.after == After::key)) {
    separator = cursor.next();
    cursor.advance(1);
    cursor.skip(kBlanks);
  }
  if (cursor.at_end()) return unexpected_end(progress, cursor.at);

  const std::string wanted = expected(progress, separator);
  const std::string_view word = word_at(cursor.rest());
  if (looks_like_number(word)) {
    if (progress.number_out_of_range) return error_at(cursor.at, "E1014", "number out of range: " + in_quotes(word));
    if (flaw_of(word) == RationalFlaw::not_a_number) return not_a_number(cursor.at, word);
    return error_at(cursor.at, "E1006", "JSON does not allow the number " + in_quotes(word) + " here: expected " + wanted);
  }
  if (cursor.next() == '"') {
    if (auto error = string_error(cursor)) return *error;
    const std::string content = in_quotes(cursor.rest().substr(1, *string_length(cursor.rest()) - 2));
    return error_at(cursor.at, "E1006", "JSON does not allow the string " + content + " here: expected " + wanted);
  }
  if (!word.empty()) return unexpected_word(cursor.at, word, wanted);
  return unexpected_character(cursor, separator, wanted);
}

std::optional<Diagnostic> encoding_error(std::string_view text) {
  if (text.size() > kMostJsonBytes) {
    return error_at({}, "E1010", "larger than the limit of " + std::to_string(kMostJsonBytes >> 20) + " MiB");
  }
  if (text.starts_with("\xef\xbb\xbf")) {
    return error_at({}, "E1002", "byte-order mark not allowed", "save as UTF-8 without BOM");
  }
  if (std::all_of(text.begin(), text.end(), is_blank)) return error_at({}, "E1001", "empty document");

  std::size_t offset = 0;
  const auto place = [&] {
    Cursor cursor = {.text = text};
    cursor.advance(offset);
    return cursor.at;
  };
  while (offset < text.size()) {
    const CodePoint point = first_code_point(text.substr(offset));
    const bool utf_16 = point.value == 0 && offset < 4;
    if (!point.valid || utf_16) {
      const std::string byte = escaped(text.substr(offset, 1));
      return error_at(place(), "E1003", "not UTF-8 (offset " + std::to_string(offset) + ": " + byte + ")",
                      offset < 4 ? "the file may be UTF-16: save as UTF-8" : "save as UTF-8");
    }
    if (point.value < 0x20 && !is_blank(static_cast<char>(point.value))) {
      return error_at(place(), "E1012", "control character " + code_point_name(point.value) + " not allowed",
                      "in a string it is written as \\u and four hexadecimal digits");
    }
    offset += point.bytes;
  }
  return std::nullopt;
}

}  // namespace commitlab
