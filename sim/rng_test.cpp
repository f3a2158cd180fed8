// The generator against its published outputs, and each way to draw from it against its odds.
#include "sim/rng.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "test.hpp"

namespace commitlab {
namespace {

constexpr std::uint64_t kTwoTo62 = std::uint64_t{1} << 62;
constexpr std::uint64_t kTwoTo63 = std::uint64_t{1} << 63;
constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();

/// xoshiro256** and splitmix64 a second time, word by word after the authors' text and with none of Rng's code.
struct Reference {
  std::uint64_t a, b, c, d;

  static std::uint64_t splitmix64(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 13787848793156543929u;
    z = (z ^ (z >> 27)) * 10723151780598845931u;
    return z ^ (z >> 31);
  }
  static Reference seeded(std::uint64_t seed) {
    const std::uint64_t step = 11400714819323198485u;
    return {splitmix64(seed + step), splitmix64(seed + 2 * step), splitmix64(seed + 3 * step),
            splitmix64(seed + 4 * step)};
  }
  std::uint64_t next() {
    const std::uint64_t five = b * 5;
    const std::uint64_t result = ((five << 7) | (five >> 57)) * 9;
    const Reference old = *this;
    a = old.a ^ old.b ^ old.d;
    b = old.a ^ old.b ^ old.c;
    c = old.a ^ old.c ^ (old.b << 17);
    d = ((old.b ^ old.d) << 45) | ((old.b ^ old.d) >> 19);
    return result;
  }
};

/// Pearson's statistic for equally likely cells; its mean is the number of cells less one.
double chi_square(const std::vector<int>& counts) {
  double total = 0, squares = 0;
  for (const int count : counts) total += count;
  const double expected = total / static_cast<double>(counts.size());
  for (const int count : counts) squares += (count - expected) * (count - expected);
  return squares / expected;
}

/// Whether the statistic is within 5 standard deviations of its mean: neither too uneven nor too even for chance.
bool is_plausibly_uniform(const std::vector<int>& counts) {
  const double freedom = static_cast<double>(counts.size()) - 1;
  return std::abs(chi_square(counts) - freedom) < 5 * std::sqrt(2 * freedom);
}

}  // namespace

TEST_CASE("the reference gives the outputs that are published for the state 1, 2, 3, 4") {
  Reference reference{1, 2, 3, 4};
  for (const std::uint64_t published :
       {std::uint64_t{11520}, std::uint64_t{0}, std::uint64_t{1509978240}, std::uint64_t{1215971899390074240},
        std::uint64_t{1216172134540287360}, std::uint64_t{607988272756665600}, std::uint64_t{16172922978634559625u},
        std::uint64_t{8476171486693032832}, std::uint64_t{10595114339597558777u}, std::uint64_t{2904607092377533576}}) {
    CHECK(reference.next() == published);
  }
}

TEST_CASE("the generator and the reference agree for every seed tried") {
  for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{42}, kTwoTo63, kMost}) {
    Rng rng(seed);
    auto reference = Reference::seeded(seed);
    bool all_equal = true;
    for (int i = 0; i < 10'000; ++i) all_equal = rng.next() == reference.next() && all_equal;
    CHECK(all_equal);
  }
}

TEST_CASE("the first draws of seed 0 are the recorded ones") {
  constexpr std::array<std::uint64_t, 8> kRecorded{0x99ec5f36cb75f2b4, 0xbf6e1f784956452a, 0x1a5f849d4933e6e0,
                                                   0x6aa594f1262d2d2c, 0xbba5ad4a1f842e59, 0xffef8375d9ebcaca,
                                                   0x6c160deed2f54c98, 0x8920ad648fc30a3f};
  Rng rng(0);
  for (const auto recorded : kRecorded) CHECK(rng.next() == recorded);
}

TEST_CASE("a seed gives the same draws at compile time as at run time") {
  constexpr std::uint64_t kFirst = Rng(42).next();
  CHECK(Rng(42).next() == kFirst);
}

