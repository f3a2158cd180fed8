// For tests: runs and chains of all protocols, compiled once for the program in odds_instances_test.cpp.
#pragma once

#include "checker/sample.hpp"
#include "checker/unfold.hpp"
#include "protocols/all.hpp"

namespace commitlab {

extern template Sampled sample(const TwoPhase&, const Setting&, const Voters&, const Sampling&);
extern template Sampled sample(const ThreePhase&, const Setting&, const Voters&, const Sampling&);
extern template Sampled sample(const ThreePhaseForAll&, const Setting&, const Voters&, const Sampling&);
extern template Sampled sample(const ThreePhaseFlooding&, const Setting&, const Voters&, const Sampling&);
extern template Sampled sample(const TextbookThreePhase&, const Setting&, const Voters&, const Sampling&);

extern template Unfolded unfold(const TwoPhase&, const Setting&, const Voters&, const UnfoldLimits&);
extern template Unfolded unfold(const ThreePhase&, const Setting&, const Voters&, const UnfoldLimits&);
extern template Unfolded unfold(const ThreePhaseForAll&, const Setting&, const Voters&, const UnfoldLimits&);
extern template Unfolded unfold(const ThreePhaseFlooding&, const Setting&, const Voters&, const UnfoldLimits&);
extern template Unfolded unfold(const TextbookThreePhase&, const Setting&, const Voters&, const UnfoldLimits&);

}  // namespace commitlab
