// The rows that came by a moment ago are told from all others, by every one of their words.
#include "checker/recent.hpp"

#include <random>
#include <set>

#include "test.hpp"

namespace commitlab {

TEST_CASE("no row is said to have come by that has not, and one that came by last is said to have") {
  std::mt19937_64 random(7);
  for (std::size_t words = 1; words <= 9; ++words) {
    Recent recent(words);
    std::set<std::vector<std::uint64_t>> came_by;
    std::size_t again = 0;
    for (int i = 0; i < 20'000; ++i) {
      // Rows that agree in most of their words, as those of neighbouring worlds do.
      std::vector<std::uint64_t> row(words, 1);
      row[random() % words] = random() % 1'000;
      const bool new_to_it = came_by.insert(row).second;
      const bool seen = recent.seen(row.data());
      again += seen;
      if (seen && new_to_it) FAIL("a row of " << words << " words is taken for another");
      if (!recent.seen(row.data())) FAIL("a row of " << words << " words that came by last is not known");
    }
    CHECK(again > 1'000);
  }
}

TEST_CASE("a row of zeros has not come by before it comes by, nor have rows of before once they mean nothing") {
  for (std::size_t words = 1; words <= 9; ++words) {
    const std::vector<std::uint64_t> zeros(words, 0);
    Recent recent(words);
    CHECK_FALSE(recent.seen(zeros.data()));
    CHECK(recent.seen(zeros.data()));
    recent.forget(words);
    CHECK_FALSE(recent.seen(zeros.data()));
  }
}

}  // namespace commitlab
