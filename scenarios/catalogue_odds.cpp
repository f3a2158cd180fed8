// The odds of all protocols, apart from their entries so that both are compiled at once.
#include "protocols/all.hpp"
#include "scenarios/odds.hpp"

namespace commitlab {

std::span<const Offered<Odds>> catalogue_odds() { return odds_of<kProtocols>(); }

}  // namespace commitlab
