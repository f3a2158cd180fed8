// What a command reads and writes: no two of its files may be one.
#pragma once

#include <string>
#include <vector>

#include "commands/words.hpp"

namespace commitlab {

/// The files that a command reads, as far as its words name them.
std::vector<std::string> inputs_of(const Words& words);

/// Throws a Refusal, 64, if an output has no name, if two of them are one file, by whatever paths, or if one is a file that is read:
/// but a search may be saved to the checkpoint that it goes on from.
void refuse_equal_outputs(const Words& words);

/// The same for a file that gets its name from what an option says: none of the other options may name it.
void refuse_if_named(const Words& words, const std::string& option, const std::string& path);

}  // namespace commitlab
