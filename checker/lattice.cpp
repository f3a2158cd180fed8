#include "checker/lattice.hpp"

#include <algorithm>

namespace commitlab {

static bool comes_first(const Budgets& a, const Budgets& b) {
  if (total(a) != total(b)) return total(a) < total(b);
  for (const auto& [budget, key] : kDimensions)
    if (a.*budget != b.*budget) return a.*budget > b.*budget;
  return false;
}

std::vector<Budgets> all_within(const Budgets& corner) {
  std::vector<Budgets> points = {{}};
  for (const auto& [budget, key] : kDimensions) {
    const std::size_t count = points.size();
    for (unsigned n = 1; n <= corner.*budget; ++n) {
      for (std::size_t i = 0; i < count; ++i) {
        points.push_back(points[i]);
        points.back().*budget = static_cast<std::uint8_t>(n);
      }
    }
  }
  std::sort(points.begin(), points.end(), comes_first);
  return points;
}

std::vector<Budgets> above(const Budgets& budgets, const Budgets& corner) {
  std::vector<Budgets> points;
  for (const auto& [budget, key] : kDimensions) {
    if (budgets.*budget == corner.*budget) continue;
    points.push_back(budgets);
    ++(points.back().*budget);
  }
  return points;
}

std::vector<Budgets> below(const Budgets& budgets) {
  std::vector<Budgets> points;
  for (const auto& [budget, key] : kDimensions) {
    if (budgets.*budget == 0) continue;
    points.push_back(budgets);
    --(points.back().*budget);
  }
  return points;
}

}  // namespace commitlab
