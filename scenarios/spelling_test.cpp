// Edit distances and suggestions.
#include "scenarios/spelling.hpp"

#include <algorithm>
#include <array>

#include "test.hpp"

namespace commitlab {

TEST_CASE("a swap, a missing, a wrong and an extra letter are one edit each") {
  CHECK(edit_distance("crashes", "crashes") == 0);
  CHECK(edit_distance("crahses", "crashes") == 1);
  CHECK(edit_distance("crases", "crashes") == 1);
  CHECK(edit_distance("crashis", "crashes") == 1);
  CHECK(edit_distance("crashess", "crashes") == 1);
  CHECK(edit_distance("ca", "abc") == 3);  // no letter is touched twice; without that rule it would be 2
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("nb", "NB") == 0);
}

TEST_CASE("the nearest word is suggested only if it may have been meant") {
  constexpr std::array<std::string_view, 4> kWords = {"crashes", "losses", "disk_losses", "timing"};
  CHECK(nearest("crahs", kWords) == "crashes");
  CHECK(nearest("crash", kWords) == "crashes");
  CHECK(nearest("disk", kWords) == "disk_losses");
  CHECK(nearest("cr", kWords) == std::nullopt);
  CHECK(nearest("crahes", kWords) == "crashes");
  CHECK(nearest("loses", kWords) == "losses");
  CHECK(nearest("disk-losses", kWords) == "disk_losses");
  CHECK(nearest("partitions", kWords) == std::nullopt);
  CHECK(nearest("nosuch", std::array<std::string_view, 1>{"loss-and-retransmission"}) == std::nullopt);
  CHECK(nearest("", kWords) == std::nullopt);
  CHECK(nearest(std::string(8'000'000, 'x'), kWords) == std::nullopt);
  CHECK(did_you_mean("Timing", kWords) == "; did you mean \"timing\"?");
  CHECK(did_you_mean("x", kWords) == "");
}

TEST_CASE("a list of words stays short") {
  CHECK(listed(std::array<std::string_view, 3>{"a", "b", "c"}) == "a, b, c");
  const std::vector<std::string_view> many(25, "x");
  CHECK(listed(many).ends_with("x and 5 more"));
}

TEST_CASE("edit distance is a symmetric function of its words") {
  rc::prop("symmetric, zero only for equals, at most the longer word", [](const std::string& a, const std::string& b) {
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
    RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
    RC_ASSERT(edit_distance(a, a) == 0u);
  });
}

}  // namespace commitlab
