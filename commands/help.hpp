// What `help`, `--help` and `version` print.
#pragma once

#include <string>

#include "commands/options.hpp"

namespace commitlab {

/// How a page of help is laid out.
struct HelpPage {
  /// `usual`: those that most questions need, and the names of the others: on one screen.
  enum class Options : bool { usual, explained };

  std::string program{};   // as the user called it
  std::size_t width = 100;  // columns
};

std::string program_help(const HelpPage& page);
std::string verb_help(Verb verb, const HelpPage& page, HelpPage::Options which = HelpPage::Options::usual);
/// The program's help and all options of all verbs: what the manual is made from.
std::string whole_help(const HelpPage& page);
std::string version_text();

/// One line on a verb, and what its operand is called: "[SCENARIO]", or nothing if it takes none.
std::string_view summary_text(Verb verb);
std::string_view operand_text(Verb verb);

}  // namespace commitlab
