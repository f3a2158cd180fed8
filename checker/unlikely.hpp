// Chance in whose runs nothing unlikely happens, but for what is made to happen.
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

#include "sim/rng.hpp"

namespace commitlab {

/// In the place of an Rng. It can be told to let every yes-or-no draw come out as it more likely does: each of them is then an occasion
/// at which the unlikely could have happened instead, for the first time since it was told. It notes one of the occasions, as a tape from
/// which the run can be made to go that way. All other draws (where a crash cuts a handler, delays) are drawn as usual.
class Unlikely {
 public:
  explicit Unlikely(std::uint64_t seed) : rng_(seed) {}
  explicit Unlikely(const Rng& rng) : rng_(rng) {}

  /// What a draw came out as: 0 or 1, a number, or the bits of a double.
  using Tape = std::vector<std::uint64_t>;
  /// How to pick the occasion that is noted.
  enum class Pick : std::uint8_t { by_odds, alike };
  struct Occasions {
    double none = 1;         // the odds that the unlikely happens at none of them
    double all = 0;          // the odds of all others together, added up: 1 - none would lose what is tiny
    std::uint64_t many = 0;
    double noted = 0;        // the odds that it happens at the one that is noted, and not before
  };

  /// From here on nothing unlikely happens by itself.
  void avoid(Pick pick) { avoids_ = true, pick_ = pick, occasions_ = {}; }
  /// From here on everything is drawn as usual.
  void let_happen() { avoids_ = false; }

  /// An event of the run begins. Its draws go on the tape.
  void event() { tape_.clear(), used_ = 0, fresh_ = false; }
  /// The event that begins is the one of that tape: its draws come out as they are there, until it ends.
  void event(const Tape& tape) { tape_ = tape, used_ = 0, fresh_ = false; }
  /// Has the noted occasion come in this event?
  bool noted_now() const { return fresh_; }
  /// The draws of its event up to the occasion, where the unlikely happens.
  const Tape& noted() const { return noted_; }
  const Occasions& occasions() const { return occasions_; }

  Rng& source() { return rng_; }

  bool chance(const Probability& odds) {
    if (odds.numerator == 0 || odds.numerator == odds.denominator) return odds.numerator != 0;
    return drawn([&] { return std::uint64_t{avoids_ ? avoided(odds) : rng_.chance(odds)}; }) == 1;
  }
  std::uint64_t below(std::uint64_t n) {
    if (n == 1) return 0;
    return drawn([&] { return rng_.below(n); });
  }
  double unit() {
    return std::bit_cast<double>(drawn([&] { return std::bit_cast<std::uint64_t>(rng_.unit()); }));
  }

 private:
  std::uint64_t drawn(auto&& fresh) {
    if (used_ == tape_.size()) tape_.push_back(fresh());
    return tape_[used_++];
  }

  /// The likely outcome. The unlikely one is an occasion.
  bool avoided(const Probability& odds) {
    const bool likely = odds.numerator > odds.denominator - odds.numerator;
    const std::uint64_t unlikely = likely ? odds.denominator - odds.numerator : odds.numerator;
    const double chance = static_cast<double>(unlikely) / static_cast<double>(odds.denominator);
    const double here = occasions_.none * chance;
    occasions_.all += here;
    ++occasions_.many;
    // Each in turn takes the place of the one before with these odds, so that in the end each is noted with its share of all.
    const double share = pick_ == Pick::by_odds ? here / occasions_.all : 1 / static_cast<double>(occasions_.many);
    if (rng_.unit() <= share) {
      noted_ = tape_;
      noted_.push_back(likely ? 0 : 1);
      occasions_.noted = here;
      fresh_ = true;
    }
    occasions_.none *= 1 - chance;
    return likely;
  }

  Rng rng_;
  bool avoids_ = false, fresh_ = false;
  Pick pick_ = Pick::by_odds;
  Tape tape_{}, noted_{};
  std::size_t used_ = 0;
  Occasions occasions_{};
};

}  // namespace commitlab
