// A finite Markov decision process as plain values: what a scheduler may choose, and what chance then does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/rational.hpp"

namespace commitlab {

/// States 0, 1, ... in compressed rows: the choices of state s are first_choice[s] up to first_choice[s + 1], the branches of choice c
/// are first_branch[c] up to first_branch[c + 1]. Chances and rewards are places in `numbers`, since a large model has few different
/// ones. Where no state has two choices this is a Markov chain. Made by `DecisionWriter`.
struct DecisionProcess {
  using State = std::uint32_t;
  using Choice = std::uint32_t;
  using Kind = std::uint8_t;

  struct Branch {
    State to = 0;
    std::uint32_t chance = 0;  ///< In `numbers`.
  };
  /// What a choice costs each time it is made, such as messages or forced writes.
  struct Reward {
    std::string name;
    std::vector<std::uint32_t> of_choice;  ///< In `numbers`; as many as there are choices.
  };

  std::vector<Rational> numbers;
  std::vector<std::uint32_t> first_choice = {0};
  std::vector<std::uint32_t> first_branch = {0};
  std::vector<Branch> branches;
  std::vector<Kind> kind;  ///< A label of each state: where a run that stays there has ended, such as "commits".
  std::vector<Reward> rewards;
  State initial = 0;

  State states() const { return static_cast<State>(kind.size()); }
  Choice choices() const { return static_cast<Choice>(first_branch.size() - 1); }
  /// The branches of all choices of a state lie side by side, too.
  std::uint32_t first_branch_of(State s) const { return first_branch[first_choice[s]]; }
  std::uint32_t end_branch_of(State s) const { return first_branch[first_choice[s + 1]]; }
  bool leads_only_to(Choice c, State s) const;
  /// A run that comes here stays: there is no choice, or one that leads back with chance 1.
  bool absorbing(State s) const;
  /// No state has two choices.
  bool is_chain() const;
};

inline constexpr DecisionProcess::Choice kNoChoice = ~DecisionProcess::Choice{0};

/// What makes it no decision process, and where, in words; nothing if it is one. Chances are above 0, those of a choice sum to exactly
/// 1, rewards are not below 0, and every place exists.
std::optional<std::string> flaw_of(const DecisionProcess& model);

/// Which states are of one of these kinds.
std::vector<bool> states_of_kinds(const DecisionProcess& model, const std::vector<DecisionProcess::Kind>& kinds);

/// Writes a process down from its first state to its last: a state, then each of its choices, after each choice its branches. A branch
/// may lead to a state that is yet to be written.
class DecisionWriter {
 public:
  /// `rewards`: the names of what choices cost.
  explicit DecisionWriter(const std::vector<std::string>& rewards = {});

  DecisionProcess::State state(DecisionProcess::Kind kind = 0);
  /// One more choice of the latest state; costs nothing until told.
  DecisionProcess::Choice choice();
  /// One more branch of the latest choice; not kept if its chance is 0.
  void branch(DecisionProcess::State to, const Rational& chance) { branch(to, number(chance)); }
  void branch(DecisionProcess::State to, std::uint32_t number);
  /// What the latest choice costs, by the place of the reward's name.
  void reward(std::size_t which, const Rational& cost) { numbered_reward(which, number(cost)); }
  void numbered_reward(std::size_t which, std::uint32_t number) { model_.rewards[which].of_choice.back() = number; }
  /// The place of a number in the table, new or old: for those who add a million branches of few chances.
  std::uint32_t number(const Rational& value);
  const Rational& value(std::uint32_t number) const { return model_.numbers[number]; }
  /// The branch of a new choice that leads back to the latest state with chance 1.
  void stay();

  DecisionProcess take() { return std::move(model_); }

 private:
  DecisionProcess model_;
  std::map<Rational, std::uint32_t> places_;
};

}  // namespace commitlab
