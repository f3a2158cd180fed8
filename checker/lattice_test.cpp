#include "checker/lattice.hpp"

#include <algorithm>

#include "test.hpp"

namespace commitlab {

TEST_CASE("vectors of faults come with the fewest first, and crashes before losses") {
  const Budgets corner{.crashes = 2, .losses = 1};
  CHECK(all_within(corner) == std::vector<Budgets>{{}, {.crashes = 1}, {.losses = 1}, {.crashes = 2}, {.crashes = 1, .losses = 1}, {.crashes = 2, .losses = 1}});
  CHECK(all_within({}) == std::vector<Budgets>{{}});
}

TEST_CASE("as many points are counted as there are, and a great corner does not overflow") {
  for (const Budgets& corner : all_within({.crashes = 2, .disk_losses = 1, .duplicates = 1, .suspicions = 2})) CHECK(all_within(corner).size() == points_within(corner));
  CHECK(points_within({254, 254, 254, 254, 254, 254, 254}) == 70'110'209'207'109'375u);
}

TEST_CASE("neighbours have one fault more or less, and stay within the corner") {
  const Budgets corner{.crashes = 2, .reorders = 1};
  CHECK(above({.crashes = 1}, corner) == std::vector<Budgets>{{.crashes = 2}, {.crashes = 1, .reorders = 1}});
  CHECK(above(corner, corner).empty());
  CHECK(below({.crashes = 1, .reorders = 1}) == std::vector<Budgets>{{.reorders = 1}, {.crashes = 1}});
  CHECK(below({}).empty());
  for (const Budgets& point : all_within(corner)) {
    for (const Budgets& more : above(point, corner)) CHECK((within(point, more) && !within(more, point) && within(more, corner) && total(more) == total(point) + 1));
    for (const Budgets& less : below(point)) CHECK((within(less, point) && total(less) + 1 == total(point)));
  }
}

}  // namespace commitlab
