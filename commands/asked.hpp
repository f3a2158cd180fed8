// From words to a question: the one way in, for the command line and for the first line of a play.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/refusal.hpp"
#include "commands/words.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/play.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/trace_file.hpp"
#include "scenarios/validate.hpp"

namespace commitlab {

/// A question that makes sense, in the scenario's own terms.
struct Asked {
  Scenario scenario{};
  const Entry* entry = nullptr;         // of its protocol
  std::string file{};                   // the scenario, play or trace it was read from; empty if it was built from options
  std::optional<Play> play{};           // if the file was a play, or a trace: what makes it again
  std::optional<TraceFile> trace{};     // if it was a trace
  Words words{};                        // that ask the same from anywhere in this folder: a play's own, then those given
  std::optional<Weakening> weakening{};  // of the protocol: as the scenario or an option says
  std::vector<std::string> warnings{};
};

/// Reads operand and options. The operand is a protocol, a file (from `folder`, unless it is absolute), a shipped scenario,
/// or "-" for standard input. Throws a Refusal.
Asked ask(const Words& words, Catalogue catalogue, const std::string& folder = "");

/// The same for the first line of a play that stands in `file`.
Asked ask_as_play(const Play& play, Catalogue catalogue, const std::string& file);

/// A scenario that was kept as its canonical text, with its name and the words that had asked it. `file` is where it was kept.
Asked ask_kept(std::string_view scenario, const std::string& name, const std::string& file, const Words& words, Catalogue catalogue);

/// What a specification answers to what is for protocols only, E1606, `because` of this.
Refusal specification_refusal(const Entry& entry, const std::string& because);
/// Throws a Refusal, E1606, if the entry is a specification: what is asked is for protocols only, `because` of this.
void refuse_specification(const Entry& entry, const std::string& because);

/// Throws a Refusal, E1606, if the question says of its transactions what only a search can do.
void refuse_in_virtual_time(const Asked& asked);

/// What validation must know of the protocols.
std::vector<ProtocolFacts> facts(Catalogue catalogue);

/// A Refusal of an input, with these findings.
Refusal refusal_of(std::vector<Diagnostic> diagnostics, int exit_code);

}  // namespace commitlab
