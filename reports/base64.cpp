#include "reports/base64.hpp"

namespace commitlab {

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  unsigned bits = 0, held = 0;
  for (const char byte : bytes) {
    bits = bits << 8 | static_cast<unsigned char>(byte), held += 8;
    for (; held >= 6; held -= 6) text += kDigits[bits >> (held - 6) & 63u];
  }
  if (held > 0) text += kDigits[bits << (6 - held) & 63u];
  while (text.size() % 4 != 0) text += '=';
  return text;
}

}  // namespace commitlab
