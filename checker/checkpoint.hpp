// A search on disk: what another run of the program needs to go on where it stopped. A file that is damaged, or is of
// another question, is told apart from a good one before anything in it is used.
#pragma once

#include <stdexcept>
#include <string>

#include "checker/answer.hpp"
#include "checker/search.hpp"

namespace commitlab {

/// What is wrong with a checkpoint, or with the place where one should be.
class CheckpointError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    unreadable,        // no such file, or it cannot be read
    not_a_checkpoint,  // it begins otherwise
    other_version,     // of the format, or of commitlab
    other_question,    // what() names the first difference
    damaged,           // what() says where
    cannot_create,     // the file to be written
  };
  CheckpointError(Kind its_kind, std::string its_file, const std::string& what) : std::runtime_error(what), kind(its_kind), file(std::move(its_file)) {}

  Kind kind;
  std::string file;
};

/// Everything that determines what a search does, and its memory: one line for each, but neither limits nor threads.
std::string identity_of(const Asked& asked, const Question& question);

/// Throws CheckpointError if no file can be made there; leaves nothing behind.
void try_to_create(const std::string& file);
/// Writes the search to FILE.tmp, and then gives that its name. Why it failed; empty if it did not.
std::string save_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch);
/// Throws CheckpointError; then the search is of no use.
void load_checkpoint(const std::string& file, const std::string& identity, Search& search, Watch& watch);

}  // namespace commitlab
