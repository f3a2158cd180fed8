// What `--help` and `--version` print.
#pragma once

#include <string>

#include "commands/options.hpp"
#include "reports/style.hpp"

namespace commitlab {

std::string program_help(const std::string& program);
std::string verb_help(Verb verb, const std::string& program);
/// The program's help and all options of all verbs: what the manual is made from.
std::string whole_help(const std::string& program);
std::string version_text();

/// One line on a verb, and what its operand is called: "[SCENARIO]", or nothing if it takes none.
std::string_view summary_text(Verb verb);
std::string_view operand_text(Verb verb);

}  // namespace commitlab
