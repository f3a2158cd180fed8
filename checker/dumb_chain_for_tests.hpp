// For tests: random decision processes, and Markov chains solved by one elimination of all states, with no thought of components.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <utility>
#include <vector>

#include "checker/decisions.hpp"

namespace commitlab::dumb {

using Matrix = std::vector<std::vector<Rational>>;

/// Solves a x = b for all columns of b at once, by Gauss and Jordan, where a has an inverse.
inline Matrix solved(Matrix a, Matrix b) {
  const std::size_t n = a.size();
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    while (a[pivot][column] == 0) ++pivot;
    std::swap(a[pivot], a[column]);
    std::swap(b[pivot], b[column]);
    for (std::size_t row = 0; row < n; ++row) {
      if (row == column || a[row][column] == 0) continue;
      const Rational factor = a[row][column] / a[column][column];
      for (std::size_t i = column; i < n; ++i)
        if (a[column][i] != 0) a[row][i] -= factor * a[column][i];
      for (std::size_t i = 0; i < b[row].size(); ++i)
        if (b[column][i] != 0) b[row][i] -= factor * b[column][i];
    }
  }
  for (std::size_t row = 0; row < n; ++row)
    for (Rational& value : b[row]) value /= a[row][row];
  return b;
}

/// A chain as a full matrix, with what each state costs.
struct Full {
  Matrix chance;
  std::vector<std::vector<Rational>> cost;  // by state, by reward
};

/// The chain that is left when each state takes the choice `taken[s]`, counted from its first.
inline Full full(const DecisionProcess& model, const std::vector<std::uint32_t>& taken) {
  Full chain{Matrix(model.states(), std::vector<Rational>(model.states())), Matrix(model.states(), std::vector<Rational>(model.rewards.size()))};
  for (std::uint32_t s = 0; s < model.states(); ++s) {
    if (model.first_choice[s] == model.first_choice[s + 1]) {
      chain.chance[s][s] = 1;
      continue;
    }
    const std::uint32_t c = model.first_choice[s] + taken[s];
    for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b)
      chain.chance[s][model.branches[b].to] += model.numbers[model.branches[b].chance];
    for (std::size_t r = 0; r < model.rewards.size(); ++r) chain.cost[s][r] = model.numbers[model.rewards[r].of_choice[c]];
  }
  return chain;
}

/// Who is reached from whom, also by no step, by Warshall.
inline std::vector<std::vector<bool>> reached(const Matrix& chance) {
  const std::size_t n = chance.size();
  std::vector<std::vector<bool>> known(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j) known[i][j] = i == j || chance[i][j] != 0;
  for (std::size_t k = 0; k < n; ++k)
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; known[i][k] && j < n; ++j)
        if (known[k][j]) known[i][j] = true;
  return known;
}

/// For each state the chances to come to each state of `ends`, and after those the costs until then. All others lead there.
struct Ends {
  std::vector<Rational> kinds;
  Rational cycles;
  std::vector<std::optional<Rational>> rewards;
  bool circles = false;  ///< Some states that are left again lead back to themselves.
};

inline Ends ends(const DecisionProcess& model) {
  const Full chain = full(model, std::vector<std::uint32_t>(model.states(), 0));
  const std::size_t n = chain.chance.size();
  const auto known = reached(chain.chance);
  std::vector<bool> last(n, true);  // a state of a class that is never left
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < n; ++j)
      if (known[i][j] && !known[j][i]) last[i] = false;

  Ends found;
  std::uint8_t most = 0;
  for (const auto kind : model.kind) most = std::max(most, kind);
  found.kinds.resize(most + std::size_t{1});
  found.rewards.assign(model.rewards.size(), Rational(0));
  Matrix a(n, std::vector<Rational>(n)), b(n, std::vector<Rational>(n + model.rewards.size()));
  for (std::size_t i = 0; i < n; ++i) {
    a[i][i] = 1;
    if (last[i]) {
      b[i][i] = 1;
      continue;
    }
    for (std::size_t j = 0; j < n; ++j) a[i][j] -= chain.chance[i][j];
    for (std::size_t r = 0; r < model.rewards.size(); ++r) b[i][n + r] = chain.cost[i][r];
    for (std::size_t j = 0; j < n; ++j)
      if (known[model.initial][i] && (i == j ? chain.chance[i][i] != 0 : known[i][j] && known[j][i])) found.circles = true;
  }
  const std::vector<Rational> row = solved(std::move(a), std::move(b))[model.initial];
  for (std::size_t j = 0; j < n; ++j) {
    if (chain.chance[j][j] == 1) found.kinds[model.kind[j]] += row[j];
    else found.cycles += row[j];
  }
  for (std::size_t r = 0; r < model.rewards.size(); ++r) {
    found.rewards[r] = row[n + r];
    // A class that is entered pays in all its states.
    for (std::size_t j = 0; j < n; ++j)
      if (last[j] && known[model.initial][j] && chain.chance[j][j] != 1 && chain.cost[j][r] != 0) found.rewards[r].reset();
  }
  return found;
}

struct Shape {
  std::uint32_t states = 12, choices = 1;  ///< At most.
  std::uint32_t policies = ~std::uint32_t{0};  ///< At most: states get fewer choices to keep to it.
};

/// A process drawn by chance: sparse, with absorbing states of several kinds, circles and, sometimes, places that are never left.
inline DecisionProcess random_process(std::mt19937_64& chance, const Shape& shape) {
  const auto below = [&](std::uint64_t bound) { return static_cast<std::uint32_t>(chance() % bound); };
  DecisionWriter writer({"messages", "writes"});
  const std::uint32_t states = 3 + below(shape.states - 2), spread = 1 + below(3);
  std::uint64_t policies = 1;
  for (std::uint32_t s = 0; s < states; ++s) {
    const bool ends = below(3) == 0;
    writer.state(static_cast<std::uint8_t>(below(4)));
    if (s > 0 && ends) {
      if (below(2) == 0) writer.stay();
      continue;
    }
    std::uint32_t choices = 1 + below(shape.choices);
    while (policies * choices > shape.policies) --choices;
    policies *= choices;
    for (std::uint32_t c = 0; c < choices; ++c) {
      writer.choice();
      writer.reward(0, below(4));
      writer.reward(1, Rational(below(2) * below(7), 3));
      const std::uint32_t branches = 1 + std::max(below(spread + 1), below(2));
      std::vector<std::uint32_t> weights;
      std::uint32_t sum = 0;
      for (std::uint32_t b = 0; b < branches; ++b) weights.push_back(below(5) == 0 ? 97 : 1 + below(4)), sum += weights.back();
      for (const std::uint32_t weight : weights) writer.branch(below(states), Rational(weight, sum));
    }
  }
  return writer.take();
}

}  // namespace commitlab::dumb
