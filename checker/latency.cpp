#include "checker/latency.hpp"

#include <algorithm>

namespace commitlab {
namespace {

using State = DecisionProcess::State;

/// Every state before those that follow it; nothing if there is a cycle.
std::optional<std::vector<State>> in_order(const DecisionProcess& chain) {
  enum class Mark : std::uint8_t { fresh, open, done };
  std::vector<Mark> marks(chain.states(), Mark::fresh);
  std::vector<std::pair<State, std::uint32_t>> path;  // and the next of its branches
  std::vector<State> order;
  const auto enter = [&](State s) {
    marks[s] = Mark::open;
    path.push_back({s, chain.absorbing(s) ? chain.end_branch_of(s) : chain.first_branch_of(s)});
  };
  enter(chain.initial);
  while (!path.empty()) {
    auto& [state, branch] = path.back();
    if (branch == chain.end_branch_of(state)) {
      marks[state] = Mark::done;
      order.push_back(state);
      path.pop_back();
      continue;
    }
    const State to = chain.branches[branch++].to;
    if (marks[to] == Mark::open) return std::nullopt;
    if (marks[to] == Mark::fresh) enter(to);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

std::optional<double> expected_latency(const Unfolded& unfolded) {
  const DecisionProcess& chain = unfolded.chain;
  const auto order = in_order(chain);
  if (!order) return std::nullopt;
  std::vector<double> chances;
  for (const Rational& number : chain.numbers) chances.push_back(to_double(number));
  const auto settled = [](std::size_t kind) { return kind == 1 + static_cast<std::size_t>(Outcome::commits) || kind == 1 + static_cast<std::size_t>(Outcome::aborts); };

  std::vector<double> no_more(chain.states());  // the chance that nobody decides any more, and all is settled in the end
  for (auto state = order->rbegin(); state != order->rend(); ++state) {
    if (chain.absorbing(*state)) no_more[*state] = settled(chain.kind[*state]) ? 1 : 0;
    else
      for (auto i = chain.first_branch_of(*state); i < chain.end_branch_of(*state); ++i)
        if (unfolded.decided[i] == Moments::kNoDecision) no_more[*state] += chances[chain.branches[i].chance] * no_more[chain.branches[i].to];
  }

  std::vector<double> visits(chain.states());
  visits[chain.initial] = 1;
  double settles = 0, sum = 0;
  for (const State state : *order) {
    if (chain.absorbing(state)) {
      if (settled(chain.kind[state])) settles += visits[state];
      continue;
    }
    for (auto i = chain.first_branch_of(state); i < chain.end_branch_of(state); ++i) {
      const auto [to, chance] = chain.branches[i];
      const double odds = visits[state] * chances[chance];
      visits[to] += odds;
      if (unfolded.decided[i] != Moments::kNoDecision) sum += odds * static_cast<double>(unfolded.decided[i]) * no_more[to];
    }
  }
  if (settles <= 0) return std::nullopt;
  return sum / settles;
}

}  // namespace commitlab
