// No test: the instances that the tests of this program share.
#include "checker/instances_for_tests.hpp"

namespace commitlab {

template Verdict check(const TwoPhase&, const Question&);
template Verdict check(const ThreePhase&, const Question&);
template Verdict check(const ThreePhaseForAll&, const Question&);
template Verdict check(const ThreePhaseFlooding&, const Question&);
template Verdict check(const TextbookThreePhase&, const Question&);
template Verdict check(const TCommit&, const Question&);
template Verdict check(const TwoPhaseTm&, const Question&);
template Verdict check(const PaxosCommitAbstract&, const Question&);

}  // namespace commitlab
