#include "commands/rows_file.hpp"

#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

#include "checker/new_file.hpp"

namespace commitlab {

namespace {

// What stands in a file, a piece at a time: of one that is something else no more than its beginning is read.
class FileText {
 public:
  FileText(int descriptor, const std::string& path) : descriptor_(descriptor), path_(path) {}

  /// The next line with its newline, or what is left where there is none, at most so many bytes; empty at the end.
  std::string next_line(std::size_t most) {
    std::size_t end = 0;
    while ((end = held_.find('\n')) == held_.npos && held_.size() < most && more()) {}
    return take(end == held_.npos ? most : std::min(most, end + 1));
  }
  std::string next(std::size_t bytes) {
    while (held_.size() < bytes && more()) {}
    return take(bytes);
  }

 private:
  std::string take(std::size_t bytes) {
    std::string taken = held_.substr(0, bytes);
    held_.erase(0, taken.size());
    return taken;
  }
  bool more() {
    std::array<char, 65536> buffer{};
    ssize_t count = 0;
    do count = ::read(descriptor_, buffer.data(), buffer.size());
    while (count < 0 && errno == EINTR);
    if (count < 0) throw output_refusal(kIoError, path_, "cannot be read: " + reason_of(errno));
    held_.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  int descriptor_;
  const std::string& path_;
  std::string held_;
};

// As far as both go.
bool agree(std::string_view a, std::string_view b) {
  const std::size_t most = std::min(a.size(), b.size());
  return a.substr(0, most) == b.substr(0, most);
}

// How many rows are whole, and where the last of them ends.
std::pair<std::size_t, std::size_t> whole_part(FileText text, const RowsExpected& expected, const std::string& path) {
  constexpr std::size_t kLongestRow = std::size_t{1} << 20;  // none of ours comes near
  const auto refuse = [&](const std::string& where) { throw output_refusal(kCannotCreate, path, "exists, and is not of this sweep: " + where, "another file, or --force to overwrite it"); };
  const std::string head = text.next(expected.head.size());
  if (!agree(head, expected.head)) refuse("it begins otherwise");
  if (head.size() < expected.head.size()) return {0, 0};
  std::size_t rows = 0, end = head.size();
  for (std::string row = text.next_line(kLongestRow); !row.empty(); row = text.next_line(kLongestRow)) {
    if (rows == expected.beginnings.size()) refuse("it has more rows");
    const std::string_view& beginning = expected.beginnings[rows];
    const bool whole = row.back() == '\n', torn = !whole && row.size() < kLongestRow;
    if (whole ? !row.starts_with(beginning) : !torn || !agree(row, beginning)) refuse("its row " + std::to_string(rows + 1) + " is another");
    if (!whole) break;
    ++rows, end += row.size();
  }
  return {rows, end};
}

}  // namespace

RowsFile::RowsFile(const std::string& path, const RowsExpected& expected, Overwrite anew, const std::vector<std::string>& inputs) : path_(path) {
  check_output(path, Overwrite::yes, inputs);
  descriptor_ = open_in_place(path, true);
  if (descriptor_ < 0) throw output_refusal(kCannotCreate, path, "cannot be created: " + reason_of(errno));
  try {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0 || !S_ISREG(status.st_mode)) throw output_refusal(kCannotCreate, path, "is not a regular file");
    if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) throw output_refusal(kCannotCreate, path, "is being written by another sweep");
    if (anew == Overwrite::no) {
      const auto [rows, end] = whole_part(FileText(descriptor_, path), expected, path);
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
