// What of a decision process is known by its graph alone, and the process without it.
#include "checker/reduced.hpp"

#include <numeric>

#include "checker/components.hpp"

namespace commitlab {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;

/// The states that lead to one of these by some choices, through none that is blocked; these included.
static std::vector<bool> leading_to(const Arrivals& arrivals, std::vector<bool> found, const std::vector<bool>& blocked) {
  std::vector<State> next;
  for (State s = 0; s < found.size(); ++s)
    if (found[s]) next.push_back(s);
  while (!next.empty()) {
    const State s = next.back();
    next.pop_back();
    for (const auto& [from, choice] : arrivals[s]) {
      if (found[from] || blocked[from]) continue;
      found[from] = true;
      next.push_back(from);
    }
  }
  return found;
}

/// The states from which some scheduler never reaches a goal. All others are found: goals, and states each of whose choices may lead
/// to one that was found.
static std::vector<bool> avoiding(const DecisionProcess& model, const Arrivals& arrivals, const std::vector<bool>& goal) {
  std::vector<bool> avoids(model.states(), true), lost(model.choices());
  std::vector<Choice> left(model.states());
  std::vector<State> next;
  for (State s = 0; s < model.states(); ++s) {
    left[s] = model.first_choice[s + 1] - model.first_choice[s];
    if (!goal[s]) continue;
    avoids[s] = false;
    next.push_back(s);
  }
  while (!next.empty()) {
    const State s = next.back();
    next.pop_back();
    for (const auto& [from, choice] : arrivals[s]) {
      if (lost[choice]) continue;
      lost[choice] = true;
      if (--left[from] > 0 || !avoids[from]) continue;
      avoids[from] = false;
      next.push_back(from);
    }
  }
  return avoids;
}

/// The process of blocks, made of the states in their order. States of a block that is `known` give no choices, others those that are
/// not `dropped`.
static Reduced blocks(const DecisionProcess& model, std::vector<State> block_of, State count, const std::vector<bool>& known,
                      const std::vector<bool>& reached, const std::vector<bool>& dropped) {
  std::vector<std::uint32_t> first(count + std::size_t{1}, 0);
  for (const State block : block_of) ++first[block];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<State> members(model.states());
  for (State s = model.states(); s-- > 0;) members[--first[block_of[s]]] = s;

  Reduced reduced;
  DecisionProcess& made = reduced.model;
  made.numbers = model.numbers;
  made.kind.assign(count, 0);
  made.initial = block_of[model.initial];
  reduced.reached.assign(count, false);
  for (State block = 0; block < count; ++block) {
    for (std::uint32_t i = first[block]; i < first[block + 1]; ++i) {
      const State s = members[i];
      if (reached[s]) reduced.reached[block] = true;
      if (known[s]) continue;
      for (Choice c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c) {
        if (dropped[c]) continue;
        for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b)
          made.branches.push_back({block_of[model.branches[b].to], model.branches[b].chance});
        made.first_branch.push_back(static_cast<std::uint32_t>(made.branches.size()));
        reduced.choice.push_back(c);
      }
    }
    made.first_choice.push_back(made.choices());
  }
  reduced.block_of = std::move(block_of);
  return reduced;
}

static std::vector<State> each_alone(const DecisionProcess& model) {
  std::vector<State> block_of(model.states());
  std::iota(block_of.begin(), block_of.end(), State{0});
  return block_of;
}

Reduced reduced_for_least(const DecisionProcess& model, const std::vector<bool>& goal) {
  const Arrivals arrivals(model);
  const std::vector<bool> never = avoiding(model, arrivals, goal);
  const std::vector<bool> perhaps_never = leading_to(arrivals, never, goal);
  std::vector<bool> known(model.states()), always(model.states());
  for (State s = 0; s < model.states(); ++s) {
    always[s] = !perhaps_never[s];
    known[s] = never[s] || always[s];
  }
  return blocks(model, each_alone(model), model.states(), known, always, std::vector<bool>(model.choices()));
}

/// Takes the choices of blocks from which some scheduler reaches the goal for certain: since none can stay for ever, it is enough to
/// keep away from the blocks of chance 0.
static Reduced without_certain(Reduced reduced) {
  const DecisionProcess& model = reduced.model;
  std::vector<bool> never(model.states()), known(model.states());
  for (State s = 0; s < model.states(); ++s) {
    known[s] = model.first_choice[s] == model.first_choice[s + 1];
    never[s] = known[s] && !reduced.reached[s];
  }
  std::vector<bool> always = avoiding(model, Arrivals(model), never);
  for (State s = 0; s < model.states(); ++s) known[s] = known[s] || always[s];
  Reduced less = blocks(model, each_alone(model), model.states(), known, always, std::vector<bool>(model.choices()));
  for (Choice& c : less.choice) c = reduced.choice[c];
  less.block_of = std::move(reduced.block_of);
  return less;
}

Reduced reduced_for_greatest(const DecisionProcess& model, const std::vector<bool>& goal, bool collapse) {
  const std::vector<bool> perhaps = leading_to(Arrivals(model), goal, std::vector<bool>(model.states()));
  std::vector<bool> known(model.states());
  for (State s = 0; s < model.states(); ++s) known[s] = goal[s] || !perhaps[s];
  Reduced cut = blocks(model, each_alone(model), model.states(), known, goal, std::vector<bool>(model.choices()));
  if (!collapse) return cut;

  const EndComponents ends = end_components(cut.model);
  std::vector<State> block_of(model.states());
  State count = ends.count;
  for (State s = 0; s < model.states(); ++s) block_of[s] = ends.of[s] == EndComponents::kNone ? count++ : ends.of[s];
  Reduced reduced = blocks(cut.model, std::move(block_of), count, known, goal, ends.internal);
  for (Choice& c : reduced.choice) c = cut.choice[c];
  return without_certain(std::move(reduced));
}

}  // namespace commitlab
