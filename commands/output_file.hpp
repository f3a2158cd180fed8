// Files that the program makes: never over another one unless told, never through a link, never half.
#pragma once

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

/// Makes the folder, unless it is there.
void make_folder(const std::string& path);

}  // namespace commitlab
