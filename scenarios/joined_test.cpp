// One's own protocols beside others.
#include "scenarios/joined.hpp"

#include "test.hpp"

namespace commitlab {

TEST_CASE("one's own protocols come first, and take the place of others of their name") {
  const auto named = [](std::string_view name, std::string_view summary) {
    Entry entry;
    entry.name = name, entry.summary = summary;
    return entry;
  };
  const Entry mine[] = {named("mine", "own"), named("2pc", "own")};
  const Entry others[] = {named("2pc", "shipped"), named("3pc", "shipped")};
  std::string all;
  for (const Entry& entry : joined(mine, others)) all += std::string(entry.name) + " " + std::string(entry.summary) + "; ";
  CHECK(all == "mine own; 2pc own; 3pc shipped; ");
}

}  // namespace commitlab
