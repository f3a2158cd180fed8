// Thrown where a question cannot be asked or answered, caught at the border of the program.
#pragma once

#include <string>

#include "commands/exit_codes.hpp"
#include "scenarios/diagnostic.hpp"

namespace commitlab {

struct Refusal {
  int exit_code = kUsage;
  Diagnostics findings{};
};

/// What is wrong with the command line itself. Of the codes, E1601 is a verb, E1602 an option or operand that is not
/// known, E1603 a value, E1604 an option given twice, E1605 a missing value, E1606 a question that this verb cannot be
/// asked, E1607 an output file, E1608 output that could not be written, E1609 a defect of ours,
/// E1610 a checkpoint.
/// `place` is the option, such as "--crashes"; empty if there is none.
Refusal refusal(int exit_code, std::string code, std::string place, std::string message, std::string hint = "");

}  // namespace commitlab
