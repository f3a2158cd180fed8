// Policy iteration on rational numbers (Howard 1960) in one component of a decision process.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "checker/components.hpp"
#include "checker/decisions.hpp"
#include "checker/elimination.hpp"
#include "checker/schedulers.hpp"

namespace commitlab {

/// The expected value after a choice.
template <typename Number>
Number value_after(const DecisionProcess& model, DecisionProcess::Choice c, const std::vector<Number>& numbers, const std::vector<Number>& values) {
  Number sum;
  for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b) sum += numbers[model.branches[b].chance] * values[model.branches[b].to];
  return sum;
}

/// Policy iteration in a component, where the values of all states that it leads to are known.
///
/// For the greatest: a choice is changed only for one that is better by the present values, so values do not fall. Where a new policy
/// stays for ever, the choices there were no better, so the old one stayed, too: the value was and is 0. At the end the values solve
/// the optimality equations, hence are no less than their least solution, which is the greatest chance; and a policy has them.
/// For the least: no policy stays for ever in a process that is reduced, so that the equations have one solution.
class PolicyIteration {
 public:
  PolicyIteration(const DecisionProcess& model, const Components& parts, Extreme extreme, std::vector<Rational>& values,
                  std::vector<DecisionProcess::Choice>& policy, Bounds* bounds = nullptr)
      : model_(model), parts_(parts), extreme_(extreme), values_(values), policy_(policy), bounds_(bounds), local_(model.states()) {}

  /// False if it was given up at a bound of time or memory: then the values of the component are of no use.
  bool solve(std::uint32_t i) {
    const auto part = parts_[i];
    for (std::uint32_t at = 0; at < part.size(); ++at) local_[part[at]] = at;
    if (!start(i)) return true;
    if (part.size() == 1 && !loops(part[0])) {
      improve(part);
      values_[part[0]] = value_after(model_, policy_[part[0]], model_.numbers, values_);
      return true;
    }
    do {
      if (!evaluate(i)) return false;
    } while (improve(part));
    return true;
  }

 private:
  bool loops(DecisionProcess::State s) const {
    for (std::uint32_t b = model_.first_branch_of(s); b < model_.end_branch_of(s); ++b)
      if (model_.branches[b].to == s) return true;
    return false;
  }
  bool leaves(DecisionProcess::Choice c, std::uint32_t i) const {
    for (std::uint32_t b = model_.first_branch[c]; b < model_.first_branch[c + 1]; ++b)
      if (parts_.of[model_.branches[b].to] != i) return true;
    return false;
  }

  /// The first choice of each state, but for the greatest one that may leave the component where there is one. False if there is no choice.
  bool start(std::uint32_t i) {
    for (const DecisionProcess::State s : parts_[i]) {
      DecisionProcess::Choice best = model_.first_choice[s];
      if (best == model_.first_choice[s + 1]) return false;
      for (DecisionProcess::Choice c = best; extreme_ == Extreme::greatest && c < model_.first_choice[s + 1]; ++c)
        if (leaves(c, i)) best = c;
      policy_[s] = best;
      values_[s] = 0;
    }
    return true;
  }

  /// The states of the component, by place, from which the policy may leave it.
  std::vector<bool> leaving(std::uint32_t i) const {
    const auto part = parts_[i];
    std::vector<std::vector<std::uint32_t>> before(part.size());
    std::vector<bool> found(part.size());
    std::vector<std::uint32_t> next;
    for (std::uint32_t at = 0; at < part.size(); ++at) {
      const DecisionProcess::Choice c = policy_[part[at]];
      for (std::uint32_t b = model_.first_branch[c]; b < model_.first_branch[c + 1]; ++b)
        if (parts_.of[model_.branches[b].to] == i) before[local_[model_.branches[b].to]].push_back(at);
      if (!leaves(c, i)) continue;
      found[at] = true;
      next.push_back(at);
    }
    while (!next.empty()) {
      const std::uint32_t at = next.back();
      next.pop_back();
      for (const std::uint32_t from : before[at]) {
        if (found[from]) continue;
        found[from] = true;
        next.push_back(from);
      }
    }
    return found;
  }

  /// Sets the values of the component to those of its policy; false if given up.
  bool evaluate(std::uint32_t i) {
    const auto part = parts_[i];
    const std::vector<bool> goes_on = leaving(i);
    std::vector<std::uint32_t> row(part.size());
    std::uint32_t rows = 0;
    for (std::uint32_t at = 0; at < part.size(); ++at)
      if (goes_on[at]) row[at] = rows++;
    Elimination<Rational> solver(rows, bounds_);
    std::vector<Rational> worth(rows);
    for (std::uint32_t at = 0; at < part.size(); ++at) {
      if (!goes_on[at]) continue;
      const DecisionProcess::Choice c = policy_[part[at]];
      for (std::uint32_t b = model_.first_branch[c]; b < model_.first_branch[c + 1]; ++b) {
        const auto [to, chance] = model_.branches[b];
        const Rational& number = model_.numbers[chance];
        const bool inside = parts_.of[to] == i;
        if (inside && goes_on[local_[to]]) {
          solver.add(row[at], row[local_[to]], number);
          continue;
        }
        solver.add_exit(row[at], number);
        if (!inside) worth[row[at]] += number * values_[to];
      }
    }
    solver.run(~std::uint64_t{0});
    if (!solver.stopped()) worth = solver.values(std::move(worth));
    if (solver.stopped()) return false;
    for (std::uint32_t at = 0; at < part.size(); ++at) values_[part[at]] = goes_on[at] ? worth[row[at]] : Rational();
    return true;
  }

  /// Changes the choices for which there is a better one by the present values; whether there was any.
  bool improve(std::span<const DecisionProcess::State> part) {
    bool changed = false;
    for (const DecisionProcess::State s : part) {
      if (model_.first_choice[s + 1] - model_.first_choice[s] == 1) continue;
      Rational best = value_after(model_, policy_[s], model_.numbers, values_);
      for (DecisionProcess::Choice c = model_.first_choice[s]; c < model_.first_choice[s + 1]; ++c) {
        if (c == policy_[s]) continue;
        Rational value = value_after(model_, c, model_.numbers, values_);
        if (extreme_ == Extreme::least ? value >= best : value <= best) continue;
        best = std::move(value);
        policy_[s] = c;
        changed = true;
      }
    }
    return changed;
  }

  const DecisionProcess& model_;
  const Components& parts_;
  Extreme extreme_;
  std::vector<Rational>& values_;
  std::vector<DecisionProcess::Choice>& policy_;
  Bounds* bounds_;
  std::vector<std::uint32_t> local_;
};

}  // namespace commitlab
