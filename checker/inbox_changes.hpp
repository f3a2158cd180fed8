// What the moves of a piece make of their node's inbox, whatever else lies in it, as numbers.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "checker/archive.hpp"

namespace commitlab {

/// Nothing is left of it; or the message that the move is about is taken from it, and these come in that the node sends to itself.
struct InboxChange {
  bool clears = false, takes = false;
  std::vector<std::uint32_t> puts{};  // by their numbers
  friend bool operator==(const InboxChange&, const InboxChange&) = default;
  void persist(Archive& archive) { archive.value(clears), archive.value(takes), archive.list(puts); }
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

  void persist(Archive& archive) {
    std::uint64_t count = list_.size();
    archive.value(count);
    if (archive.reads()) list_.resize(count <= UINT32_MAX && archive.expect(count) ? count : 0);
    archive.each(list_);
  }

 private:
  std::vector<InboxChange> list_{{}, {.takes = true}, {.clears = true}};
};

}  // namespace commitlab
