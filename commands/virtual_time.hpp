// The engines of virtual time, which a specification has not: who asks for one says why there is none.
#pragma once

#include <string>

#include "commands/asked.hpp"

namespace commitlab {

inline constexpr const char* kNoTime = "it says what may happen, and not when";
inline constexpr const char* kNoChance = "it says what may happen, and not how likely it is";

/// What may be asked of the entry where things happen by chance. Throws a Refusal, E1606, `because` of this if there is nothing.
const Odds& odds_of(const Entry& entry, const std::string& because = kNoChance);

/// One run of the scenario, drawn from its own seed. Throws the same.
Run simulated(const Entry& entry, const Scenario& scenario, const std::string& because = kNoTime);

/// Throws a Refusal, E1602, for options that only a search understands, where what is asked for is not searched: budgets of faults,
/// timing, and, unless properties are `judged`, these. What the scenario's file says of them is another matter: it may be asked of both.
enum class Judges : bool { no, yes };
void refuse_options_of_searches(const Words& words, Judges judges);

/// The same for options of runs that are drawn, where nothing is drawn.
void refuse_options_of_chance(const Words& words, const std::string& because);

}  // namespace commitlab
