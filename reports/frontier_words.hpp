// Budgets of faults and the frontier between them, in words.
#pragma once

#include <string>

#include "checker/frontier.hpp"

namespace commitlab {

/// "1 crash + 2 losses", or "no fault".
std::string budgets_text(const Budgets& budgets);

/// "crashes", as a heading: the plural of the n-th of kDimensions.
std::string plural(std::size_t dimension);
/// "1 crash", of the n-th.
std::string counted_faults(std::size_t dimension, unsigned count);

/// "safe with 2 crashes; broken by 1 suspicion; broken by 1 crash + 1 loss; inconclusive with 3 crashes".
std::string frontier_sentence(const PropertyFrontier& property);

/// "9 of 18 vectors of faults, 1,234 worlds, 5,678 steps; 9 follow from others".
std::string searched_text(const Frontier& frontier, const Method& method = {});

}  // namespace commitlab
