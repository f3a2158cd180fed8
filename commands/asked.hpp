// From words to a question: the one way in, for the command line and for the first line of a play.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "commands/words.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/play.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/validate.hpp"

namespace commitlab {

/// A question that makes sense, in the scenario's own terms.
struct Asked {
  Scenario scenario{};
  const Entry* entry = nullptr;         // of its protocol
  std::string file{};                   // the scenario or play it was read from; empty if it was built from options
  std::optional<Play> play{};           // if the file was a play
  Words words{};                        // that ask the same from anywhere in this folder: a play's own, then those given
  bool as_written = true;               // no option changes the question of the scenario's file
  std::vector<std::string> warnings{};
};

/// Reads operand and options. The operand is a protocol, a file (from `folder`, unless it is absolute), a shipped scenario,
/// or "-" for standard input. Throws a Refusal.
Asked ask(const Words& words, Catalogue catalogue, const std::string& folder = "");

/// The same for the first line of a play that stands in `file`.
Asked ask_as_play(const Play& play, Catalogue catalogue, const std::string& file);

/// What validation must know of the protocols.
std::vector<ProtocolFacts> facts(Catalogue catalogue);

Limits limits_of(const Words& words);

/// What `check` asks the engine; throws a Refusal for what cannot be searched.
Question searchable(const Asked& asked, const Limits& limits);

/// What `replay` asks: the votes are the play's.
Question replayable(const Asked& asked, const Limits& limits);

}  // namespace commitlab
