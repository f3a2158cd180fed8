// Packed rows that came by a moment ago: many steps of neighbouring worlds lead to the same ones, and this small table, which
// stays near the processor, saves looking those up again. It compares whole rows, so nothing is taken for another.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace commitlab {

class Recent {
 public:
  explicit Recent(std::size_t words) { forget(words); }

  void forget(std::size_t words) {
    words_ = words;
    const std::size_t places = std::bit_floor(kBytes / sizeof(std::uint64_t) / words);
    shift_ = 64 - std::countr_zero(places);
    rows_.assign(places * words, 0);  // no row of zeros comes to a place but one,
    while (place_of(&rows_[0]) == 0) ++rows_[0];  // and there is another that does not come there
  }
  /// Has this row come by since some time? From now on it has.
  bool seen(const std::uint64_t* row) {
    std::uint64_t* kept = &rows_[place_of(row) * words_];
    std::uint64_t differ = 0;
    for (std::size_t i = 0; i < words_; ++i) differ |= kept[i] ^ row[i];
    if (differ == 0) return true;
    for (std::size_t i = 0; i < words_; ++i) kept[i] = row[i];
    return false;
  }

 private:
  std::size_t place_of(const std::uint64_t* row) const {
    std::uint64_t hash = 0;
    for (std::size_t i = 0; i < words_; ++i) hash = (hash ^ row[i]) * 0x9e3779b97f4a7c15;
    return static_cast<std::size_t>(hash >> shift_);
  }

  static constexpr std::size_t kBytes = std::size_t{1} << 17;  // what stays near the processor, with all else a search reads
  std::size_t words_ = 1;
  int shift_ = 0;
  std::vector<std::uint64_t> rows_;
};

}  // namespace commitlab
