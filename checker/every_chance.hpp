// Chance that can be asked again: a part of a run is taken once for each way in which its draws can come out.
#pragma once

#include <cassert>
#include <cstdint>
#include <vector>

#include "checker/rational.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// In the place of an Rng. Draws come out as written down; those behind that by their first outcome, and they are written down.
/// What is certain is no draw, as with an Rng. There is no draw from a continuum: who has one takes its mean before.
class EveryChance {
 public:
  explicit EveryChance(std::uint64_t /*seed*/) {}

  struct Draw {
    Probability odds{};      // of outcome 1, if there are two of them that differ in their odds
    std::uint64_t many = 0;  // else so many, each equally likely; 0: see odds
    std::uint64_t taken = 0;
    friend bool operator==(const Draw&, const Draw&) = default;
  };

  bool chance(const Probability& odds) {
    if (odds.numerator == 0 || odds.numerator == odds.denominator) return odds.numerator != 0;
    return draw({.odds = odds}) == 1;
  }
  std::uint64_t below(std::uint64_t n) { return n == 1 ? 0 : draw({.many = n}); }
  double unit() {
    assert(false);
    return 1;
  }

  /// Again from the first draw.
  void rewind() { used_ = 0; }
  /// To the next way in which the draws can come out; false if that was the last.
  bool next() {
    while (!draws_.empty()) {
      Draw& last = draws_.back();
      if (last.taken + 1 < (last.many == 0 ? 2 : last.many)) {
        ++last.taken;
        return true;
      }
      draws_.pop_back();
    }
    return false;
  }
  std::size_t used() const { return used_; }
  /// In how many ways can the draws come out? Told by those of this way: as many for each of them, as if they were the same on all ways.
  double ways() const {
    double ways = 1;
    for (const Draw& draw : draws_) ways *= draw.many == 0 ? 2 : static_cast<double>(draw.many);
    return ways;
  }
  const std::vector<Draw>& draws() const { return draws_; }

  static Rational odds_of(const Draw& draw) {
    if (draw.many > 0) return Rational(1, draw.many);
    const Rational one(draw.odds.numerator, draw.odds.denominator);
    return draw.taken == 1 ? one : 1 - one;
  }

 private:
  std::uint64_t draw(const Draw& fresh) {
    if (used_ == draws_.size()) draws_.push_back(fresh);
    return draws_[used_++].taken;
  }

  std::vector<Draw> draws_{};
  std::size_t used_ = 0;
};

}  // namespace commitlab
