#include "checker/property.hpp"

namespace commitlab {

std::string_view plain_name(Property property) {
  switch (property) {
    case Property::AC1: return "agreement";
    case Property::AC2: return "stability";
    case Property::AC3: return "validity";
    case Property::AC4: return "non-triviality";
    case Property::AC5: return "termination";
    case Property::NB: return "non-blocking";
    case Property::conserve: return "conservation";
    case Property::custom: return "own property";
  }
  return "";
}

}  // namespace commitlab
