// Both solvers take the components of a reduced process one by one, those that nothing leaves first.
#include "checker/schedulers.hpp"

#include <algorithm>
#include <optional>

#include "checker/chain.hpp"
#include "checker/components.hpp"
#include "checker/enclosure.hpp"
#include "checker/policy_iteration.hpp"
#include "checker/reduced.hpp"

namespace commitlab {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;

namespace {

/// Interval iteration: values from below and from above approach each other, since the equations of a reduced process have one solution.
class IntervalIteration {
 public:
  IntervalIteration(const Reduced& reduced, Extreme extreme, const SchedulerLimits& limits)
      : model_(reduced.model), parts_(components(model_)), extreme_(extreme), limits_(limits), numbers_(model_.numbers.begin(), model_.numbers.end()) {
    for (State s = 0; s < model_.states(); ++s) {
      const bool open = model_.first_choice[s] < model_.first_choice[s + 1];
      values_.emplace_back(reduced.reached[s] ? 1 : 0, reduced.reached[s] || open ? 1 : 0);
    }
  }

  Interval run() {
    for (std::uint32_t i = 0; i < parts_.size(); ++i) solve(i);
    return {values_[model_.initial].low, values_[model_.initial].high};
  }

 private:
  static constexpr int kPatience = 1000;                    // Rounds before a small component is solved exactly.
  static constexpr double kEnough = kWidestAnswer / 1024;  // What a component may add to the width of those that it leads to.

  void solve(std::uint32_t i) {
    const auto part = parts_[i];
    double known = 0;
    bool circles = false;
    for (const State s : part)
      for (std::uint32_t b = model_.first_branch_of(s); b < model_.end_branch_of(s); ++b) {
        const State to = model_.branches[b].to;
        if (parts_.of[to] == i) circles = true;
        else known = std::max(known, values_[to].width());
      }
    if (!circles) {
      update(part[0]);
      return;
    }
    for (int round = 1; limits_.updates >= part.size() && !reached(limits_.bounds); ++round) {
      limits_.updates -= part.size();
      bool changed = false;
      double widest = 0;
      for (auto at = part.size(); at-- > 0;) {
        if (update(part[at])) changed = true;
        widest = std::max(widest, values_[part[at]].width());
      }
      if (widest <= known + kEnough) return;
      const bool slow = !changed || round >= kPatience;
      if (slow && part.size() <= limits_.exactly) return solve_exactly(i);
      if (!changed) return;
    }
    if (part.size() <= limits_.exactly && !reached(limits_.bounds)) solve_exactly(i);
  }

  /// Whether the bounds of a state came nearer to each other.
  bool update(State s) {
    std::optional<Enclosure> best;
    for (Choice c = model_.first_choice[s]; c < model_.first_choice[s + 1]; ++c) {
      const Enclosure value = value_after(model_, c, numbers_, values_);
      if (!best) best = value;
      else if (extreme_ == Extreme::least) best = Enclosure(std::min(best->low, value.low), std::min(best->high, value.high));
      else best = Enclosure(std::max(best->low, value.low), std::max(best->high, value.high));
    }
    if (!best) return false;
    const Enclosure old = values_[s];
    values_[s] = {std::max(old.low, best->low), std::min(old.high, best->high)};
    return !(values_[s] == old);
  }

  /// Solves a component twice, from the lower and from the upper bounds of the states that it leads to.
  void solve_exactly(std::uint32_t i) {
    if (!exactly_) {
      exact_.resize(model_.states());
      policy_.resize(model_.states());
      exactly_.emplace(model_, parts_, extreme_, exact_, policy_, limits_.bounds);
    }
    for (const bool upper : {false, true}) {
      for (const State s : parts_[i])
        for (std::uint32_t b = model_.first_branch_of(s); b < model_.end_branch_of(s); ++b) {
          const State to = model_.branches[b].to;
          if (parts_.of[to] != i) exact_[to] = exact_rational(upper ? values_[to].high : values_[to].low);
        }
      if (!exactly_->solve(i)) return;
      for (const State s : parts_[i]) {
        const Enclosure found(exact_[s]);
        if (upper) values_[s].high = std::min(values_[s].high, found.high);
        else values_[s].low = std::max(values_[s].low, found.low);
      }
    }
  }

  const DecisionProcess& model_;
  Components parts_;
  Extreme extreme_;
  SchedulerLimits limits_;
  std::vector<Enclosure> numbers_, values_;
  std::vector<Rational> exact_;
  std::vector<Choice> policy_;
  std::optional<PolicyIteration> exactly_;  // Made when the first component needs it.
};

}  // namespace

static Reduced reduced_for(const DecisionProcess& model, const std::vector<bool>& goal, Extreme extreme, bool collapse) {
  assert(goal.size() == model.states());
  return extreme == Extreme::least ? reduced_for_least(model, goal) : reduced_for_greatest(model, goal, collapse);
}

/// Takes a choice that stays among the states of chance 0, in each of them.
static void avoid(const DecisionProcess& model, const Reduced& reduced, std::vector<Choice>& policy) {
  const auto never = [&](State s) { return !reduced.reached[s] && reduced.model.first_choice[s] == reduced.model.first_choice[s + 1]; };
  const auto stays = [&](Choice c) {
    for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b)
      if (!never(model.branches[b].to)) return false;
    return true;
  };
  for (State s = 0; s < model.states(); ++s)
    for (Choice c = model.first_choice[s]; never(s) && c < model.first_choice[s + 1]; ++c)
      if (stays(c)) policy[s] = c;
}

ExactExtreme exact_extreme(const DecisionProcess& model, const std::vector<bool>& goal, Extreme extreme) {
  const Reduced reduced = reduced_for(model, goal, extreme, false);
  const Components parts = components(reduced.model);
  std::vector<Rational> values(model.states());
  for (State s = 0; s < model.states(); ++s) values[s] = reduced.reached[s] ? 1 : 0;
  ExactExtreme found;
  found.policy.assign(model.states(), kNoChoice);
  PolicyIteration iteration(reduced.model, parts, extreme, values, found.policy);
  for (std::uint32_t i = 0; i < parts.size(); ++i) iteration.solve(i);
  for (Choice& c : found.policy)
    if (c != kNoChoice) c = reduced.choice[c];
  if (extreme == Extreme::least) avoid(model, reduced, found.policy);
  found.chance = values[reduced.model.initial];
  return found;
}

BoundedExtreme bounded_extreme(const DecisionProcess& model, const std::vector<bool>& goal, Extreme extreme, const SchedulerLimits& limits) {
  const Reduced reduced = reduced_for(model, goal, extreme, true);
  const Interval chance = IntervalIteration(reduced, extreme, limits).run();
  return {chance, chance.high - chance.low <= kWidestAnswer};
}

}  // namespace commitlab
