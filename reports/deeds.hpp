// What happens in a frozen graph, told once for all worlds: a step changes few parts of a world, and what becomes of a part rests on the
// step and on that part alone. With this a graph need not keep its steps, nor its rows: they follow from the starts.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "checker/frozen.hpp"

namespace commitlab {

struct Deeds {
  /// What becomes of each part that can be at one place: its number before, and after.
  using Becoming = std::map<std::uint32_t, std::uint32_t>;
  /// A happening, and what becomes of the places that it touches. Others stay as they are.
  struct Deed {
    std::uint32_t happening = 0;
    struct At {
      std::size_t place = 0;
      std::uint32_t becoming = 0;  // one of those of the place
    };
    std::vector<At> at{};
  };

  std::vector<std::vector<Becoming>> becomings{};  // [place]
  std::vector<Deed> deeds{};
  std::vector<std::uint32_t> of_edge{};            // [edge of the graph]
};

/// Every edge leads where its deed does. Steps share a deed where that can be said of both, and deeds share what becomes of a place.
Deeds deeds_of(const FrozenGraph& graph);

}  // namespace commitlab
