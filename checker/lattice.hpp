// Budgets of faults as points of a lattice: one lies within another if it allows no fault more often.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "sim/faults.hpp"

namespace commitlab {

/// One kind of fault, and its key in a scenario.
struct Dimension {
  std::uint8_t Budgets::*budget;
  std::string_view key;
};

inline constexpr std::array<Dimension, 7> kDimensions = {{{&Budgets::crashes, "crashes"},
                                                          {&Budgets::disk_losses, "disk_losses"},
                                                          {&Budgets::losses, "losses"},
                                                          {&Budgets::duplicates, "duplicates"},
                                                          {&Budgets::reorders, "reorders"},
                                                          {&Budgets::partitions, "partitions"},
                                                          {&Budgets::suspicions, "suspicions"}}};

/// How many faults in all.
constexpr unsigned total(const Budgets& budgets) {
  unsigned sum = 0;
  for (const auto& [budget, key] : kDimensions) sum += budgets.*budget;
  return sum;
}

constexpr bool within(const Budgets& small, const Budgets& large) {
  for (const auto& [budget, key] : kDimensions)
    if (small.*budget > large.*budget) return false;
  return true;
}

/// How many points lie within the corner, itself and the origin included.
constexpr std::uint64_t points_within(const Budgets& corner) {
  std::uint64_t count = 1;
  for (const auto& [budget, key] : kDimensions) count *= std::uint64_t{1} + corner.*budget;
  return count;
}

/// All of them: those with fewer faults in all first, and among equals those with more of the kind that comes first. One crash
/// stands before one loss.
std::vector<Budgets> all_within(const Budgets& corner);

/// Those with one fault more, as far as they lie within the corner; and those with one fault less.
std::vector<Budgets> above(const Budgets& budgets, const Budgets& corner);
std::vector<Budgets> below(const Budgets& budgets);

}  // namespace commitlab
