#include "reports/style.hpp"

namespace commitlab {

static std::string_view sequence(Ink ink) {
  switch (ink) {
    case Ink::plain: return "";
    case Ink::good: return "\x1b[32m";
    case Ink::bad: return "\x1b[1;31m";
    case Ink::unsure: return "\x1b[33m";
    case Ink::faint: return "\x1b[2m";
    case Ink::strong: return "\x1b[1m";
  }
  return "";
}

std::string painted(std::string_view text, Ink ink, const Style& style) {
  if (!style.colour || ink == Ink::plain || text.empty()) return std::string(text);
  return std::string(sequence(ink)) + std::string(text) + "\x1b[0m";
}

}  // namespace commitlab
