// A search on disk: what another run of the program needs to go on where it stopped. A file that is damaged, or is of
// another question, is told apart from a good one before anything in it is used.
#pragma once

#include <string>

#include "checker/answer.hpp"
#include "checker/checkpoint_error.hpp"
#include "checker/search.hpp"

namespace commitlab {

/// Everything that determines what a search does, and its memory: one line for each, but neither limits nor threads.
std::string identity_of(const Inquiry& asked, const Question& question);

/// Throws CheckpointError if no file can be made there; leaves nothing behind.
void try_to_create(const std::string& file);
/// Writes the search to FILE.tmp, and then gives that its name. Why it failed; empty if it did not.
std::string save_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch);
/// Throws CheckpointError; then the search is of no use.
void load_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch);

}  // namespace commitlab
