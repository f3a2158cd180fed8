// Answers that were worked out before, found by what they answer: open addressing, linear probes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/pages.hpp"

namespace commitlab {

/// A table of slots, each of which begins with what it answers: `Slot::key`, default-constructed where it is free. A slot
/// that has been added stays until the table is gone, but not always where it is.
template <class Slot>
class SlotTable {
 public:
  using Key = decltype(Slot::key);

  SlotTable() : table_(16) {}

  const Slot* find(const Key& key) const {
    for (std::size_t at = home(key);; at = (at + 1) & (table_.size() - 1)) {
      if (table_[at].key == key) return &table_[at];
      if (table_[at].key == Key()) return nullptr;
    }
  }
  Slot* find(const Key& key) { return const_cast<Slot*>(static_cast<const SlotTable&>(*this).find(key)); }
  void prefetch(const Key& key) const { commitlab::prefetch(&table_[home(key)]); }
  /// The key must be new, and no default one.
  Slot* add(const Slot& slot) {
    if (2 * (size_ + 1) > table_.size()) grow();
    ++size_;
    return place(slot);
  }
  std::size_t size() const { return size_; }
  std::uint64_t footprint() const { return table_.size() * sizeof(Slot); }
  /// What it takes more while it becomes twice as large, if it is large and nearly full.
  std::uint64_t growth() const { return footprint() > kLarge && 16 * (size_ + 1) > 7 * table_.size() ? 2 * footprint() : 0; }

 private:
  std::size_t home(const Key& key) const { return static_cast<std::size_t>(key.hash() >> 32) & (table_.size() - 1); }
  Slot* place(const Slot& slot) {
    std::size_t at = home(slot.key);
    while (!(table_[at].key == Key())) at = (at + 1) & (table_.size() - 1);
    table_[at] = slot;
    return &table_[at];
  }
  void grow() {
    LongList<Slot> smaller(2 * table_.size());
    smaller.swap(table_);
    for (const Slot& slot : smaller)
      if (!(slot.key == Key())) place(slot);
  }

  static constexpr std::uint64_t kLarge = std::uint64_t{1} << 20;
  LongList<Slot> table_;
  std::size_t size_ = 0;
};

/// Up to four numbers that together ask for something; the first is below 2^32 - 1.
struct MemoKey {
  std::uint32_t a = 0xffffffff, b = 0, c = 0, d = 0;
  friend bool operator==(const MemoKey&, const MemoKey&) = default;
  std::uint64_t hash() const {
    const std::uint64_t half = (std::uint64_t{a} << 32 | b) * 0x9e3779b97f4a7c15;
    return (half ^ half >> 32 ^ (std::uint64_t{c} << 32 | d)) * 0xd6e8feb86659fd93;
  }
};

/// Answers that are numbers themselves.
class Memo {
 public:
  static constexpr std::uint32_t kUnknown = 0xffffffff;

  std::uint32_t find(const MemoKey& key) const {
    const Slot* slot = table_.find(key);
    return slot == nullptr ? kUnknown : slot->answer;
  }
  /// The key must be new.
  void add(const MemoKey& key, std::uint32_t answer) { table_.add({key, answer}); }
  std::uint64_t footprint() const { return table_.footprint(); }
  std::uint64_t growth() const { return table_.growth(); }

 private:
  struct Slot {
    MemoKey key{};
    std::uint32_t answer = kUnknown;
  };
  SlotTable<Slot> table_;
};

/// The same for questions of two numbers that count up from 0, the first of which are few: no key is kept.
class DenseMemo {
 public:
  std::uint32_t find(std::uint32_t a, std::uint32_t b) const {
    return a < lists_.size() && b < lists_[a].size() ? lists_[a][b] : Memo::kUnknown;
  }
  void prefetch(std::uint32_t a, std::uint32_t b) const {
    if (a < lists_.size()) commitlab::prefetch(lists_[a].data() + b);
  }
  void add(std::uint32_t a, std::uint32_t b, std::uint32_t answer) {
    if (lists_.size() <= a) lists_.resize(a + 1);
    if (lists_[a].size() <= b) lists_[a].resize(b + 1, Memo::kUnknown);
    lists_[a][b] = answer;
  }
  std::uint64_t footprint() const {
    std::uint64_t bytes = 0;
    for (const auto& list : lists_) bytes += sizeof list + list.size() * sizeof(std::uint32_t);
    return bytes;
  }

 private:
  std::vector<std::vector<std::uint32_t>> lists_;
};

}  // namespace commitlab
