// The least and the greatest chance to reach some states, over all schedulers: exactly, or between bounds that hold.
#pragma once

#include <cstdint>
#include <vector>

#include "checker/part_of_verb.hpp"
#include "checker/decisions.hpp"
#include "checker/interval.hpp"

namespace commitlab {

enum class Extreme : std::uint8_t { least, greatest };

/// The chance from the initial state, and a scheduler that has it: one choice for each state, whatever happened before (such a one is
/// always among the best: Puterman 1994).
struct ExactExtreme {
  Rational chance;
  std::vector<DecisionProcess::Choice> policy;  ///< `kNoChoice` where any will do: in goals, states not reached, those that always or never lead to a goal.
};

struct BoundedExtreme {
  Interval chance;          ///< Contains the true value, whether conclusive or not.
  bool conclusive = false;  ///< Not wider than 10^-9.
};

struct SchedulerLimits {
  std::uint64_t updates = 300'000'000;  ///< Of one state by all its choices, for all components together.
  std::uint32_t exactly = 100;          ///< A component of so many states is solved exactly if bounds approach each other too slowly.
  Bounds* bounds = nullptr;             ///< Of time and memory: past them, the bounds of the answer stay as wide as they are.
};

/// A state without a choice stays where it is. Needs a process without flaws, and one entry of `goal` for each state.
///
/// By rational numbers, component by component, in each by policy iteration (Howard 1960): for small models, and for large ones with
/// small components.
ExactExtreme exact_extreme(const DecisionProcess& model, const std::vector<bool>& goal, Extreme extreme);

/// By doubles rounded outwards: interval iteration (Haddad and Monmege 2014), from below and from above, after maximal end components
/// are made one state each.
BoundedExtreme bounded_extreme(const DecisionProcess& model, const std::vector<bool>& goal, Extreme extreme, const SchedulerLimits& limits = {});

}  // namespace commitlab
