// No test: the instances that the tests of chances share.
#include "checker/odds_instances_for_tests.hpp"

namespace commitlab {

template Sampled sample(const TwoPhase&, const Setting&, const Voters&, const Sampling&);
template Sampled sample(const ThreePhase&, const Setting&, const Voters&, const Sampling&);
template Sampled sample(const ThreePhaseForAll&, const Setting&, const Voters&, const Sampling&);
template Sampled sample(const ThreePhaseFlooding&, const Setting&, const Voters&, const Sampling&);
template Sampled sample(const TextbookThreePhase&, const Setting&, const Voters&, const Sampling&);

template Unfolded unfold(const TwoPhase&, const Setting&, const Voters&, const UnfoldLimits&);
template Unfolded unfold(const ThreePhase&, const Setting&, const Voters&, const UnfoldLimits&);
template Unfolded unfold(const ThreePhaseForAll&, const Setting&, const Voters&, const UnfoldLimits&);
template Unfolded unfold(const ThreePhaseFlooding&, const Setting&, const Voters&, const UnfoldLimits&);
template Unfolded unfold(const TextbookThreePhase&, const Setting&, const Voters&, const UnfoldLimits&);

}  // namespace commitlab
