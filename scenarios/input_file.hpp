// Files that people name on the command line, read whole: never a device or a pipe, never more than is sensible.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "scenarios/diagnostic.hpp"

namespace commitlab {

/// The text of a file, or why there is none: E1010 too large, E1011 not a regular file, E1015 cannot be read. The kind
/// and size of a file are asked before it is opened, so that a FIFO never blocks and 2 GB are never read.
struct InputText {
  std::string text{};
  std::optional<Diagnostic> refused{};
};
InputText read_input(const std::string& path, std::size_t most_bytes);

}  // namespace commitlab
