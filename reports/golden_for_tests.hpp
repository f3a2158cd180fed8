// For tests: texts kept in reports/golden, one file each, that a report must give to the last byte.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "test.hpp"

namespace commitlab {

/// Is this the text of reports/golden/`name`? If not, a warning tells the first line that differs. With COMMITLAB_REWRITE_GOLDEN=1 in the
/// environment the file is written anew, and the answer is no: so no run of the tests passes by itself.
inline bool matches_golden(const std::string& name, const std::string& text) {
  const std::filesystem::path path = std::filesystem::path(COMMITLAB_SOURCE_DIR) / "reports" / "golden" / name;
  if (const char* rewrite = std::getenv("COMMITLAB_REWRITE_GOLDEN"); rewrite != nullptr && std::string(rewrite) == "1") {
    std::filesystem::create_directories(path.parent_path());
    std::ofstream out(path, std::ios::binary);
    out << text << std::flush;
    WARN((out ? "rewritten: " : "cannot be written: ") << "reports/golden/" << name);
    return false;
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    WARN("there is no reports/golden/" << name << "; COMMITLAB_REWRITE_GOLDEN=1 makes it");
    return false;
  }
  const std::string kept{std::istreambuf_iterator<char>(in), {}};
  if (kept == text) return true;
  const auto [here, there] = std::mismatch(text.begin(), text.end(), kept.begin(), kept.end());
  const auto line = [](const std::string& of, std::string::const_iterator at) {
    const auto place = static_cast<std::size_t>(at - of.begin());
    const std::size_t before = place == 0 ? of.npos : of.rfind('\n', place - 1);
    const std::size_t begin = before == of.npos ? 0 : before + 1;
    return of.substr(begin, of.find('\n', begin) - begin);
  };
  WARN("reports/golden/" << name << " differs in line " << 1 + std::count(text.begin(), here, '\n') << "; COMMITLAB_REWRITE_GOLDEN=1 rewrites it\n  is    " << line(text, here)
                         << "\n  kept  " << line(kept, there));
  return false;
}

}  // namespace commitlab
