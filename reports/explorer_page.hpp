// The page in which a reader decides what happens next, in any world that the faults allow.
#pragma once

#include <string>

#include "reports/explorer_data.hpp"

namespace commitlab {

/// One file of HTML that asks nothing of any network.
std::string explorer_page(const Explored& about, const FrozenGraph& graph);

}  // namespace commitlab
