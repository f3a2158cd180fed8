// Packed rows that came by a moment ago: many steps of neighbouring worlds lead to the same ones, and this small table, which
// stays near the processor, saves looking those up again. It compares whole rows, so nothing is taken for another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commitlab {

class Recent {
 public:
  explicit Recent(std::size_t words) { forget(words); }

  void forget(std::size_t words) {
    words_ = words;
    rows_.assign(kPlaces * words, 0);
    used_.assign(kPlaces, 0);
  }
  /// Has this row come by since some time? From now on it has.
  bool seen(const std::uint64_t* row) {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < words_; ++i) hash = (hash ^ row[i]) * 0x9e3779b97f4a7c15;
    const std::size_t place = static_cast<std::size_t>(hash >> (64 - kBits));
    std::uint64_t* kept = &rows_[place * words_];
    std::uint64_t differ = 1u - used_[place];
    for (std::size_t i = 0; i < words_; ++i) differ |= kept[i] ^ row[i];
    if (differ == 0) return true;
    for (std::size_t i = 0; i < words_; ++i) kept[i] = row[i];
    used_[place] = 1;
    return false;
  }

 private:
  static constexpr unsigned kBits = 12;
  static constexpr std::size_t kPlaces = std::size_t{1} << kBits;
  std::size_t words_ = 1;
  std::vector<std::uint64_t> rows_;
  std::vector<std::uint8_t> used_;
};

}  // namespace commitlab
