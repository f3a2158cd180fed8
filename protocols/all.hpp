// Every protocol of the testbed. A new one is a file of its own and a line here.
#pragma once

#include <tuple>

#include "protocols/paxos_commit_abstract.hpp"
#include "protocols/tcommit.hpp"
#include "protocols/three_phase.hpp"
#include "protocols/three_phase_flooding.hpp"
#include "protocols/three_phase_for_all.hpp"
#include "protocols/three_phase_textbook.hpp"
#include "protocols/two_phase.hpp"
#include "protocols/two_phase_tm.hpp"

namespace commitlab {

inline constexpr std::tuple kProtocols{
    TwoPhase{},
    TwoPhase{.name = "2pc-ctp",
             .summary = "two-phase commit with cooperative termination: in doubt, ask everybody",
             .ask = TwoPhase::Ask::everybody},
    ThreePhase{},
    ThreePhaseForAll{},
    ThreePhaseFlooding{},
    TextbookThreePhase{},
    TCommit{},
    TwoPhaseTm{},
    PaxosCommitAbstract{},
};

}  // namespace commitlab
