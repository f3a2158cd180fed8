// Which faults each property bears and which break it, within a corner of budgets, in plain values.
//
// What breaks a property goes on breaking it with larger budgets, and what holds goes on holding with smaller ones: a budget
// only ever adds steps. Every run of the smaller question is a run of the larger one, so that what it reaches is reached there
// (AC1, AC2, AC3, conservation), and a world from which no steps without new faults lead to decisions has the same such steps
// there (AC5, NB). AC4 is about no fault at all. So a property is told by its least breaches, or by its largest safe budgets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "checker/lattice.hpp"
#include "checker/verdict.hpp"

namespace commitlab {

/// Budgets that break a property, and no smaller ones are known to.
struct Breach {
  Budgets budgets{};
  Finding finding{};
  bool least = true;  // all smaller ones are known to be safe
};

/// Budgets under which nothing is known.
struct Open {
  Budgets budgets{};
  std::string why{};  // empty if they were not searched
};

/// What is known of one property. All lists are in the order of the lattice.
struct PropertyFrontier {
  Property property{};
  std::string name{};
  Status status = Status::inconclusive;  // with all faults of the corner
  std::vector<Breach> breaches{};
  std::vector<Budgets> safe{};  // the largest
  std::vector<Open> open{};
};

/// One property under one vector of budgets.
struct FrontierCell {
  Status status = Status::inconclusive;
  bool searched = false;                // otherwise it follows from another vector
  std::size_t steps = 0;                // of the witness that a search found here
  std::optional<Budgets> broken_by{};   // the first breach within these budgets
};

struct FrontierRow {
  Budgets budgets{};
  bool searched = false;
  std::vector<FrontierCell> cells{};  // of `properties`, in their order
};

struct Frontier {
  Budgets corner{};
  std::vector<PropertyFrontier> properties{};
  std::vector<FrontierRow> rows{};  // all vectors within the corner
  std::uint64_t searches = 0, worlds = 0, steps = 0;
  std::uint64_t starts = 0;  // of each search
  std::vector<Goal> sometimes{};
  double seconds = 0;
  std::uint64_t bytes = 0;  // of the largest search

  /// Violated beats inconclusive beats holds.
  Status status() const {
    Status worst = Status::holds;
    for (const auto& property : properties) {
      if (property.status == Status::violated) return Status::violated;
      if (property.status == Status::inconclusive) worst = Status::inconclusive;
    }
    return worst;
  }
};

}  // namespace commitlab
