// What the moves of a piece make of their node's inbox, whatever else lies in it, as numbers.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace commitlab {

/// Nothing is left of it; or the message that the move is about is taken from it, and these come in that the node sends to itself.
struct InboxChange {
  bool clears = false, takes = false;
  std::vector<std::uint32_t> puts{};  // by their numbers
  friend bool operator==(const InboxChange&, const InboxChange&) = default;
};

/// The usual ones come first.
inline constexpr std::uint32_t kKept = 0, kTaken = 1, kCleared = 2;

class InboxChanges {
 public:
  std::uint32_t number_of(InboxChange change) {
    const auto found = std::find(list_.begin(), list_.end(), change);
    const auto number = static_cast<std::uint32_t>(found - list_.begin());
    if (found == list_.end()) list_.push_back(std::move(change));
    return number;
  }
  const InboxChange& operator[](std::uint32_t number) const { return list_[number]; }

 private:
  std::vector<InboxChange> list_{{}, {.takes = true}, {.clears = true}};
};

}  // namespace commitlab
