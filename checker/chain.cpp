// Both solvers of Markov chains are one passage over the components, with rational numbers or with enclosures.
#include "checker/chain.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

#include "checker/components.hpp"
#include "checker/elimination.hpp"
#include "checker/enclosure.hpp"

namespace commitlab {

using State = DecisionProcess::State;
using Kind = DecisionProcess::Kind;

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

template <typename Number>
class Passage {
 public:
  Passage(const DecisionProcess& chain, const NameOfCycle& name_of, const ChainLimits& limits)
      : chain_(chain), name_of_(name_of), limits_(limits), parts_(components(chain)), numbers_(chain.numbers.begin(), chain.numbers.end()),
        mass_(chain.states()), local_(chain.states()) {
    kinds.resize(chain.kind.empty() ? 0 : std::size_t{*std::max_element(chain.kind.begin(), chain.kind.end())} + 1);
    rewards.resize(chain.rewards.size());
    infinite.resize(chain.rewards.size());
  }

  void run() {
    mass_[chain_.initial] = Number(Rational(1));
    for (std::uint32_t i = parts_.size(); i-- > 0;) {
      if (stopped = stopped || reached(limits_.bounds); stopped) return;
      const auto part = parts_[i];
      if (chain_.absorbing(part[0])) kinds[chain_.kind[part[0]]] += mass_[part[0]];
      else if (bottom(i)) end_in_cycle(part);
      else if (part.size() == 1 && !loops(part[0])) pass(part[0], i, mass_[part[0]]);
      else circle(i);
      for (const State s : part) mass_[s] = Number();
    }
  }

  std::vector<Number> kinds;
  Number cycles;
  std::vector<Number> rewards;
  std::vector<bool> infinite;
  bool stopped = false;  // at a bound: nothing of this holds

 private:
  bool loops(State s) const {
    for (std::uint32_t b = chain_.first_branch_of(s); b < chain_.end_branch_of(s); ++b)
      if (chain_.branches[b].to == s) return true;
    return false;
  }
  bool bottom(std::uint32_t i) const {
    for (const State s : parts_[i])
      for (std::uint32_t b = chain_.first_branch_of(s); b < chain_.end_branch_of(s); ++b)
        if (parts_.of[chain_.branches[b].to] != i) return false;
    return true;
  }

  void end_in_cycle(std::span<const State> part) {
    Number all;
    for (const State s : part) all += mass_[s];
    const auto name = name_of_ ? name_of_(part) : std::nullopt;
    if (name) kinds.resize(std::max(kinds.size(), std::size_t{*name} + 1));
    (name ? kinds[*name] : cycles) += all;
    for (std::size_t r = 0; r < rewards.size(); ++r)
      for (const State s : part)
        if (chain_.numbers[chain_.rewards[r].of_choice[chain_.first_choice[s]]] != 0) infinite[r] = true;
  }

  /// Pays for the visits of a state and hands on what leaves its component.
  void pass(State s, std::uint32_t part, const Number& visits) {
    for (std::size_t r = 0; r < rewards.size(); ++r) {
      const std::uint32_t cost = chain_.rewards[r].of_choice[chain_.first_choice[s]];
      if (cost != 0 || chain_.numbers[0] != 0) rewards[r] += visits * numbers_[cost];
    }
    for (std::uint32_t b = chain_.first_branch_of(s); b < chain_.end_branch_of(s); ++b) {
      const auto [to, chance] = chain_.branches[b];
      if (parts_.of[to] != part) mass_[to] += visits * numbers_[chance];
    }
  }

  void circle(std::uint32_t i) {
    const auto part = parts_[i];
    for (std::uint32_t at = 0; at < part.size(); ++at) local_[part[at]] = at;
    Elimination<Number> solver(part.size(), limits_.bounds);
    std::vector<Number> starts;
    for (const State s : part) {
      starts.push_back(mass_[s]);
      for (std::uint32_t b = chain_.first_branch_of(s); b < chain_.end_branch_of(s); ++b) {
        const auto [to, chance] = chain_.branches[b];
        if (parts_.of[to] == i) solver.add(local_[s], local_[to], numbers_[chance]);
        else solver.add_exit(local_[s], numbers_[chance]);
      }
    }
    const bool solved = solver.run(limits_.eliminations);
    if (!solved && !solver.stopped()) return move_mass(i);
    limits_.eliminations -= std::min(limits_.eliminations, solver.work());
    std::vector<Number> visits;
    if (solved) visits = solver.visits(std::move(starts));
    if (stopped = solver.stopped(); stopped) return;
    for (std::uint32_t at = 0; at < part.size(); ++at) pass(part[at], i, visits[at]);
  }

  void move_mass(std::uint32_t i);

