// A file that grows row by row, and is gone on with if it was left in the middle.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/output_file.hpp"

namespace commitlab {

/// What must stand in the file: a head, possibly empty, and the rows, of which only the beginnings are known before they are made. A
/// beginning tells its row from all others. Head and rows end in a newline.
struct RowsExpected {
  std::string head;
  std::vector<std::string> beginnings;
};

/// Held by one process at a time.
class RowsFile {
 public:
  /// Makes the file, or takes up one that holds a first part of what is expected, in which a torn last row is cut off; `anew`: throws
  /// away what it holds. Throws a Refusal, 73 or 64, as `check_output` does, or if the file is something else.
  RowsFile(const std::string& path, const RowsExpected& expected, Overwrite anew, const std::vector<std::string>& inputs);
  ~RowsFile();
  RowsFile(const RowsFile&) = delete;
  RowsFile& operator=(const RowsFile&) = delete;

  /// How many rows it held.
  std::size_t found() const { return found_; }
  /// Throws a Refusal, 74, if it cannot be written; then there is no part of it.
  void append(std::string_view row);

 private:
  std::string path_;
  int descriptor_ = -1;
  std::size_t found_ = 0, size_ = 0;
};

}  // namespace commitlab
