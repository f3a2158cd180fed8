// Which fields of a state or a message hold a node: in the words of a play its number stands there, and for people its name.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace commitlab {

/// A field called like this holds a node. Of others, `ballot=1` say, the number is a number.
inline bool is_field_of_node(std::string_view name) {
  static constexpr std::array<std::string_view, 5> kNames = {"coordinator", "instance", "leader", "node", "participant"};
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace commitlab