  const DecisionProcess& chain_;
  const NameOfCycle& name_of_;
  ChainLimits limits_;
  Components parts_;
  std::vector<Number> numbers_;
  std::vector<Number> mass_;          // Arrived at states whose turn is to come.
  std::vector<std::uint32_t> local_;  // The place of a state in its component.
};

template <>
void Passage<Rational>::move_mass(std::uint32_t) {
  assert(false);  // Elimination has no limit there.
}

/// Moves mass from state to state of the component. What arrived for certain and was moved for certain (rounded down) bounds the visits
/// and the exits from below. An exit gets at most its own and all that is not known to take another.
template <>
void Passage<Enclosure>::move_mass(std::uint32_t i) {
  const auto part = parts_[i];
  std::vector<double> waiting, visits(part.size(), 0);
  Enclosure all;
  for (const State s : part) waiting.push_back(mass_[s].low), all += mass_[s];
  const auto each_way = [&](std::uint32_t at, double mass, auto inside, auto outside) {
    for (std::uint32_t b = chain_.first_branch_of(part[at]); b < chain_.end_branch_of(part[at]); ++b) {
      const auto [to, chance] = chain_.branches[b];
      const double moved = product_down(mass, numbers_[chance].low);
      if (parts_.of[to] == i) inside(local_[to], moved);
      else outside(to, moved);
    }
  };

  double rest = kInfinity;
  while (rest > all.high * kWidestAnswer / 64 && limits_.moves >= part.size() && !reached(limits_.bounds)) {
    limits_.moves -= part.size();
    for (auto at = static_cast<std::uint32_t>(part.size()); at-- > 0;) {
      const double mass = std::exchange(waiting[at], 0);
      visits[at] = sum_down(visits[at], mass);
      each_way(at, mass, [&](std::uint32_t to, double moved) { waiting[to] = sum_down(waiting[to], moved); }, [](State, double) {});
    }
    rest = std::accumulate(waiting.begin(), waiting.end(), 0.0);
  }

  double left = 0;
  const auto stays = [](std::uint32_t, double) {};
  for (std::uint32_t at = 0; at < part.size(); ++at) each_way(at, visits[at], stays, [&](State, double moved) { left = sum_down(left, moved); });
  const double unknown = left >= all.high ? 0 : next_above(all.high - left);
  for (std::uint32_t at = 0; at < part.size(); ++at) {
    each_way(at, visits[at], stays, [&](State to, double moved) { mass_[to] += Enclosure(moved, next_above(moved + unknown)); });
    for (std::size_t r = 0; r < rewards.size(); ++r) {
      const std::uint32_t cost = chain_.rewards[r].of_choice[chain_.first_choice[part[at]]];
      if (chain_.numbers[cost] != 0) rewards[r] += Enclosure(product_down(visits[at], numbers_[cost].low), kInfinity);
    }
  }
}

}  // namespace

Rational ExactEnds::sum() const {
  Rational all = cycles;
  for (const Rational& chance : kinds) all += chance;
  return all;
}

ExactEnds exact_ends(const DecisionProcess& chain, const NameOfCycle& name_of, Bounds* bounds) {
  assert(chain.is_chain());
  Passage<Rational> passage(chain, name_of, {.eliminations = ~std::uint64_t{0}, .moves = 0, .bounds = bounds});
  passage.run();
  ExactEnds ends{std::move(passage.kinds), std::move(passage.cycles), {}, passage.stopped};
  for (std::size_t r = 0; r < passage.rewards.size(); ++r) {
    ends.rewards.emplace_back();
    if (!passage.infinite[r]) ends.rewards.back() = std::move(passage.rewards[r]);
  }
  return ends;
}

BoundedEnds bounded_ends(const DecisionProcess& chain, const NameOfCycle& name_of, const ChainLimits& limits) {
  assert(chain.is_chain());
  Passage<Enclosure> passage(chain, name_of, limits);
  passage.run();
  if (passage.stopped) {
    const Interval reward{0, kInfinity};
    return {.kinds = std::vector(passage.kinds.size(), Interval{0, 1}), .cycles = {0, 1}, .rewards = std::vector(passage.rewards.size(), reward)};
  }
  std::vector<Enclosure> found = passage.kinds;
  found.push_back(passage.cycles);

  // The chances sum to 1: each is also what the others leave.
  BoundedEnds ends;
  ends.conclusive = true;
  for (std::size_t k = 0; k < found.size(); ++k) {
    Enclosure others;
    for (std::size_t other = 0; other < found.size(); ++other)
      if (other != k) others += found[other];
    const Interval chance{std::max(found[k].low, one_less_down(others.high)), std::min(found[k].high, one_less_up(others.low))};
    ends.conclusive = ends.conclusive && chance.high - chance.low <= kWidestAnswer;
    (k + 1 == found.size() ? ends.cycles : ends.kinds.emplace_back()) = chance;
  }
  for (std::size_t r = 0; r < passage.rewards.size(); ++r) {
    if (passage.infinite[r]) ends.rewards.push_back({kInfinity, kInfinity});
    else ends.rewards.push_back({passage.rewards[r].low, passage.rewards[r].high});
  }
  return ends;
}

}  // namespace commitlab
