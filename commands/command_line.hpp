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
  std::size_t width = 100;          // columns of what standard output is shown on
  std::size_t file_width = 100;     // of what is written into a file
  std::size_t error_width = 0;      // of what standard error is shown on; 0: lines are not broken
};

/// The same with the streams given. `args` are the words behind the program's name.
int run_command(std::vector<std::string> args, std::ostream& out, std::ostream& err, Catalogue catalogue, const Surroundings& surroundings = {});

}  // namespace commitlab
