// Chance from one 64-bit seed: the same numbers on every compiler and library, which <random>'s distributions are not.
#pragma once

#include <array>
#include <bit>
#include <cassert>
#include <cstdint>

namespace commitlab {

__extension__ typedef unsigned __int128 Uint128;

/// A fraction in [0, 1]: 0 <= numerator <= denominator, denominator >= 1. Equal as numbers: 1/2 == 2/4.
struct Probability {
  std::uint64_t numerator = 0, denominator = 1;

  friend constexpr bool operator==(const Probability& a, const Probability& b) {
    return Uint128{a.numerator} * b.denominator == Uint128{b.numerator} * a.denominator;
  }
};

/// Whether a uniform 64-bit draw settles `probability` as true: draw < 2^64 x numerator / denominator, in integers.
/// So the odds are the fraction rounded up to a multiple of 2^-64, and exact for 0 and 1.
constexpr bool happens(std::uint64_t draw, const Probability& probability);

/// A source of chance: xoshiro256** (Blackman and Vigna 2021), since it passes every known battery of tests, costs a
/// few shifts a draw, and its 256 bits of state leave room for a stream for every run. The state comes from splitmix64.
///
/// What is certain consumes no draw: chance(0), chance(1) and below(1) leave the generator as it was.
class Rng {
 public:
  constexpr explicit Rng(std::uint64_t seed);

  /// The stream for run `index` of a seed. It depends on these two numbers alone, so run i of an estimate is the same
  /// on any number of threads. Streams of one seed start in different states, and none is the plain Rng(seed).
  static constexpr Rng stream(std::uint64_t seed, std::uint64_t index);

  /// 64 uniform bits.
  constexpr std::uint64_t next();

  /// Uniform in 0 ... n - 1, without bias; n >= 1. Lemire 2019, "Fast random integer generation in an interval".
  constexpr std::uint64_t below(std::uint64_t n);

  /// True with the odds of `probability`, which must be a fraction in [0, 1].
  constexpr bool chance(const Probability& probability);

  /// Uniform in (0, 1], a multiple of 2^-53; never 0, so that its logarithm is finite.
  constexpr double unit() { return static_cast<double>((next() >> 11) + 1) * 0x1p-53; }

  friend constexpr bool operator==(const Rng&, const Rng&) = default;

 private:
  static constexpr std::uint64_t splitmix64(std::uint64_t& counter);

  std::array<std::uint64_t, 4> state_{};
};

constexpr Rng::Rng(std::uint64_t seed) {
  // Four outputs in a row of splitmix64 are all different, so the state is never the forbidden 0, 0, 0, 0.
  for (auto& word : state_) word = splitmix64(seed);
}

constexpr Rng Rng::stream(std::uint64_t seed, std::uint64_t index) {
  // Each step is one to one in `index`. Neighbouring seeds and indices are scattered before and after they meet, so
  // that (1, 2) and (2, 1), or run 1 of seed 0 and run 0 of seed 1, have nothing in common.
  std::uint64_t counter = splitmix64(seed) + index;
  return Rng(splitmix64(counter));
}

constexpr std::uint64_t Rng::next() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

constexpr std::uint64_t Rng::below(std::uint64_t n) {
  assert(n >= 1);
  if (n == 1) return 0;
  Uint128 product = Uint128{next()} * n;
  if (static_cast<std::uint64_t>(product) < n) {
    // 2^64 mod n of the low halves are one too many; drawing again for these leaves each result equally many draws.
    const std::uint64_t surplus = (0 - n) % n;
    while (static_cast<std::uint64_t>(product) < surplus) product = Uint128{next()} * n;
  }
  return static_cast<std::uint64_t>(product >> 64);
}

constexpr bool Rng::chance(const Probability& probability) {
  assert(probability.denominator >= 1 && probability.numerator <= probability.denominator);
  if (probability.numerator == 0) return false;
  if (probability.numerator == probability.denominator) return true;
  return happens(next(), probability);
}

constexpr bool happens(std::uint64_t draw, const Probability& probability) {
  return Uint128{draw} * probability.denominator < Uint128{probability.numerator} << 64;
}

/// Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators", with Vigna's constants.
constexpr std::uint64_t Rng::splitmix64(std::uint64_t& counter) {
  std::uint64_t z = counter += 0x9e3779b97f4a7c15;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
  z = (z ^ z >> 27) * 0x94d049bb133111eb;
  return z ^ z >> 31;
}

}  // namespace commitlab
