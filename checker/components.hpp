// Strongly connected components of a decision process: the parts that must be solved as a whole, in the order to solve them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/decisions.hpp"

namespace commitlab {

/// The components that are reached, those that nothing leaves first: a branch leads to its own component or to an earlier one.
struct Components {
  static constexpr std::uint32_t kUnreached = ~std::uint32_t{0};

  std::vector<DecisionProcess::State> order;  ///< The states, component by component.
  std::vector<std::uint32_t> first = {0};     ///< Where each component begins in `order`, and the end.
  std::vector<std::uint32_t> of;              ///< The component of a state.

  std::uint32_t size() const { return static_cast<std::uint32_t>(first.size() - 1); }
  std::span<const DecisionProcess::State> operator[](std::uint32_t i) const { return std::span(order).subspan(first[i], first[i + 1] - first[i]); }
};

/// Those reached from the initial state.
Components components(const DecisionProcess& model);

/// Those of all states, along the choices that are kept only.
Components components(const DecisionProcess& model, const std::vector<bool>& kept);

/// For each state, the branches that lead to it.
struct Arrivals {
  explicit Arrivals(const DecisionProcess& model);

  struct Arrival {
    DecisionProcess::State from = 0;
    DecisionProcess::Choice choice = 0;
  };
  std::span<const Arrival> operator[](DecisionProcess::State s) const { return std::span(all_).subspan(first_[s], first_[s + 1] - first_[s]); }

 private:
  std::vector<std::uint32_t> first_;
  std::vector<Arrival> all_;
};

/// The maximal end components that a run can stay in for ever if the scheduler wills (de Alfaro 1997): each is a set of states, joined
/// by choices none of which leaves it. States without a choice belong to none.
struct EndComponents {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  std::vector<std::uint32_t> of;  ///< The end component of a state.
  std::vector<bool> internal;     ///< Whether a choice stays inside that of its state.
  std::uint32_t count = 0;
};

EndComponents end_components(const DecisionProcess& model);

}  // namespace commitlab
