#include "checker/store.hpp"

#include <set>
#include <string>

#include "checker/graph.hpp"
#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("the store knows what it has seen, and nothing else") {
  Store store;
  std::set<std::string> seen;
  Rng rng(1);
  for (int i = 0; i < 200'000; ++i) {
    std::string bytes;
    for (std::uint64_t length = rng.below(12); length > 0; --length) bytes += static_cast<char>(rng.below(3));
    REQUIRE(store.insert(bytes).fresh == seen.insert(bytes).second);
  }
  CHECK(store.size() == seen.size());
}

TEST_CASE("worlds with equal hashes are told apart by their bytes") {
  Store store;
  std::set<std::uint64_t> low_bits;
  for (int i = 0; i < 5'000; ++i) {
    const std::string bytes = "world " + std::to_string(i);
    const auto place = store.insert(bytes);
    REQUIRE(place.fresh);
    REQUIRE(store[place.id] == bytes);
    low_bits.insert(Store::hash_of(bytes) & 0xff);
  }
  CHECK(low_bits.size() == 256);  // so that many share a tag and a place
}

TEST_CASE("a goal is reached against the direction of the steps, and recoveries count only where they may") {
  Graph graph;  // 0 -> 1 -> 2, 1 -recover-> 3, 3 -> 3
  graph.begin_world(), graph.add(1, false);
  graph.begin_world(), graph.add(2, false), graph.add(3, true);
  graph.begin_world();
  graph.begin_world();
  CHECK(graph.can_reach({false, false, false, true}, true) == std::vector<bool>{true, true, false, true});
  CHECK(graph.can_reach({false, false, false, true}, false) == std::vector<bool>{false, false, false, true});
  CHECK(graph.can_reach({false, false, true, false}, false) == std::vector<bool>{true, true, true, false});
}

}  // namespace commitlab
