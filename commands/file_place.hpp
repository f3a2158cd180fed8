// Where something stands, for those who show it in a file: a path that is the same on every machine, and a line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commitlab {

/// The path as seen from the folder in which the program was called, with forward slashes: "scenarios/bank-transfer.json".
std::string path_from_here(const std::string& path);

/// The line, from 1, of the first of these keys that the JSON object in the file has; 1 if it has none or cannot be read.
int line_of_key(const std::string& path, const std::vector<std::string_view>& keys);

}  // namespace commitlab
