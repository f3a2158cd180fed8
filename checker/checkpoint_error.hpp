// What is wrong with a checkpoint, or with the place where one should be.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace commitlab {

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

}  // namespace commitlab
