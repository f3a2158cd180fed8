#include "reports/model_files.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "checker/rational.hpp"

namespace commitlab {
namespace {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;

/// The shortest digits that are read as the same double: at most 17.
std::string text_of(double number) {
  std::array<char, 32> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr};
}

std::string text_of(const Rational& number, Digits digits) {
  if (digits == Digits::rounded) return text_of(to_double(number));
  const std::string numerator = number.numerator().str(), denominator = number.denominator().str();
  return denominator == "1" ? numerator : numerator + "/" + denominator;
}

struct Transition {
  State to = 0;
  Rational chance;
};

/// The branches of a choice in ascending order of their states, each state once.
std::vector<Transition> row_of(const DecisionProcess& process, Choice c) {
  std::vector<DecisionProcess::Branch> branches(process.branches.begin() + process.first_branch[c], process.branches.begin() + process.first_branch[c + 1]);
  std::sort(branches.begin(), branches.end(), [](const auto& a, const auto& b) { return a.to < b.to; });
  std::vector<Transition> row;
  for (const auto& [to, number] : branches) {
    if (!row.empty() && row.back().to == to) row.back().chance += process.numbers[number];
    else row.push_back({to, process.numbers[number]});
  }
  return row;
}

/// The chances of a row in words. Rounded, the greatest takes what the others miss of 1.
std::vector<std::string> chances_of(const std::vector<Transition>& row, Digits digits) {
  std::vector<std::string> words;
  if (digits == Digits::exact || row.size() == 1) {
    for (const auto& [to, chance] : row) words.push_back(text_of(chance, digits));
    return words;
  }
  const auto greatest = static_cast<std::size_t>(std::max_element(row.begin(), row.end(), [](const auto& a, const auto& b) { return a.chance < b.chance; }) - row.begin());
  std::vector<double> rounded;
  Rational rest = 1;
  for (std::size_t i = 0; i < row.size(); ++i) {
    rounded.push_back(to_double(row[i].chance));
    if (i != greatest) rest -= exact_rational(rounded[i]);
  }
  rounded[greatest] = to_double(rest);
  for (const double chance : rounded) words.push_back(text_of(chance));
  return words;
}

/// Visits each choice of each state, with its place in the state, its cost and its row; a state without one has one that costs nothing.
void each_choice(const DecisionProcess& process, auto&& visit) {
  for (State s = 0; s < process.states(); ++s) {
    const Choice first = process.first_choice[s], end = process.first_choice[s + 1];
    if (first == end) visit(s, Choice{0}, kNoChoice, std::vector<Transition>{{s, 1}});
    for (Choice c = first; c < end; ++c) visit(s, c - first, c, row_of(process, c));
  }
}

Rational cost_of(const DecisionProcess& process, const DecisionProcess::Reward& reward, Choice c) { return c == kNoChoice ? Rational() : process.numbers[reward.of_choice[c]]; }

/// The labels that a state has, in this order: "init", "deadlock", the names of kinds.
std::vector<std::string> labels_of(const NamedProcess& model, State s) {
  std::vector<std::string> labels;
  if (s == model.process.initial) labels.emplace_back("init");
  if (model.process.first_choice[s] == model.process.first_choice[s + 1]) labels.emplace_back("deadlock");
  if (const auto kind = model.process.kind[s]; kind < model.kinds.size() && !model.kinds[kind].empty()) labels.push_back(model.kinds[kind]);
  return labels;
}

std::string transitions_text(const DecisionProcess& process, Digits digits) {
  const ModelSize size = size_of(process);
  const bool chain = process.is_chain();
  std::string text = std::to_string(size.states) + " " + (chain ? "" : std::to_string(size.choices) + " ") + std::to_string(size.transitions) + "\n";
  each_choice(process, [&](State s, Choice place, Choice, const std::vector<Transition>& row) {
    const std::string from = std::to_string(s) + " " + (chain ? "" : std::to_string(place) + " ");
    const auto chances = chances_of(row, digits);
    for (std::size_t i = 0; i < row.size(); ++i) text += from + std::to_string(row[i].to) + " " + chances[i] + "\n";
  });
  return text;
}

std::string states_text(const DecisionProcess& process) {
  std::string text = "(moment,end)\n";
  for (State s = 0; s < process.states(); ++s) text += std::to_string(s) + ":(" + std::to_string(s) + "," + std::to_string(process.kind[s]) + ")\n";
  return text;
}

/// All labels that there can be are named, and lines are of the states that have one.
std::string labels_text(const NamedProcess& model) {
  std::vector<std::string> names{"init", "deadlock"};
  for (const std::string& name : model.kinds)
    if (!name.empty()) names.push_back(name);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) text += (i == 0 ? "" : " ") + std::to_string(i) + "=\"" + names[i] + "\"";
  text += "\n";
  for (State s = 0; s < model.process.states(); ++s) {
    const auto labels = labels_of(model, s);
    if (labels.empty()) continue;
    text += std::to_string(s) + ":";
    for (const auto& label : labels) text += " " + std::to_string(std::find(names.begin(), names.end(), label) - names.begin());
    text += "\n";
  }
  return text;
}

