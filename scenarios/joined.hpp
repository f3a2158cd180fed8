// Protocols of one's own beside those of another list.
#pragma once

#include <vector>

#include "scenarios/catalogue.hpp"

namespace commitlab {

/// All of `mine`, then those of `others` that have none of their names: `joined(entries<kMine>(), catalogue())`.
/// Names and claims stay where they are, so both must live as long as the program.
inline std::vector<Entry> joined(Catalogue mine, Catalogue others) {
  std::vector<Entry> all(mine.begin(), mine.end());
  for (const Entry& entry : others) {
    bool taken = false;
    for (const Entry& its : mine) taken = taken || its.name == entry.name;
    if (!taken) all.push_back(entry);
  }
  return all;
}

}  // namespace commitlab
