// The lines of a play as a way through a frozen graph.
#pragma once

#include <string>
#include <vector>

#include "checker/frozen.hpp"
#include "checker/replayed.hpp"
#include "reports/explorer_data.hpp"

namespace commitlab {

/// Follows the lines, in which nodes are numbers, from the start with these votes ("yes no" for each transaction). Its last line may be `end`.
/// Throws a Refusal where a line leads beyond the graph, where nothing or several things happen as it says, or if there is no such start.
GraphPath path_of(const FrozenGraph& graph, const std::vector<std::string>& votes, const std::vector<PlayLine>& lines);

}  // namespace commitlab
