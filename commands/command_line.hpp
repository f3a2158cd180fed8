// The program, for a catalogue of protocols: ours, or a user's own.
#pragma once

#include <iosfwd>
#include <string>
#include <vector>

#include "scenarios/catalogue.hpp"

namespace commitlab {

/// All of a program's main: reads the command line, answers on standard output, and returns the exit code.
int command_line(int argc, char** argv, Catalogue catalogue);

/// How the program is called, and what its output is shown on.
struct Surroundings {
  std::string program = "commitlab";
  bool colour_by_itself = false;    // what `--color auto` means
  bool progress_by_itself = false;  // what `--progress auto` means
  bool output_is_terminal = false;  // where answers go
};

/// The same with the streams given. `args` are the words behind the program's name.
int run_command(std::vector<std::string> args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings = {});

}  // namespace commitlab
