// Components by Tarjan's algorithm (1972) without recursion; end components by taking away what leaves them, until nothing does.
#include "checker/components.hpp"

#include <algorithm>

namespace commitlab {

using State = DecisionProcess::State;
using Choice = DecisionProcess::Choice;

namespace {

class Tarjan {
 public:
  Tarjan(const DecisionProcess& model, const std::vector<bool>* kept) : model_(model), kept_(kept), low_(model.states(), 0) {
    found_.of.assign(model.states(), Components::kUnreached);
  }

  void from(State root) {
    if (low_[root] != 0) return;
    enter(root);
    while (!path_.empty()) step();
  }
  Components take() { return std::move(found_); }

 private:
  struct Visit {
    State state = 0;
    Choice choice = 0;
    std::uint32_t branch = 0;
    std::uint32_t number = 0;  // In the order of discovery, from 1.
  };

  void enter(State s) {
    low_[s] = ++last_number_;
    waiting_.push_back(s);
    const Choice first = model_.first_choice[s];
    path_.push_back({s, first, model_.first_branch[first], last_number_});
  }

  void step() {
    Visit& top = path_.back();
    const State s = top.state;
    for (; top.choice < model_.first_choice[s + 1]; ++top.choice) {
      if (kept_ != nullptr && !(*kept_)[top.choice]) {
        top.branch = model_.first_branch[top.choice + 1];
        continue;
      }
      while (top.branch < model_.first_branch[top.choice + 1]) {
        const State to = model_.branches[top.branch++].to;
        if (low_[to] == 0) return enter(to);
        if (found_.of[to] == Components::kUnreached) low_[s] = std::min(low_[s], low_[to]);
      }
    }
    if (low_[s] == top.number) close(s);
    path_.pop_back();
    if (!path_.empty()) {
      std::uint32_t& above = low_[path_.back().state];
      if (found_.of[s] == Components::kUnreached) above = std::min(above, low_[s]);
    }
  }

  void close(State root) {
    for (;;) {
      const State s = waiting_.back();
      waiting_.pop_back();
      found_.of[s] = found_.size();
      found_.order.push_back(s);
      if (s == root) break;
    }
    found_.first.push_back(static_cast<std::uint32_t>(found_.order.size()));
  }

  const DecisionProcess& model_;
  const std::vector<bool>* kept_;
  std::vector<std::uint32_t> low_;  // 0 for states not discovered.
  std::uint32_t last_number_ = 0;
  std::vector<State> waiting_;
  std::vector<Visit> path_;
  Components found_;
};

}  // namespace

Components components(const DecisionProcess& model) {
  Tarjan search(model, nullptr);
  search.from(model.initial);
  return search.take();
}

Components components(const DecisionProcess& model, const std::vector<bool>& kept) {
  Tarjan search(model, &kept);
  for (State s = 0; s < model.states(); ++s) search.from(s);
  return search.take();
}

Arrivals::Arrivals(const DecisionProcess& model) : first_(model.states() + std::size_t{1}, 0), all_(model.branches.size()) {
  for (const auto& branch : model.branches) ++first_[branch.to];
  for (State s = 0; s < model.states(); ++s) first_[s + 1] += first_[s];
  for (State s = 0; s < model.states(); ++s)
    for (Choice c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c)
      for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b) all_[--first_[model.branches[b].to]] = {s, c};
}

EndComponents end_components(const DecisionProcess& model) {
  EndComponents ends;
  ends.internal.assign(model.choices(), true);
  std::vector<State> owner(model.choices());
  for (State s = 0; s < model.states(); ++s)
    for (Choice c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c) owner[c] = s;

  // A choice goes when one of its branches leaves the component, also to a state that has lost all its choices.
  Components parts;
  for (bool changed = true; changed;) {
    changed = false;
    parts = components(model, ends.internal);
    for (Choice c = 0; c < model.choices(); ++c) {
      if (!ends.internal[c]) continue;
      for (std::uint32_t b = model.first_branch[c]; b < model.first_branch[c + 1]; ++b)
        if (parts.of[model.branches[b].to] != parts.of[owner[c]]) ends.internal[c] = false;
      changed = changed || !ends.internal[c];
    }
  }
  ends.of.assign(model.states(), EndComponents::kNone);
  for (std::uint32_t i = 0; i < parts.size(); ++i) {
    const auto keeps_a_choice = [&](State s) {
      for (Choice c = model.first_choice[s]; c < model.first_choice[s + 1]; ++c)
        if (ends.internal[c]) return true;
      return false;
    };
    // One state that keeps a choice is enough: then those of its component that it leads to keep one, and lead back.
    if (!std::any_of(parts[i].begin(), parts[i].end(), keeps_a_choice)) continue;
    for (const State s : parts[i]) ends.of[s] = ends.count;
    ++ends.count;
  }
  return ends;
}

}  // namespace commitlab
