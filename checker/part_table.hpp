// Distinct parts of worlds, numbered in the order in which they come: equal bytes, equal numbers. Every byte is kept and compared.
#pragma once

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/archive.hpp"

namespace commitlab {

class PartTable {
 public:
  PartTable() : table_(1u << 12, kFree) {}

  struct Place {
    std::uint32_t id;
    bool fresh;
  };
  /// Numbers count up from 0 in the order of arrival.
  Place insert(std::string_view bytes) {
    if (2 * (size() + 1) > table_.size()) grow();
    const std::uint64_t hash = hash_of(bytes);
    for (std::size_t at = slot_of(hash);; at = (at + 1) & (table_.size() - 1)) {
      const std::uint32_t id = table_[at];
      if (id == kFree) {
        const auto fresh = static_cast<std::uint32_t>(size());
        assert(fresh != kFree);
        table_[at] = fresh;
        bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
        ends_.push_back(bytes_.size());
        tags_.push_back(static_cast<std::uint8_t>(hash));
        return {fresh, true};
      }
      if (tags_[id] == static_cast<std::uint8_t>(hash) && (*this)[id] == bytes) return {id, false};
    }
  }

  /// The number of a part that has come before.
  std::optional<std::uint32_t> find(std::string_view bytes) const {
    const std::uint64_t hash = hash_of(bytes);
    for (std::size_t at = slot_of(hash);; at = (at + 1) & (table_.size() - 1)) {
      const std::uint32_t id = table_[at];
      if (id == kFree) return std::nullopt;
      if (tags_[id] == static_cast<std::uint8_t>(hash) && (*this)[id] == bytes) return id;
    }
  }

  std::size_t size() const { return ends_.size(); }
  std::string_view operator[](std::uint32_t id) const {
    const std::uint64_t begin = id == 0 ? 0 : ends_[id - 1];
    return {bytes_.data() + begin, ends_[id] - begin};
  }
  /// Bytes of memory held.
  std::uint64_t footprint() const {
    return bytes_.size() + ends_.size() * sizeof(std::uint64_t) + tags_.size() + table_.size() * sizeof(std::uint32_t);
  }

  /// What it takes besides, for a moment, to hold so many more: while a buffer that is full is copied, old and new are there.
  std::uint64_t growth(std::uint64_t more) const {
    return bytes_.size() + more > bytes_.capacity() ? bytes_.size() + more : 0;
  }

  /// The bytes alone: a reader puts them into a table of its own, where each must get the number that it had, and what is in the
  /// table already must have its number there, too.
  void persist(Archive& archive) {
    std::vector<std::uint64_t> ends = ends_;
    std::vector<char> bytes;
    archive.list(ends);
    if (!archive.reads()) return archive.list(bytes_);
    archive.list(bytes);
    const PartTable before = std::exchange(*this, PartTable());
    archive.require(std::is_sorted(ends.begin(), ends.end()) && (ends.empty() ? 0 : ends.back()) == bytes.size() && ends.size() < kFree);
    for (std::uint64_t begin = 0; const std::uint64_t end : ends) {
      if (archive.failed()) return;
      archive.require(insert({bytes.data() + begin, end - begin}).fresh);
      begin = end;
    }
    archive.require(before.size() <= size());
    for (std::uint32_t id = 0; id < std::min(before.size(), size()) && !archive.failed(); ++id) archive.require((*this)[id] == before[id]);
  }

  /// A mix of all bytes; equal bytes have equal hashes, and nothing else depends on it.
  static std::uint64_t hash_of(std::string_view bytes) {
    std::uint64_t hash = 0x9e3779b97f4a7c15 ^ bytes.size();
    const auto mix = [&](std::uint64_t word) {
      hash = (hash ^ word) * 0xbf58476d1ce4e5b9;
      hash ^= hash >> 29;
    };
    for (; bytes.size() >= 8; bytes.remove_prefix(8)) mix(word_at(bytes, 8));
    if (!bytes.empty()) mix(word_at(bytes, bytes.size()));
    hash *= 0x94d049bb133111eb;
    return hash ^ hash >> 32;
  }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;

  static std::uint64_t word_at(std::string_view bytes, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data(), size);
    return word;
  }
  std::size_t slot_of(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> 8) & (table_.size() - 1); }

  void grow() {
    std::vector<std::uint32_t> larger(table_.size() * 2, kFree);
    table_.swap(larger);
    for (std::uint32_t id = 0; id < size(); ++id) {
      std::size_t at = slot_of(hash_of((*this)[id]));
      while (table_[at] != kFree) at = (at + 1) & (table_.size() - 1);
      table_[at] = id;
    }
  }

  std::vector<std::uint32_t> table_;  // open addressing, linear probes, a power of two, at most half full
  std::vector<std::uint64_t> ends_;
  std::vector<std::uint8_t> tags_;    // one byte of each hash: most strangers are told apart without a look at their bytes
  std::vector<char> bytes_;
};

}  // namespace commitlab
