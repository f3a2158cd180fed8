#include "reports/printable.hpp"

#include <array>
#include <cstdint>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace commitlab {

// How many bytes the code point that begins here has, and its value; 0 bytes if this is not UTF-8.
struct Utf8Point {
  std::size_t bytes;
  std::uint32_t value;
};

static Utf8Point decoded(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
  if (byte(0) < 0x80) return {1, byte(0)};
  const std::size_t length = byte(0) >= 0xf0 ? 4 : byte(0) >= 0xe0 ? 3 : 2;
  if (byte(0) < 0xc2 || byte(0) > 0xf4 || text.size() < length) return {0, 0};
  std::uint32_t value = byte(0) & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0u) != 0x80) return {0, 0};
    value = value << 6 | (byte(i) & 0x3fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  return overlong || value > 0x10ffff ? Utf8Point{0, 0} : Utf8Point{length, value};
}

static bool is_harmless(std::uint32_t c) {
  if (c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad) return false;
  if ((c >= 0x600 && c <= 0x605) || c == 0x61c || c == 0x6dd || c == 0x70f || c == 0x180e) return false;
  if ((c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f)) return false;
  if ((c >= 0xd800 && c <= 0xf8ff) || (c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff || (c >= 0xfff0 && c <= 0xffff)) return false;
  return c < 0x1d173 || (c > 0x1d17a && c < 0xe0000);
}

std::string printable(std::string_view text) {
  std::string shown;
  while (!text.empty()) {
    const auto [bytes, value] = decoded(text);
    if (bytes > 0 && is_harmless(value)) shown += text.substr(0, bytes);
    else shown += '?';
    text.remove_prefix(bytes > 0 ? bytes : 1);
  }
  return shown;
}

static void append_escape(std::string& text, std::uint32_t unit) {
  std::array<char, 8> escape{};
  std::snprintf(escape.data(), escape.size(), "\\u%04x", unit & 0xffffu);
  text += escape.data();
}

std::string json_text(const nlohmann::ordered_json& json, int indent) {
  const std::string dumped = json.dump(indent, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  std::string shown;
  shown.reserve(dumped.size());
  for (std::string_view text = dumped; !text.empty();) {
    const auto [bytes, value] = decoded(text);  // valid by now
    if (is_harmless(value) || value == '\n') {
      shown += text.substr(0, bytes);
    } else if (value < 0x10000) {
      append_escape(shown, value);
    } else {
      append_escape(shown, 0xd800 + ((value - 0x10000) >> 10)), append_escape(shown, 0xdc00 + (value & 0x3ffu));
    }
    text.remove_prefix(bytes > 0 ? bytes : 1);
  }
  return shown;
}

}  // namespace commitlab
