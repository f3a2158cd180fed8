// Writing a decision process down, and what is wrong with one.
#include "checker/decisions.hpp"

#include <algorithm>

namespace commitlab {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;
using Kind = DecisionProcess::Kind;

bool DecisionProcess::leads_only_to(Choice c, State s) const {
  for (std::uint32_t b = first_branch[c]; b < first_branch[c + 1]; ++b)
    if (branches[b].to != s) return false;
  return true;
}

bool DecisionProcess::absorbing(State s) const {
  const std::uint32_t count = first_choice[s + 1] - first_choice[s];
  return count == 0 || (count == 1 && leads_only_to(first_choice[s], s));
}

bool DecisionProcess::is_chain() const {
  for (State s = 0; s < states(); ++s)
    if (first_choice[s + 1] - first_choice[s] > 1) return false;
  return true;
}

/// Places that begin at 0, do not fall and end at `size`.
static bool rows_fit(const std::vector<std::uint32_t>& first, std::size_t rows, std::size_t size) {
  return first.size() == rows + 1 && first.front() == 0 && first.back() == size && std::is_sorted(first.begin(), first.end());
}

std::optional<std::string> flaw_of(const DecisionProcess& model) {
  if (model.first_branch.empty()) return "there is no end of the last choice";
  if (!rows_fit(model.first_choice, model.kind.size(), model.choices())) return "the choices of the states do not follow each other";
  if (!rows_fit(model.first_branch, model.choices(), model.branches.size())) return "the branches of the choices do not follow each other";
  if (model.initial >= model.states()) return "the initial state " + std::to_string(model.initial) + " does not exist";
  for (State s = 0; s < model.states(); ++s) {
    for (Choice c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c) {
      const std::string where = "choice " + std::to_string(c - model.first_choice[s]) + " of state " + std::to_string(s);
      Rational sum;
      for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b) {
        const auto [to, chance] = model.branches[b];
        if (to >= model.states()) return where + " leads to state " + std::to_string(to) + ", which does not exist";
        if (chance >= model.numbers.size()) return where + " has a chance that is not in the table";
        if (model.numbers[chance] <= 0) return where + " has the chance " + exact_text(model.numbers[chance]) + ": only those above 0 are written";
        sum += model.numbers[chance];
      }
      if (sum != 1) return "the chances of " + where + " sum to " + exact_text(sum) + ", not to 1";
    }
  }
  for (const auto& [name, of_choice] : model.rewards) {
    if (of_choice.size() != model.choices()) return "the reward \"" + name + "\" has not one cost for each choice";
    for (const std::uint32_t cost : of_choice) {
      if (cost >= model.numbers.size()) return "the reward \"" + name + "\" has a cost that is not in the table";
      if (model.numbers[cost] < 0) return "the reward \"" + name + "\" has the cost " + exact_text(model.numbers[cost]) + ", which is below 0";
    }
  }
  return {};
}

std::vector<bool> states_of_kinds(const DecisionProcess& model, const std::vector<Kind>& kinds) {
  std::vector<bool> members(model.states());
  for (State s = 0; s < model.states(); ++s) members[s] = std::find(kinds.begin(), kinds.end(), model.kind[s]) != kinds.end();
  return members;
}

DecisionWriter::DecisionWriter(const std::vector<std::string>& rewards) {
  for (const std::string& name : rewards) model_.rewards.push_back({name, {}});
  number(0);
  number(1);
}

State DecisionWriter::state(Kind kind) {
  model_.kind.push_back(kind);
  model_.first_choice.push_back(model_.choices());
  return model_.states() - 1;
}

Choice DecisionWriter::choice() {
  assert(!model_.kind.empty());
  model_.first_branch.push_back(static_cast<std::uint32_t>(model_.branches.size()));
  ++model_.first_choice.back();
  for (auto& reward : model_.rewards) reward.of_choice.push_back(0);
  return model_.choices() - 1;
}

void DecisionWriter::branch(State to, std::uint32_t number) {
  assert(model_.choices() > 0 && model_.branches.size() < ~std::uint32_t{0});
  if (model_.numbers[number] == 0) return;
  model_.branches.push_back({to, number});
  ++model_.first_branch.back();
}

std::uint32_t DecisionWriter::number(const Rational& value) {
  const auto [place, is_new] = places_.try_emplace(value, static_cast<std::uint32_t>(model_.numbers.size()));
  if (is_new) model_.numbers.push_back(value);
  return place->second;
}

void DecisionWriter::stay() {
  choice();
  branch(model_.states() - 1, Rational(1));
}

}  // namespace commitlab