TEST_CASE("the first draws of some streams are the recorded ones") {
  struct Stream {
    std::uint64_t seed, index;
    std::array<std::uint64_t, 4> recorded;
  };
  constexpr std::array<Stream, 4> kStreams{{
      {0, 0, {0x8c4986f3f0e565d5, 0xf4547fdf5c2f56b6, 0x6a9e0d6a14f022fb, 0xdf483d9e238576e0}},
      {0, 1, {0xe0465392203590b1, 0xfcf6982d159738fa, 0xd7cce4162fab84da, 0x90e27442f896791a}},
      {1, 0, {0x6082e9993631e7d5, 0xe9acc0d447272233, 0x05fef1147bb626b9, 0x1777dc8fa6014861}},
      {42, 7, {0x086286d6cefc1543, 0xf776f11c8aedb15c, 0x42cbc80021fa8c7c, 0x14dab6603d20499f}},
  }};
  for (const auto& stream : kStreams) {
    Rng rng = Rng::stream(stream.seed, stream.index);
    for (const auto recorded : stream.recorded) CHECK(rng.next() == recorded);
  }
}

TEST_CASE("neighbouring seeds and runs have no draw in common") {
  std::vector<std::uint64_t> draws;
  for (std::uint64_t seed = 0; seed < 32; ++seed) {
    for (std::uint64_t index = 0; index < 32; ++index) {
      Rng rng = Rng::stream(seed, index);
      for (int i = 0; i < 16; ++i) draws.push_back(rng.next());
    }
    Rng plain(seed);
    for (int i = 0; i < 16; ++i) draws.push_back(plain.next());
  }
  std::sort(draws.begin(), draws.end());
  CHECK(std::adjacent_find(draws.begin(), draws.end()) == draws.end());
}

TEST_CASE("the same draw of many neighbouring runs is as uniform as many draws of one run") {
  for (int skipped = 0; skipped < 4; ++skipped) {
    std::vector<int> high(256), low(256);
    for (std::uint64_t index = 0; index < 100'000; ++index) {
      Rng rng = Rng::stream(0, index);
      for (int i = 0; i < skipped; ++i) rng.next();
      const std::uint64_t drawn = rng.next();
      ++high[drawn >> 56];
      ++low[drawn & 0xff];
    }
    CHECK(is_plausibly_uniform(high));
    CHECK(is_plausibly_uniform(low));
  }
}

TEST_CASE("below n stays below n and is uniform") {
  for (const std::uint64_t n : {2u, 3u, 7u, 100u, 1000u}) {
    Rng rng(n);
    std::vector<int> counts(n);
    int beyond = 0;
    for (int i = 0; i < 200'000; ++i) {
      const std::uint64_t drawn = rng.below(n);
      if (drawn < n) {
        ++counts[drawn];
      } else {
        ++beyond;
      }
    }
    INFO("n = " << n);
    CHECK(beyond == 0);
    CHECK(is_plausibly_uniform(counts));
  }
}

TEST_CASE("below n is uniform where a remainder or a product without rejection is not") {
  // Of n = 3/4 x 2^64, a remainder hits the first third twice as often, and a bare product every third value.
  Rng rng(0);
  std::vector<int> quarters(4), residues(3);
  for (int i = 0; i < 200'000; ++i) {
    const std::uint64_t drawn = rng.below(3 * kTwoTo62);
    ++quarters[drawn / kTwoTo62];
    ++residues[drawn % 3];
  }
  CHECK(quarters[3] == 0);
  quarters.pop_back();
  CHECK(is_plausibly_uniform(quarters));
  CHECK(is_plausibly_uniform(residues));
}

TEST_CASE("the first draws below 1000 are the recorded ones") {
  Rng rng(42);
  for (const std::uint64_t recorded : {83u, 378u, 680u, 924u, 991u, 769u, 719u, 850u}) {
    CHECK(rng.below(1000) == recorded);
  }
}

