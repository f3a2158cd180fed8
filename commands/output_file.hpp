// Files that the program makes: never over another one unless told, never through a link, never half.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "commands/refusal.hpp"

namespace commitlab {

enum class Overwrite : bool { no, yes };

/// What is wrong with an output file: E1608 if it cannot be written (74), else E1607.
Refusal output_refusal(int exit_code, const std::string& path, std::string message, std::string hint = "");
/// "No space left on device" for an errno.
std::string reason_of(int error);

/// Throws a Refusal if the file may not be made: 73 where it exists, is a link, or has no folder that can be written in, 64
/// where it is one of the inputs.
void check_output(const std::string& path, Overwrite overwrite, const std::vector<std::string>& inputs);

/// Makes the file. Throws a Refusal, 73 or 74; then there is no new file, and an old one is as it was.
void write_output(const std::string& path, std::string_view text, Overwrite overwrite);

/// Could this folder be made, or written to? Throws a Refusal, 73, if not.
void check_folder(const std::string& path);

/// A folder that is made, with those around it, unless it is there. Throws a Refusal, 73; then none of them is.
class MadeFolder {
 public:
  explicit MadeFolder(const std::string& path);
  /// Those that were made go again, if nothing is in them.
  void remove();

 private:
  std::vector<std::filesystem::path> made_;  // the innermost first
};

/// Do two paths name one file, whether it is there already or not?
bool same_place(const std::string& a, const std::string& b);

}  // namespace commitlab
