// Where nothing but votes is left to chance and nobody is known by its number, only how many vote yes makes a difference: one run for
// each such number, weighed by its chance, instead of a chain with a state for each way to vote.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "checker/sample.hpp"
#include "checker/steady_delays.hpp"
#include "checker/unfold.hpp"

namespace commitlab {

/// The chance that exactly k participants vote yes, for k = 0 ... n. Nothing if too many hosts are shared to go through all that fail.
std::optional<std::vector<Rational>> chances_of_counts(const Voters& voters);

/// In how many ways the votes can be drawn; at most 2^63.
std::uint64_t ways_to_vote(const Voters& voters);

/// Is there no fault that chance or a script brings about? A timer may fire all the same, if delays are longer than it waits.
bool only_votes_are_drawn(const Setting& setting);

/// runs[k] is what becomes of one transaction in which k vote yes, with the chance chances[k].
ExactOdds mixed(const std::vector<Rational>& chances, const std::vector<Sums>& runs);

/// So many ways to vote make a small chain, which is solved as any other.
inline constexpr std::uint64_t kFewWaysToVote = 256;

/// What becomes of one transaction with constant delays and no faults, if the first or the last so many participants vote yes.
template <Protocol P>
Sums calm_run(const P& p, const Setting& calm, std::size_t yes, bool first, Bounds* bounds) {
  std::vector<Voter> votes(calm.nodes - 1);
  for (std::size_t i = 0; i < votes.size(); ++i) votes[first ? i : votes.size() - 1 - i].fixed = i < yes ? Vote::yes : Vote::no;
  return count_runs(p, calm, Voters(std::move(votes)), 0, 0, 1, 1, bounds);
}

/// Nothing where this is not sound: a participant may be told from another, or more than votes is left to chance; and nothing past
/// `bounds`.
///
/// Sound, since the simulator takes those first who vote yes, and else knows nobody by number: with constant delays, runs with as many
/// yes votes are the same but for names, be there timers that fire or not. A protocol that told them apart without saying so would be
/// found out by runs in which others vote yes.
template <Protocol P>
std::optional<ExactOdds> odds_by_counts(const P& p, const Setting& setting, const Voters& voters, Bounds* bounds = nullptr) {
  if (!alike(p, setting) || !only_votes_are_drawn(setting)) return std::nullopt;
  const auto chances = chances_of_counts(voters);
  if (!chances) return std::nullopt;
  Setting calm = setting;
  calm.delays = steady(setting.delays);
  std::vector<Sums> runs(chances->size());
  for (std::size_t yes = 0; yes < runs.size(); ++yes) {
    if ((*chances)[yes] == 0) continue;
    runs[yes] = calm_run(p, calm, yes, true, bounds);
    const Sums others = calm_run(p, calm, yes, false, bounds);
    if (bounds != nullptr && bounds->is_reached()) return std::nullopt;
    if (!(runs[yes] == others)) return std::nullopt;
  }
  return mixed(*chances, runs);
}

}  // namespace commitlab
