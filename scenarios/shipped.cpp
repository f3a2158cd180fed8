#include "scenarios/shipped.hpp"

#include <algorithm>
#include <filesystem>

namespace commitlab {

namespace fs = std::filesystem;

// Of an installed program beside it, wherever it was installed to; else where it was built, or was to be installed.
static std::string found_folder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  for (const fs::path& folder : {program.parent_path().parent_path() / "share/commitlab/scenarios", fs::path(COMMITLAB_SCENARIO_DIR), fs::path(COMMITLAB_INSTALLED_SCENARIO_DIR)})
    if (fs::is_directory(folder, error)) return folder.string();
  return COMMITLAB_SCENARIO_DIR;
}

static const std::string& shipped_folder() {
  static const std::string folder = found_folder();
  return folder;
}

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator at(shipped_folder(), error), end; !error && at != end; at.increment(error)) {
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
  const std::string path = shipped_folder() + "/" + std::string(name);
  std::error_code error;
  if (fs::is_regular_file(path + ".json", error)) return path + ".json";
  if (name.ends_with(".play") && fs::is_regular_file(path, error)) return path;
  return std::nullopt;
}

}  // namespace commitlab
