// A search on disk: what another run of the program needs to go on where it stopped. A file that is damaged, or is of
// another question, is told apart from a good one before anything in it is used.
#pragma once

#include <string>

#include "checker/answer.hpp"
#include "checker/checkpoint_error.hpp"
#include "checker/new_file.hpp"
#include "checker/search.hpp"

namespace commitlab {

/// Everything that determines what a search does, and its memory: one line for each, but neither limits nor threads.
std::string identity_of(const Inquiry& asked, const Question& question);

/// Throws CheckpointError if there is no checkpoint of this format.
void look_at_checkpoint(const std::string& file);

/// The file that a search is saved to again and again: no other process saves to it meanwhile.
class CheckpointPlace {
 public:
  /// Throws CheckpointError if no file can be made there, or another process saves there.
  explicit CheckpointPlace(const std::string& file);
  /// Replaces the file by the search as it is now. Why that failed; empty if it did not.
  std::string save(const std::string& identity, Search& search, Watch& watch);

 private:
  std::string file_;
  HeldName held_;
};

/// Throws CheckpointError; then the search is of no use.
void load_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch);

}  // namespace commitlab
