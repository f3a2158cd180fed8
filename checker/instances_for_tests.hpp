// For tests: what several of them ask of all protocols is compiled once for their program, in instances_test.cpp, and not once for each.
#pragma once

#include "checker/check.hpp"
#include "protocols/all.hpp"

namespace commitlab {

extern template Verdict check(const TwoPhase&, const Question&);
extern template Verdict check(const ThreePhase&, const Question&);
extern template Verdict check(const ThreePhaseForAll&, const Question&);
extern template Verdict check(const ThreePhaseFlooding&, const Question&);
extern template Verdict check(const TextbookThreePhase&, const Question&);
extern template Verdict check(const TCommit&, const Question&);
extern template Verdict check(const TwoPhaseTm&, const Question&);
extern template Verdict check(const PaxosCommitAbstract&, const Question&);

}  // namespace commitlab
