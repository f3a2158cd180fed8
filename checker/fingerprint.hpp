// What stands for a world where not all of it is kept: a hash of its row, of 64 or 128 bits. Two worlds may share one, and
// then the second is taken for the first and missed: so no search that keeps only these can say that anything holds.
#pragma once

#include <string>

#include "checker/relation.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

inline constexpr std::size_t kMostPrintWords = 2;

/// A word for each number at each place, as good as drawn at random, and all of them together by exclusive or: of words
/// that are drawn, two different rows get the same with odds of one in 2^bits (Zobrist 1970; Carter and Wegman 1979).
class Fingerprint {
 public:
  explicit Fingerprint(Keep keep) : words_(keep == Keep::fingerprint128 ? 2 : 1) {}

  std::size_t words() const { return words_; }
  unsigned bits() const { return static_cast<unsigned>(64 * words_); }
  void of(Row row, std::uint64_t* print) const {
    for (std::size_t word = 0; word < words_; ++word) {
      print[word] = 0;
      for (std::size_t place = 0; place < row.size(); ++place) print[word] ^= drawn(std::uint64_t{place} << 32 | row[place], word);
    }
  }

 private:
  /// David Stafford's thirteenth mix, of a sequence of its own for each word.
  static std::uint64_t drawn(std::uint64_t what, std::size_t word) {
    std::uint64_t hash = (what + 1) * (word == 0 ? 0x9e3779b97f4a7c15 : 0xd1342543de82ef95);
    hash = (hash ^ hash >> 30) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ hash >> 27) * 0x94d049bb133111eb;
    return hash ^ hash >> 31;
  }

  std::size_t words_;
};

/// Why a search that has come to its end with fingerprints of so many worlds says nothing for certain: the odds that any
/// world was missed are at most those that any two of n share b bits, n (n - 1) / 2^(b + 1).
std::string odds_of_omission(std::uint64_t worlds, unsigned bits);

}  // namespace commitlab
