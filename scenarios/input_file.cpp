// Reading with the system's own calls, because the standard streams open whatever they are given.
#include "scenarios/input_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace commitlab {

static InputText refusal(const std::string& path, std::string code, std::string message) {
  return {.refused = Diagnostic{.code = std::move(code), .file = path, .message = std::move(message)}};
}

static InputText unreadable(const std::string& path, int error) {
  return refusal(path, "E1015", "cannot be read: " + std::generic_category().message(error));
}

static std::optional<InputText> refused(const std::string& path, const struct stat& status, std::size_t most_bytes) {
  if (S_ISDIR(status.st_mode)) return refusal(path, "E1011", "is a directory, not a regular file");
  if (!S_ISREG(status.st_mode)) return refusal(path, "E1011", "is not a regular file (a device, a pipe or a socket)");
  if (static_cast<std::size_t>(status.st_size) > most_bytes) {
    return refusal(path, "E1010", "larger than the limit of " + std::to_string(most_bytes >> 20) + " MiB");
  }
  return std::nullopt;
}

// Reads one byte more than allowed, if there is one: files under /proc claim to be empty, and files may grow.
static InputText read_all(const std::string& path, int descriptor, std::size_t expected, std::size_t most_bytes) {
  std::string text;
  std::size_t filled = 0;
  text.resize(expected + 1);
  while (true) {
    const ssize_t count = ::read(descriptor, text.data() + filled, text.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return unreadable(path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
    if (filled > most_bytes) {
      return refusal(path, "E1010", "larger than the limit of " + std::to_string(most_bytes >> 20) + " MiB");
    }
    if (filled == text.size()) text.resize(std::min(2 * text.size(), most_bytes + 1));
  }
  text.resize(filled);
  return {.text = std::move(text)};
}

InputText read_input(const std::string& path, std::size_t most_bytes) {
  if (path.find('\0') != path.npos) return unreadable(path, EINVAL);
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return unreadable(path, errno);
  if (auto refusal = refused(path, status, most_bytes)) return *refusal;

  const int descriptor = ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return unreadable(path, errno);
  // Another file may have taken the name in between.
  InputText input;
  if (::fstat(descriptor, &status) != 0) {
    input = unreadable(path, errno);
  } else if (auto refusal = refused(path, status, most_bytes)) {
    input = *refusal;
  } else {
    input = read_all(path, descriptor, static_cast<std::size_t>(status.st_size), most_bytes);
  }
  ::close(descriptor);
  return input;
}

}  // namespace commitlab