ModelFile reward_file(const DecisionProcess& process, const DecisionProcess::Reward& reward, Digits digits) {
  const bool chain = process.is_chain();
  std::uint64_t lines = 0;
  std::string text;
  each_choice(process, [&](State s, Choice place, Choice c, const std::vector<Transition>& row) {
    const Rational cost = cost_of(process, reward, c);
    if (cost == 0) return;
    const std::string words = text_of(cost, digits);
    if (chain) text += std::to_string(s) + " " + words + "\n", ++lines;
    else
      for (const auto& [to, chance] : row) text += std::to_string(s) + " " + std::to_string(place) + " " + std::to_string(to) + " " + words + "\n", ++lines;
  });
  const ModelSize size = size_of(process);
  const std::string head = "# Reward structure \"" + reward_name(reward.name) + "\"\n# " + (chain ? "State" : "Transition") + " rewards\n";
  const std::string counts = std::to_string(size.states) + " " + (chain ? "" : std::to_string(size.choices) + " ") + std::to_string(lines) + "\n";
  return {"." + reward_name(reward.name) + (chain ? ".srew" : ".trew"), head + counts + text};
}

}  // namespace

std::string reward_name(const std::string& name) {
  std::string text = name;
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

ModelSize size_of(const DecisionProcess& process) {
  ModelSize size{.states = process.states()};
  each_choice(process, [&](State, Choice, Choice, const std::vector<Transition>& row) { ++size.choices, size.transitions += row.size(); });
  return size;
}

std::vector<ModelFile> prism_files(const NamedProcess& model, Digits digits) {
  std::vector<ModelFile> files{{".tra", transitions_text(model.process, digits)}, {".sta", states_text(model.process)}, {".lab", labels_text(model)}};
  for (const auto& reward : model.process.rewards) files.push_back(reward_file(model.process, reward, digits));
  return files;
}

std::string drn_text(const NamedProcess& model, Digits digits) {
  const DecisionProcess& process = model.process;
  const ModelSize size = size_of(process);
  std::string text = "@type: " + std::string(process.is_chain() ? "DTMC" : "MDP") + "\n@value_type: " + (digits == Digits::exact ? "rational" : "double") + "\n@parameters\n\n@reward_models\n";
  for (const auto& reward : process.rewards) text += (&reward == &process.rewards.front() ? "" : " ") + reward_name(reward.name);
  text += "\n@nr_states\n" + std::to_string(size.states) + "\n@nr_choices\n" + std::to_string(size.choices) + "\n@model\n";
  // Costs are of choices, so that each state by itself costs nothing.
  std::string nothing;
  for (const auto& reward : process.rewards) nothing += &reward == &process.rewards.front() ? "0" : ", 0";
  if (!nothing.empty()) nothing = " [" + nothing + "]";
  each_choice(process, [&](State s, Choice place, Choice c, const std::vector<Transition>& row) {
    if (place == 0) {
      text += "state " + std::to_string(s) + nothing;
      for (const auto& label : labels_of(model, s)) text += " " + label;
      text += "\n";
    }
    text += "\taction " + std::to_string(place);
    for (const auto& reward : process.rewards) text += (&reward == &process.rewards.front() ? " [" : ", ") + text_of(cost_of(process, reward, c), digits);
    text += process.rewards.empty() ? "\n" : "]\n";
    const auto chances = chances_of(row, digits);
    for (std::size_t i = 0; i < row.size(); ++i) text += "\t\t" + std::to_string(row[i].to) + " : " + chances[i] + "\n";
  });
  return text;
}

}  // namespace commitlab
