// A play as a file: its question in the first line, then votes, then a run line by line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/replayed.hpp"
#include "scenarios/diagnostic.hpp"

namespace commitlab {

struct Play {
  std::vector<std::string> question;  // the words behind "commitlab-play/1": options as on the command line
  std::vector<std::vector<bool>> votes;  // [transaction][participant]: yes; empty if the play has no line `votes`
  std::vector<PlayLine> lines;           // names not yet turned into numbers
};

/// Reads the text of a play; what is wrong with its form is told with file and line.
struct ReadPlay {
  std::optional<Play> play;
  std::vector<Diagnostic> diagnostics;
};
ReadPlay read_play(std::string_view text, std::string_view file);

/// Does the text open like a play?
bool looks_like_play(std::string_view text);
/// A play whose first line is missing: its lines are those of a play, and not JSON.
bool looks_like_headless_play(std::string_view text);
/// What such a text is told; `file` as it is shown.
Diagnostic headless_play(std::string_view file);

/// The line with each name of a node turned into its number, word by word.
std::string with_numbers(std::string_view line, const std::vector<std::string>& names);

/// A trace as a play that read_play reads: `question` as on the command line, and if the run was asked something, its end.
std::string play_text(const Trace& trace, std::string_view question, const std::vector<Finding>& end);

}  // namespace commitlab
