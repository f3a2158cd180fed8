#include "commands/output_file.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>
#include <system_error>

#include "checker/new_file.hpp"
#include "commands/refusal.hpp"

namespace commitlab {

Refusal output_refusal(int exit_code, const std::string& path, std::string message, std::string hint) {
  Refusal refusal{.exit_code = exit_code};
  refusal.findings.add({.code = exit_code == kIoError ? "E1608" : "E1607", .file = path, .message = std::move(message), .hint = std::move(hint)});
  return refusal;
}

std::string reason_of(int error) { return std::generic_category().message(error); }

static std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == path.npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
}

static bool same_file(const std::string& path, const struct stat& status) {
  struct stat other {};
  return ::stat(path.c_str(), &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino;
}

void check_output(const std::string& path, Overwrite overwrite, const std::vector<std::string>& inputs) {
  if (path.empty()) throw output_refusal(kCannotCreate, path, "an output file needs a name");
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno != ENOENT) throw output_refusal(kCannotCreate, path, "cannot be created: " + reason_of(errno));
    const std::string folder = folder_of(path);
    if (::access(folder.c_str(), W_OK | X_OK) != 0) throw output_refusal(kCannotCreate, path, "cannot be created: " + reason_of(errno));
    return;
  }
  for (const auto& input : inputs) {
    if (same_file(input, status)) throw output_refusal(kUsage, path, "is the input of this command");
  }
  if (S_ISLNK(status.st_mode)) throw output_refusal(kCannotCreate, path, "is a symbolic link, which could lead anywhere", "name a file, or its target");
  if (S_ISDIR(status.st_mode)) throw output_refusal(kCannotCreate, path, "is a directory");
  if (S_ISFIFO(status.st_mode)) throw output_refusal(kCannotCreate, path, "is a pipe, at whose end nobody may ever read", "standard output goes into a pipe: | or >");
  if (S_ISSOCK(status.st_mode)) throw output_refusal(kCannotCreate, path, "is a socket");
  if (S_ISBLK(status.st_mode)) throw output_refusal(kCannotCreate, path, "is a disk");
  if (overwrite == Overwrite::no) throw output_refusal(kCannotCreate, path, "exists", "--force overwrites it");
}

static std::optional<int> write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(descriptor, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  return std::nullopt;
}

static void fill_device(const std::string& path, std::string_view text) {
  const int descriptor = open_in_place(path, false);
  if (descriptor < 0) throw output_refusal(kCannotCreate, path, "cannot be opened: " + reason_of(errno));
  auto error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && !error) error = errno;
  if (error) throw output_refusal(kIoError, path, "cannot be written: " + reason_of(*error));
}

void write_output(const std::string& path, std::string_view text, Overwrite overwrite) {
  check_output(path, overwrite, {});
  struct stat status {};
  const bool exists = ::lstat(path.c_str(), &status) == 0;
  if (exists && !S_ISREG(status.st_mode)) return fill_device(path, text);
  NewFile made(path);
  if (made.error() != 0) throw output_refusal(kCannotCreate, path, "cannot be created: " + reason_of(made.error()));
  made.write(text.data(), text.size());
  made.close();
  if (made.error() != 0) throw output_refusal(kIoError, path, "cannot be written: " + reason_of(made.error()));
  const int error = exists ? made.replace() : made.take_free_place();
  if (error == EEXIST) throw output_refusal(kCannotCreate, path, "exists");
  if (error != 0) throw output_refusal(kCannotCreate, path, (exists ? "cannot be replaced: " : "cannot be created: ") + reason_of(error));
}

MadeFolder::MadeFolder(const std::string& path) {
  if (path.empty()) throw output_refusal(kCannotCreate, path, "a folder needs a name");
  std::error_code error;
  for (std::filesystem::path at = path; !at.empty() && !std::filesystem::exists(std::filesystem::symlink_status(at, error)); at = at.parent_path()) made_.push_back(at);
  std::filesystem::create_directories(path, error);
  if (!error && std::filesystem::is_directory(path, error)) return;
  remove();
  throw output_refusal(kCannotCreate, path, "cannot be made a folder" + (error ? ": " + error.message() : std::string()));
}

void MadeFolder::remove() {
  std::error_code ignored;
  for (const auto& folder : made_) std::filesystem::remove(folder, ignored);  // not one that holds something
  made_.clear();
}

void check_folder(const std::string& path) {
  if (path.empty()) throw output_refusal(kCannotCreate, path, "a folder needs a name");
  std::error_code error;
  std::filesystem::path at = std::filesystem::path(path).lexically_normal();
  if (!at.has_filename()) at = at.parent_path();
  while (!at.empty() && !std::filesystem::exists(std::filesystem::symlink_status(at, error))) at = at.parent_path();
  const std::string there = at.empty() ? "." : at.string();
  if (!std::filesystem::is_directory(there, error)) throw output_refusal(kCannotCreate, path, "cannot be made a folder: " + in_quotes(there) + " is none");
  if (::access(there.c_str(), W_OK | X_OK) != 0) throw output_refusal(kCannotCreate, path, "cannot be made a folder, or written to: " + reason_of(errno));
}

bool same_place(const std::string& a, const std::string& b) {
  struct stat one {};
  if (::stat(a.c_str(), &one) == 0 && same_file(b, one)) return true;
  const auto plain = [](const std::string& path) {
    const std::filesystem::path given(path);
    std::error_code error;
    const auto folder = std::filesystem::weakly_canonical(given.has_parent_path() ? given.parent_path() : std::filesystem::path("."), error);
    return ((error ? given.parent_path() : folder) / given.filename()).lexically_normal();
  };
  return plain(a) == plain(b);
}

}  // namespace commitlab
