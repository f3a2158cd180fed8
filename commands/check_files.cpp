#include "commands/check_files.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "commands/asked.hpp"
#include "reports/junit.hpp"
#include "reports/sarif.hpp"
#include "scenarios/shipped.hpp"

namespace commitlab {

namespace fs = std::filesystem;

static bool is_folder(const std::string& operand, Catalogue catalogue) {
  std::error_code error;
  return find(catalogue, operand) == nullptr && !shipped_scenario_path(operand) && fs::is_directory(operand, error);
}

static bool is_to_check(const fs::path& file) {
  const std::string name = file.filename().string();
  return !name.starts_with('.') && !name.ends_with(".schema.json") && (name.ends_with(".json") || name.ends_with(".play"));
}

static std::vector<std::string> found_in(const std::string& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (is_to_check(at->path()) && !at->is_directory(ignored)) found.push_back((fs::path(folder) / at->path().filename()).string());
  }
  if (error) throw output_refusal(kNoInput, folder, "cannot be read: " + error.message());
  if (found.empty()) {
    throw refusal_of({{.code = "E1011", .file = folder, .message = "is a directory without a scenario (*.json) or a play (*.play)"}}, kNoInput);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::optional<std::vector<ToCheck>> several_to_check(const std::vector<std::string>& operands, Catalogue catalogue) {
  const bool folders = std::any_of(operands.begin(), operands.end(), [&](const std::string& operand) { return is_folder(operand, catalogue); });
  if (operands.size() < 2 && !folders) return std::nullopt;
  std::vector<ToCheck> all;
  std::set<std::string> seen;
  const auto add = [&](const std::string& operand, bool found) {
    if (seen.insert(fs::path(operand).lexically_normal().string()).second) all.push_back({operand, found});
  };
  for (const auto& operand : operands) {
    if (!is_folder(operand, catalogue)) add(operand, false);
    else for (const auto& file : found_in(operand)) add(file, true);
  }
  return all;
}

CheckFiles::CheckFiles(const Words& words, const std::vector<std::string>& inputs) : overwrite_(words.has("force") ? Overwrite::yes : Overwrite::no) {
  std::vector<std::string> taken;
  if (const std::string* output = words.find("output")) {
    check_output(*output, overwrite_, inputs);
    taken.push_back(*output);
  }
  for (const auto& [option, file] : {std::pair("junit", &junit_), std::pair("sarif", &sarif_)}) {
    const std::string* path = words.find(option);
    if (path == nullptr) continue;
    const auto same = [&](const std::string& other) { return fs::path(other).lexically_normal() == fs::path(*path).lexically_normal(); };
    if (std::any_of(taken.begin(), taken.end(), same)) throw refusal(kUsage, "E1604", dashed(option), in_quotes(*path) + " is written by another option already");
    check_output(*path, overwrite_, inputs);
    taken.push_back(*path);
    *file = *path;
  }
}

void CheckFiles::write(const Checks& checks) const {
  if (junit_) write_output(*junit_, junit_xml(checks), overwrite_);
  if (sarif_) write_output(*sarif_, sarif_json(checks), overwrite_);
}

}  // namespace commitlab
