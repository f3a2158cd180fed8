// A decision process whose ends have names, as plain values: what is exported, and what other tools may ask.
#pragma once

#include <string>
#include <vector>

#include "checker/decisions.hpp"

namespace commitlab {

/// A state of kind k is an end called `kinds[k]`: a run that comes there stays there, or goes round states of that kind for ever. Where
/// that name is empty it is none.
struct NamedProcess {
  DecisionProcess process;
  std::vector<std::string> kinds;  ///< As many as there are kinds, or more.
  std::string stopped{};           ///< Why some of it is beyond; empty if it was not given up.
};

/// The name of an end of which nothing is known, since a limit was reached there.
inline constexpr const char* kBeyondName = "beyond";

/// A process whose kinds are 1 + Outcome, or `Unfolded::kBeyond`, of the world as it is at that moment. Kinds are kept where a run ends;
/// a set of states that is never left has the greatest of its kinds, as when its chances are solved. Others become kind 0, without a
/// name.
NamedProcess with_ends_named(DecisionProcess process);

}  // namespace commitlab
