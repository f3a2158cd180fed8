// From a scenario to what an engine is asked.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

/// "coordinator", then the participants.
std::vector<std::string> node_names(const Scenario& scenario);

/// What `check` asks: one start for every vector of votes that the scenario allows. A participant may vote either way unless
/// its vote is fixed, its success is 0 or 1, or its operation would take something below zero; those on a shared host that fails
/// vote no together. Nothing if there are more than
/// kMostVoteVectors of them.
inline constexpr std::size_t kMostVoteVectors = 1u << 16;
/// One World holds no more transactions than this.
inline constexpr std::size_t kMostTransactionsSearched = 64;
std::optional<Question> question_of(const Scenario& scenario, const Limits& limits);

}  // namespace commitlab
