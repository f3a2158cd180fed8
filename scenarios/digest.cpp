#include "scenarios/digest.hpp"

#include <array>
#include <charconv>

namespace commitlab {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  return hash;
}

std::string digest_of(std::string_view text) {
  std::array<char, 16> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), hash_of(text), 16);
  const std::string shown(digits.data(), end);
  return std::string(16 - shown.size(), '0') + shown;
}

}  // namespace commitlab
