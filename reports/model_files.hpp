// A Markov chain or decision process as text that PRISM and Storm read, so that they can be asked what commitlab does not ask.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/named_process.hpp"

namespace commitlab {

/// `rounded`: to doubles, of which those of a choice sum to 1 within half a unit in the last place of the greatest. `exact`: fractions of
/// whole numbers, which Storm reads as `rational`, and PRISM in its exact mode only.
enum class Digits : bool { rounded, exact };

/// One of several files that share a name: ".tra", and what is in it.
struct ModelFile {
  std::string ending, text;
};

/// What the text of a process has of each: branches of a choice that lead to the same state are one transition, and a state without a
/// choice has one that leads back.
struct ModelSize {
  std::uint64_t states = 0, choices = 0, transitions = 0;
};
ModelSize size_of(const DecisionProcess& process);

/// The explicit files of PRISM (its manual, "Explicit Model Files"): transitions (.tra), variables of the states (.sta: `moment`, the number
/// of the state, and `end`, its kind), labels (.lab), and for each reward the costs of states, if each has but one choice (.NAME.srew),
/// else of transitions (.NAME.trew). Labels are "init", "deadlock" (a state without a choice), and the names of the kinds.
std::vector<ModelFile> prism_files(const NamedProcess& model, Digits chances);

/// The same as one file in Storm's DRN, "direct encoding": rewards are of actions.
std::string drn_text(const NamedProcess& model, Digits chances);

/// "forced_writes" for "forced writes": no name of a reward has a blank there.
std::string reward_name(const std::string& name);

}  // namespace commitlab
