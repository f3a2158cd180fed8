// A row in as few 64-bit words as it takes: each place has the bits that its numbers need so far, and none straddles two words.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>

#include "checker/relation.hpp"

namespace commitlab {

inline constexpr std::size_t kMostWords = (kMostPlaces + 1) / 2;  // two places of 32 bits each

class Packing {
 public:
  Packing() = default;
  explicit Packing(const Relation& relation) : Packing(relation, Packing()) {}
  /// Room for as many numbers at each place as there are now. What bits are left over in these words go first to the places
  /// that needed more than in `before`, as many again, then to all that hold more than one number, the narrowest first, in turns:
  /// so most of what comes later finds room.
  Packing(const Relation& relation, const Packing& before) : places_(relation.places()) {
    Widths widths{};
    for (std::size_t place = 0; place < places_; ++place) widths[place] = needed_[place] = static_cast<std::uint8_t>(std::bit_width(relation.count(place) - 1));
    lay_out(widths);
    const std::size_t fewest = words_;
    const auto widen = [&](std::size_t place) {
      if (widths[place] == 0 || widths[place] == 32) return false;
      ++widths[place];
      lay_out(widths);
      if (words_ > fewest) --widths[place];
      return words_ == fewest;
    };
    for (std::size_t place = 0; place < places_; ++place)
      for (int more = before.places_ == 0 ? 0 : needed_[place] - before.needed_[place]; more > 0; --more) widen(place);
    std::array<std::uint8_t, kMostPlaces> order{};
    std::iota(order.begin(), order.begin() + places_, std::uint8_t{0});
    std::stable_sort(order.begin(), order.begin() + places_, [&](std::uint8_t a, std::uint8_t b) { return widths[a] < widths[b]; });
    for (bool wider = true; wider;) {
      wider = false;
      for (std::size_t i = 0; i < places_; ++i) wider = widen(order[i]) || wider;
    }
    lay_out(widths);
  }

  std::size_t words() const { return words_; }
  /// Has every number that the relation uses by now its bits?
  bool fits(const Relation& relation) const {
    for (std::size_t place = 0; place < places_; ++place)
      if (relation.count(place) > std::uint64_t{1} << bits_[place].width) return false;
    return true;
  }

  void pack(Row row, std::uint64_t* key) const {
    for (std::size_t i = 0; i < words_; ++i) key[i] = 0;
    for (std::size_t place = 0; place < places_; ++place) key[bits_[place].word] |= std::uint64_t{row[place]} << bits_[place].shift;
  }
  void unpack(const std::uint64_t* key, Number* row) const {
    for (std::size_t place = 0; place < places_; ++place) {
      const Bits& bits = bits_[place];
      row[place] = static_cast<Number>(key[bits.word] >> bits.shift & bits.mask);
    }
  }
  void persist(Archive& archive) {
    Widths widths{};
    for (std::size_t place = 0; place < places_; ++place) widths[place] = bits_[place].width;
    archive.value(widths), archive.value(needed_);
    if (!archive.reads()) return;
    for (std::size_t place = 0; place < places_; ++place) archive.require(widths[place] <= 32 && needed_[place] <= widths[place]);
    if (archive.failed()) return;
    lay_out(widths);
  }

  /// The number at one place becomes another.
  void change(std::uint64_t* key, std::size_t place, Number before, Number after) const {
    key[bits_[place].word] ^= std::uint64_t{before ^ after} << bits_[place].shift;
  }

 private:
  struct Bits {
    std::uint64_t mask = 0;
    std::uint8_t word = 0, shift = 0, width = 0;
  };
  using Widths = std::array<std::uint8_t, kMostPlaces>;  // in bits
  static_assert(kMostWords < 256 && kMostPlaces < 256);

  void lay_out(const Widths& widths) {
    std::array<unsigned, kMostWords> filled{};
    words_ = 1;
    for (std::size_t place = 0; place < places_; ++place) {
      const unsigned width = widths[place];
      std::size_t word = 0;
      while (width > 0 && filled[word] + width > 64) ++word;
      // A place of no bits has no shift of its own: it must stay below 64.
      bits_[place] = {.mask = (std::uint64_t{1} << width) - 1, .word = static_cast<std::uint8_t>(word),
                      .shift = static_cast<std::uint8_t>(width == 0 ? 0 : filled[word]), .width = static_cast<std::uint8_t>(width)};
      filled[word] += width;
      words_ = std::max(words_, word + 1);
    }
  }

  std::array<Bits, kMostPlaces> bits_{};
  Widths needed_{};
  std::size_t places_ = 0, words_ = 1;
};

}  // namespace commitlab
