// Whether a question makes sense as a whole, however it was put: as a file, or with options on the command line.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/diagnostic.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

/// What must be known of a protocol to judge a question that is put to it.
struct ProtocolFacts {
  std::string_view name;
  std::vector<std::string_view> options{};  // that it understands
  bool assumes_synchrony = false;           // it is correct only if a timer never fires before a message arrives
  bool specification = false;               // see Specification in sim/protocol.hpp
  std::span<const std::string_view> records{}, messages{};  // their kinds
};

inline constexpr std::size_t kMostParticipants = kMaxNodes - 1;
inline constexpr std::uint32_t kMostTransactions = 1'000'000;

/// A broadcast to more nodes than this has too many parts for a crash to reach each of them in a search.
inline constexpr std::size_t kWidestTornBroadcast = 12;
/// More nodes than this split in two groups in too many ways.
inline constexpr std::size_t kMostNodesPartitioned = 12;

/// All that is wrong with a question, errors and warnings, each with the JSON pointer of what it is about and without
/// file and place. Rules that rest on a value at, above or below an `unsound` pointer are not asked.
std::vector<Diagnostic> validate(const Scenario& scenario, std::span<const ProtocolFacts> protocols,
                                 std::span<const std::string> unsound = {});

/// Completes a question that is put to a specification: its channels are sticky unless the question `says_channels`, and
/// there is one vector of votes, all yes, because a participant that will not is one that aborts by itself.
void fill_in_for_specification(Scenario& scenario, bool says_channels);

/// What is wrong with a participant's name, which must be 1 to 64 of A-Z a-z 0-9 _ . - with a letter among them, and no
/// word of a play: E1210, E1211 or E1212 without a pointer, or nothing.
std::optional<Diagnostic> name_error(std::string_view name);

}  // namespace commitlab
