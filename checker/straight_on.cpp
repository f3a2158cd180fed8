#include "checker/straight_on.hpp"

#include <iterator>
#include <set>

#include "checker/steps.hpp"

namespace commitlab {

bool goal_lies_straight_on(Relation& relation, const std::vector<Number>& first, bool with_recovery,
                           const std::function<bool(Row)>& goal, Bounds& bounds) {
  constexpr std::size_t kMostWorlds = 5'000;
  Steps steps(relation);
  std::set<std::vector<Number>> known{first};
  std::vector<std::vector<Number>> open{first}, next;
  for (std::size_t visited = 0; !open.empty() && visited < kMostWorlds && !bounds.reached(64); ++visited) {
    const std::vector<Number> row = std::move(open.back());
    open.pop_back();
    if (goal(row)) return relation.defect().empty();
    next.clear();
    steps.expand(row, {}, [&](const Move& move, std::span<const Change> changes) {
      if (changes.empty() || move.fault || (move.revives && !with_recovery)) return;
      std::vector<Number> after(row);
      for (const Change& change : changes) after[change.place] = change.after;
      if (known.insert(after).second) next.push_back(std::move(after));
    });
    open.insert(open.end(), std::make_move_iterator(next.rbegin()), std::make_move_iterator(next.rend()));
  }
  return false;
}

}  // namespace commitlab
