// The studies of all protocols, apart from their entries so that both are compiled at once.
#include "protocols/all.hpp"
#include "scenarios/studies.hpp"

namespace commitlab {

std::span<const Studies> catalogue_studies() { return studies_of<kProtocols>(); }

}  // namespace commitlab
