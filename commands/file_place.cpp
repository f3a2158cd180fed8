#include "commands/file_place.hpp"

#include <filesystem>

#include "scenarios/input_file.hpp"
#include "scenarios/json_text.hpp"

namespace commitlab {

namespace fs = std::filesystem;

std::string path_from_here(const std::string& path) {
  std::error_code error;
  const fs::path here = fs::current_path(error);
  const fs::path whole = (here / path).lexically_normal();  // an absolute path stays as it is
  const fs::path relative = error ? fs::path() : whole.lexically_relative(here);
  return (relative.empty() ? fs::path(path) : relative).generic_string();
}

int line_of_key(const std::string& path, const std::vector<std::string_view>& keys) {
  const InputText input = read_input(path, kMostJsonBytes);
  Diagnostics findings;
  const auto json = input.refused ? std::nullopt : read_json(input.text, path, findings);
  if (!json) return 1;
  for (const auto key : keys)
    if (const JsonValue* value = json->root().find(key)) return value->key_at.line;
  return 1;
}

}  // namespace commitlab
