#include "commands/rows_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace commitlab {

static std::string all_of(int descriptor, const std::string& path) {
  std::string text;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) throw output_refusal(kIoError, path, "cannot be read: " + reason_of(errno));
    if (count == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

// As far as both go.
static bool agree(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return a.substr(0, most) == b.substr(0, most);
}

// How many rows are whole, and where the last of them ends.
static std::pair<std::size_t, std::size_t> whole_part(std::string_view text, const RowsExpected& expected, const std::string& path) {
  const auto refuse = [&](const std::string& where) { throw output_refusal(kCannotCreate, path, "exists, and is not of this sweep: " + where, "another file, or --force to overwrite it"); };
  if (!agree(text, expected.head)) refuse("it begins otherwise");
  if (text.size() < expected.head.size()) return {0, 0};
  std::size_t rows = 0, end = expected.head.size();
  while (end < text.size()) {
    const std::string_view rest = text.substr(end);
    if (rows == expected.beginnings.size()) refuse("it has more rows");
    const std::size_t newline = rest.find('\n');
    const std::string_view& beginning = expected.beginnings[rows];
    const bool whole = newline != rest.npos;
    if (whole ? !rest.substr(0, newline).starts_with(beginning) : !agree(rest, beginning)) refuse("its row " + std::to_string(rows + 1) + " is another");
    if (!whole) break;
    ++rows, end += newline + 1;
  }
  return {rows, end};
}

RowsFile::RowsFile(const std::string& path, const RowsExpected& expected, Overwrite anew, const std::vector<std::string>& inputs) : path_(path) {
  check_output(path, Overwrite::yes, inputs);
  descriptor_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
  if (descriptor_ < 0) throw output_refusal(kCannotCreate, path, "cannot be created: " + reason_of(errno));
  try {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) throw output_refusal(kCannotCreate, path, "is not a regular file");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) throw output_refusal(kCannotCreate, path, "is being written by another sweep");
    if (anew == Overwrite::no) {
      const auto [rows, end] = whole_part(all_of(descriptor_, path), expected, path);
      found_ = rows, size_ = end;
    }
    if (::ftruncate(descriptor_, static_cast<off_t>(size_)) != 0) throw output_refusal(kIoError, path, "cannot be written: " + reason_of(errno));
    if (size_ == 0) append(expected.head);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

RowsFile::~RowsFile() { ::close(descriptor_); }

void RowsFile::append(std::string_view row) {
  std::size_t written = 0;
  while (written < row.size()) {
    const ssize_t count = ::pwrite(descriptor_, row.data() + written, row.size() - written, static_cast<off_t>(size_ + written));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      const int error = errno;
      if (::ftruncate(descriptor_, static_cast<off_t>(size_)) == 0) throw output_refusal(kIoError, path_, "cannot be written: " + reason_of(error));
      throw output_refusal(kIoError, path_, "cannot be written: " + reason_of(error), "its last row may be torn; the same command cuts it off");
    }
    written += static_cast<std::size_t>(count);
  }
  size_ += row.size();
}

}  // namespace commitlab
