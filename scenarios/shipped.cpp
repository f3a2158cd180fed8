#include "scenarios/shipped.hpp"

#include <algorithm>
#include <filesystem>

namespace commitlab {

namespace fs = std::filesystem;

static constexpr std::string_view kFolder = COMMITLAB_SCENARIO_DIR;

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(kFolder, error), end; !error && at != end; at.increment(error)) {
    const fs::path file = at->path().filename();
    const bool is_schema = file.stem().extension() == ".schema";
    if (file.extension() == ".json" && !is_schema) names.push_back(file.stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::optional<std::string> shipped_scenario_path(std::string_view name) {
  constexpr std::string_view kAllowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-";
  if (name.empty() || name.size() > 100 || name.starts_with('.') || name.find_first_not_of(kAllowed) != name.npos) return std::nullopt;
  const std::string path = std::string(kFolder) + "/" + std::string(name);
  std::error_code error;
  if (fs::is_regular_file(path + ".json", error)) return path + ".json";
  if (name.ends_with(".play") && fs::is_regular_file(path, error)) return path;
  return std::nullopt;
}

}  // namespace commitlab
