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

// Whatever lies elsewhere is nobody's who has the folder: it is not even looked at, as an error quotes what it finds.
static bool leads_out(const fs::path& file, const fs::path& folder) {
  std::error_code error;
  if (!fs::is_symlink(file, error)) return false;
  const fs::path target = fs::weakly_canonical(file, error), home = fs::canonical(folder, error);
  return error || std::mismatch(home.begin(), home.end(), target.begin(), target.end()).first != home.end();
}

static std::vector<ToCheck> found_in(const std::string& folder) {
  std::vector<ToCheck> found;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    if (!is_to_check(at->path())) continue;
    const bool out = leads_out(at->path(), folder);
    if (out || !at->is_directory(ignored)) found.push_back({.operand = (fs::path(folder) / at->path().filename()).string(), .found = true, .leads_out = out});
  }
  if (error) throw output_refusal(kNoInput, folder, "cannot be read: " + error.message());
  if (found.empty()) {
    throw refusal_of({{.code = "E1011", .file = folder, .message = "is a directory without a scenario (*.json) or a play (*.play)"}}, kNoInput);
  }
  std::sort(found.begin(), found.end(), [](const ToCheck& a, const ToCheck& b) { return a.operand < b.operand; });
  return found;
}

std::optional<std::vector<ToCheck>> several_to_check(const std::vector<std::string>& operands, Catalogue catalogue) {
  const bool folders = std::any_of(operands.begin(), operands.end(), [&](const std::string& operand) { return is_folder(operand, catalogue); });
  if (operands.size() < 2 && !folders) return std::nullopt;
  std::vector<ToCheck> all;
  std::set<std::string> seen;
  const auto add = [&](const ToCheck& one) {
    if (seen.insert(fs::path(one.operand).lexically_normal().string()).second) all.push_back(one);
  };
  for (const auto& operand : operands) {
    if (!is_folder(operand, catalogue)) add({.operand = operand});
    else for (const auto& file : found_in(operand)) add(file);
  }
  return all;
}

CheckFiles::CheckFiles(const Words& words, const std::vector<std::string>& inputs) : overwrite_(words.has("force") ? Overwrite::yes : Overwrite::no) {
  if (const std::string* output = words.find("output")) check_output(*output, overwrite_, inputs);
  for (const auto& [option, file] : {std::pair("junit", &junit_), std::pair("sarif", &sarif_)}) {
    const std::string* path = words.find(option);
    if (path == nullptr) continue;
    check_output(*path, overwrite_, inputs);
    *file = *path;
  }
}

void CheckFiles::write(const Checks& checks) const {
  if (junit_) write_output(*junit_, junit_xml(checks), overwrite_);
  if (sarif_) write_output(*sarif_, sarif_json(checks), overwrite_);
}

}  // namespace commitlab
