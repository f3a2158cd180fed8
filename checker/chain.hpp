// How a Markov chain ends: the chances of all its ends, exactly or between bounds that hold, and what it costs until then.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "checker/part_of_verb.hpp"
#include "checker/decisions.hpp"
#include "checker/interval.hpp"

namespace commitlab {

inline constexpr double kWidestAnswer = 1e-9;  ///< Bounds of a probability further apart are inconclusive.

/// Says of which kind the end is where a run goes round these states for ever, if it is to be counted as one.
using NameOfCycle = std::function<std::optional<DecisionProcess::Kind>(std::span<const DecisionProcess::State>)>;

/// How runs from the initial state end. The chances sum to exactly 1.
struct ExactEnds {
  std::vector<Rational> kinds;  ///< To end in an absorbing state of each kind, up to the greatest kind of the model.
  Rational cycles;              ///< To go round for ever in some states that have no name.
  /// What is expected to be paid in all before an absorbing state: of each reward; nothing where it is infinite, since a run may go
  /// round for ever and pay each time. An absorbing state costs nothing.
  std::vector<std::optional<Rational>> rewards;
  bool stopped = false;  ///< Given up at a bound of time or memory: nothing of this holds.

  Rational sum() const;
};

/// The same between bounds. Every interval contains the true value, whether it is conclusive or not.
struct BoundedEnds {
  std::vector<Interval> kinds;
  Interval cycles;
  std::vector<Interval> rewards;  ///< Of what is infinite or not bounded, `high` is infinite.
  bool conclusive = false;        ///< No interval of a chance is wider than `kWidestAnswer`.
};

struct ChainLimits {
  std::uint64_t eliminations = 20'000'000;  ///< Sums and products for all components together that are solved by elimination.
  std::uint64_t moves = 1'000'000'000;      ///< Steps of one state for all components together where that was too much.
  Bounds* bounds = nullptr;                 ///< Of time and memory.
};

/// By rational numbers. States are taken component by component from the initial state on, so that what is kept of a state is how often
/// it is visited; a component with cycles is solved by elimination. Needs a chain without flaws.
ExactEnds exact_ends(const DecisionProcess& chain, const NameOfCycle& name_of = {}, Bounds* bounds = nullptr);

/// By doubles rounded outwards, in the same way. In a component that would need too much elimination, mass is moved until what has not
/// left is too little to matter; what is left bounds the error. Given up at a bound of time or memory, every chance is between 0 and 1.
BoundedEnds bounded_ends(const DecisionProcess& chain, const NameOfCycle& name_of = {}, const ChainLimits& limits = {});

}  // namespace commitlab
