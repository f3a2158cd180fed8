// Answers that were worked out before, found by what they answer: open addressing, linear probes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commitlab {

/// Four numbers that together ask for something.
struct MemoKey {
  std::uint32_t a = 0, b = 0, c = 0, d = 0;
  friend bool operator==(const MemoKey&, const MemoKey&) = default;
};

class Memo {
 public:
  static constexpr std::uint32_t kUnknown = 0xffffffff;

  Memo() : table_(16) {}

  std::uint32_t find(const MemoKey& key) const {
    for (std::size_t at = slot_of(key);; at = (at + 1) & (table_.size() - 1)) {
      const Slot& slot = table_[at];
      if (slot.answer == kUnknown || slot.key == key) return slot.answer;
    }
  }
  /// The key must be new.
  void add(const MemoKey& key, std::uint32_t answer) {
    if (2 * (size_ + 1) > table_.size()) grow();
    place({key, answer});
    ++size_;
  }
  std::uint64_t footprint() const { return table_.size() * sizeof(Slot); }

 private:
  struct Slot {
    MemoKey key{};
    std::uint32_t answer = kUnknown;
  };

  std::size_t slot_of(const MemoKey& key) const {
    std::uint64_t hash = (std::uint64_t{key.a} << 32 | key.b) * 0x9e3779b97f4a7c15;
    hash = (hash ^ hash >> 32 ^ (std::uint64_t{key.c} << 32 | key.d)) * 0xd6e8feb86659fd93;
    return static_cast<std::size_t>(hash >> 32) & (table_.size() - 1);
  }
  void place(const Slot& slot) {
    std::size_t at = slot_of(slot.key);
    while (table_[at].answer != kUnknown) at = (at + 1) & (table_.size() - 1);
    table_[at] = slot;
  }
  void grow() {
    std::vector<Slot> smaller(2 * table_.size());
    smaller.swap(table_);
    for (const Slot& slot : smaller)
      if (slot.answer != kUnknown) place(slot);
  }

  std::vector<Slot> table_;
  std::size_t size_ = 0;
};

}  // namespace commitlab
