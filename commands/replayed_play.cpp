#include "commands/replayed_play.hpp"

#include <algorithm>

#include "commands/exit_codes.hpp"
#include "commands/search.hpp"
#include "reports/named.hpp"
#include "scenarios/question.hpp"

namespace commitlab {

Replayed replayed(const Asked& asked, const Question& question) {
  std::vector<PlayLine> lines = asked.play->lines;
  for (PlayLine& line : lines) line.text = with_numbers(line.text, question.names);
  return made_again(asked, question, lines);
}

int exit_code(Replayed::Outcome outcome) {
  switch (outcome) {
    case Replayed::Outcome::same: return kAsExpected;
    case Replayed::Outcome::differs: return kDiffers;
    case Replayed::Outcome::impossible:
    case Replayed::Outcome::ambiguous: return kBadInput;
  }
  return kInternal;
}

// In the words of its author: with names, if any line of the play has one.
static std::string as_in(const Play& play, const std::string& line, const std::vector<std::string>& names) {
  const bool by_name = std::any_of(play.lines.begin(), play.lines.end(), [&](const PlayLine& one) { return with_numbers(one.text, names) != one.text; });
  return by_name ? play_line_by_name(line, names) : line;
}

static std::string code_of(Replayed::Outcome outcome) {
  switch (outcome) {
    case Replayed::Outcome::impossible: return "E1707";
    case Replayed::Outcome::ambiguous: return "E1708";
    case Replayed::Outcome::differs:
    case Replayed::Outcome::same: break;
  }
  return "E1709";
}

Diagnostic objection_to(const Asked& asked, const Replayed& replayed) {
  constexpr std::size_t kMostListed = 20;
  const auto names = node_names(asked.scenario);
  const bool impossible = replayed.outcome == Replayed::Outcome::impossible, differs = replayed.outcome == Replayed::Outcome::differs;
  Diagnostic error{.code = code_of(replayed.outcome), .file = asked.file, .line = replayed.line, .column = 1};
  error.message = '"' + escaped(as_in(*asked.play, replayed.written, names), 300) + '"' +
                  (impossible ? " cannot happen here" : differs ? " happens otherwise than it is written" : " fits several things that can happen here");
  if (differs) {
    error.hint = "it happens so:\n    " + as_in(*asked.play, replayed.happens, names);
    return error;
  }
  error.hint = impossible ? "this can:" : "say which:";
  if (replayed.possible.empty()) error.hint = "nothing can happen here any more";
  for (std::size_t i = 0; i < replayed.possible.size(); ++i) {
    if (i == kMostListed) {
      error.hint += "\n    and " + std::to_string(replayed.possible.size() - i) + " more";
      break;
    }
    error.hint += "\n    " + as_in(*asked.play, replayed.possible[i], names);
  }
  return error;
}

std::string complaint_about(const Asked& asked, const Replayed& replayed) {
  return exit_code(replayed.outcome) == kBadInput ? to_text(objection_to(asked, replayed)) : "";
}

}  // namespace commitlab
