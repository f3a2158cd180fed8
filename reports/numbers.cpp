#include "reports/numbers.hpp"

#include <array>
#include <charconv>

namespace commitlab {

std::string grouped(std::uint64_t number) { return grouped_digits(std::to_string(number)); }

std::string grouped_digits(std::string digits) {
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
  return grouped(number) + " " + std::string(number == 1 ? one : many);
}

std::string fixed(double number, int decimals) {
  std::array<char, 400> digits{};
  const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed, decimals);
  return error == std::errc() ? std::string(digits.data(), end) : "?";
}

std::string significant(double number, int digits) {
  std::array<char, 40> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::general, digits);
  if (error != std::errc()) return "?";
  std::string shown(text.data(), end);
  if (const std::size_t zero = shown.find("e-0"); zero != shown.npos) shown.erase(zero + 2, 1);
  return shown;
}

std::string milliseconds(std::int64_t time_ns) {
  const std::int64_t microseconds = (time_ns + 500) / 1000;
  const std::string behind = std::to_string(microseconds % 1000);
  return std::to_string(microseconds / 1000) + "." + std::string(3 - behind.size(), '0') + behind;
}

std::string duration(double seconds) {
  if (seconds < 60) return fixed(seconds, 2) + " s";
  const auto whole = static_cast<std::uint64_t>(seconds);
  return grouped(whole / 60) + " min " + std::to_string(whole % 60) + " s";
}

std::string size_text(std::uint64_t bytes) {
  double size = static_cast<double>(bytes);
  for (const char* unit : {"B", "kB", "MB"}) {
    if (size < 1000) return fixed(size, *unit == 'B' ? 0 : 1) + " " + unit;
    size /= 1000;
  }
  return fixed(size, 1) + " GB";
}

std::string share(std::uint64_t count, std::uint64_t of) {
  if (of == 0) return "-";
  if (count == of) return "1";
  __extension__ using Wide = unsigned __int128;
  const auto tenths_of_a_permille = static_cast<std::uint64_t>(Wide{count} * 10'000 / of);
  if (tenths_of_a_permille == 0) return count == 0 ? "0" : "<0.0001";
  const std::string digits = std::to_string(tenths_of_a_permille);
  return "0." + std::string(4 - digits.size(), '0') + digits;
}

}  // namespace commitlab