TEST_CASE("what is certain is so and consumes no draw") {
  Rng rng(42);
  const Rng before = rng;
  for (const std::uint64_t denominator : {std::uint64_t{1}, std::uint64_t{10}, kTwoTo63, kMost}) {
    CHECK_FALSE(rng.chance({0, denominator}));
    CHECK(rng.chance({denominator, denominator}));
  }
  CHECK(rng.below(1) == 0);
  CHECK(rng == before);
}

TEST_CASE("what is uncertain consumes one draw, and happens when that draw is small enough") {
  Rng rng(42), beside(42);
  bool all_equal = true;
  for (int i = 0; i < 10'000; ++i) {
    const bool small = beside.next() <= kMost / 3;  // 2^64 / 3 is kMost / 3 and one third
    all_equal = rng.chance({1, 3}) == small && all_equal;
  }
  CHECK(all_equal);
  CHECK(rng == beside);
}

TEST_CASE("a third happens a third of the time") {
  constexpr int kDraws = 200'000;
  Rng rng(1);
  int happened = 0;
  for (int i = 0; i < kDraws; ++i) happened += rng.chance({1, 3});
  CHECK(std::abs(happened - kDraws / 3.0) < 5 * std::sqrt(kDraws * (1.0 / 3) * (2.0 / 3)));
}

TEST_CASE("odds of one in 2^63 do not happen in 200,000 draws, and their complement always does") {
  Rng rng(2);
  int rare = 0, common = 0;
  for (int i = 0; i < 200'000; ++i) {
    rare += rng.chance({1, kTwoTo63});
    common += rng.chance({kTwoTo63 - 1, kTwoTo63});
  }
  CHECK(rare == 0);
  CHECK(common == 200'000);
}

TEST_CASE("the last draw that settles a chance as true is the exact one") {
  struct Boundary {
    Probability probability;
    std::uint64_t last;  // the greatest draw below 2^64 x numerator / denominator
  };
  for (const auto& [probability, last] : {
           Boundary{{1, 2}, kTwoTo63 - 1},
           Boundary{{1, 3}, 0x5555555555555555},
           Boundary{{2, 3}, 0xaaaaaaaaaaaaaaaa},
           Boundary{{1, 10}, 0x1999999999999999},
           Boundary{{1, kTwoTo63}, 1},
           Boundary{{kTwoTo63 - 1, kTwoTo63}, kMost - 2},
           Boundary{{1, kMost}, 1},
           Boundary{{kMost - 1, kMost}, kMost - 1},
       }) {
    INFO(probability.numerator << " / " << probability.denominator);
    CHECK(happens(0, probability));
    CHECK(happens(last, probability));
    CHECK_FALSE(happens(last + 1, probability));
    CHECK_FALSE(happens(kMost, probability));
  }
}

TEST_CASE("fractions are equal when their values are") {
  CHECK(Probability{1, 2} == Probability{2, 4});
  CHECK(Probability{} == Probability{0, 7});
  CHECK(Probability{kMost, kMost} == Probability{1, 1});
  CHECK_FALSE(Probability{1, 3} == Probability{1, 2});
  CHECK_FALSE(Probability{kMost - 1, kMost} == Probability{kMost - 2, kMost - 1});
}

TEST_CASE("the unit interval leaves out 0 and is uniform") {
  constexpr int kDraws = 200'000;
  Rng rng(3);
  double sum = 0, least = 1, most = 0;
  std::vector<int> counts(101);
  for (int i = 0; i < kDraws; ++i) {
    const double drawn = rng.unit();
    sum += drawn;
    least = std::min(least, drawn);
    most = std::max(most, drawn);
    ++counts[static_cast<std::size_t>(std::ceil(drawn * 100))];
  }
  CHECK(least > 0.0);
  CHECK(most <= 1.0);
  counts.erase(counts.begin());  // the cell of 0 alone
  CHECK(std::abs(sum / kDraws - 0.5) < 5 * std::sqrt(1.0 / 12 / kDraws));
  CHECK(is_plausibly_uniform(counts));
}

}  // namespace commitlab
