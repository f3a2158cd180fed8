#include "commands/output_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>

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

// Creates `path`, which must not be there unless it is a device, and fills it.
static void fill(const std::string& path, const std::string& shown, std::string_view text, int flags) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | flags, 0666);
  if (descriptor < 0) throw output_refusal(kCannotCreate, shown, errno == EEXIST ? "exists" : "cannot be created: " + reason_of(errno));
  auto error = write_all(descriptor, text);
  if (::close(descriptor) != 0 && !error) error = errno;
  if (!error) return;
  if ((flags & O_CREAT) != 0) ::unlink(path.c_str());
  throw output_refusal(kIoError, shown, "cannot be written: " + reason_of(*error));
}

void write_output(const std::string& path, std::string_view text, Overwrite overwrite) {
  check_output(path, overwrite, {});
  struct stat status {};
  const bool exists = ::lstat(path.c_str(), &status) == 0;
  if (!exists) return fill(path, path, text, O_CREAT | O_EXCL);
  if (!S_ISREG(status.st_mode)) return fill(path, path, text, 0);
  // Beside the old file first, so that it stays whole if the disk is full.
  const std::string beside = path + ".new-" + std::to_string(::getpid());
  fill(beside, path, text, O_CREAT | O_EXCL);
  if (std::rename(beside.c_str(), path.c_str()) == 0) return;
  const int error = errno;
  ::unlink(beside.c_str());
  throw output_refusal(kCannotCreate, path, "cannot be replaced: " + reason_of(error));
}

void make_folder(const std::string& path) {
  if (path.empty()) throw output_refusal(kCannotCreate, path, "a folder needs a name");
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error || !std::filesystem::is_directory(path, error)) {
    throw output_refusal(kCannotCreate, path, "cannot be made a folder" + (error ? ": " + error.message() : std::string()));
  }
}

}  // namespace commitlab
