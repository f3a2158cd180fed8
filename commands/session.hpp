// What every verb is given, and what it gives back.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "checker/limits.hpp"
#include "commands/asked.hpp"
#include "commands/words.hpp"
#include "reports/about.hpp"
#include "reports/style.hpp"

namespace commitlab {

/// One line of standard error, written over and over: where, and how many columns it may have at most.
struct ProgressLine {
  std::ostream* out = nullptr;  // null: nowhere
  std::size_t width = 80;
};

struct Session {
  Catalogue catalogue{};
  std::string program{};  // as the user called it
  Style style{};
  bool json = false;
  std::optional<Beginning> began{};  // what all that the verb does shares
  ProgressLine progress{};  // where a search says how far it is
};

/// What goes to standard output (or -o FILE), to standard error, and to the caller of the program.
struct Answer {
  std::string text{};
  int exit_code = 0;
  std::string complaint{};
};

/// What a report says of a question that was put with these words.
About about_of(const Asked& asked, Verb verb, const Words& words, const Session& session);

/// "yes", "no" or "either" for each participant, over all starts.
std::vector<std::string> votes_of(const Question& question);

/// Words without those that only say where the answer goes.
std::vector<std::string> arguments_of(Verb verb, const Words& words);

}  // namespace commitlab
