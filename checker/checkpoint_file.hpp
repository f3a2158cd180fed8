// Values in a file of checked pieces: whatever is read has been found to be what was written.
#pragma once

#include <array>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "checker/archive.hpp"
#include "checker/new_file.hpp"

namespace commitlab {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

/// Of a piece that begins at this byte of its file.
std::uint64_t checksum_of(const char* data, std::size_t size, std::uint64_t at);

/// A line of words first; then pieces: a length, so many bytes, and their checksum. An empty piece is the last.
class CheckpointWriter final : public Archive {
 public:
  /// The file must live as long.
  CheckpointWriter(NewFile& file, const std::string& first_line);
  void raw(void* data, std::size_t size) override;
  bool reads() const override { return false; }
  bool failed() const override { return file_.error() != 0; }
  bool expect(std::uint64_t) override { return true; }
  void refuse() override {}
  /// What has come so far is a piece of its own.
  void end_piece();
  /// All has come: it is brought to the disk.
  void end();

 private:
  void put(const void* data, std::size_t size);

  NewFile& file_;
  std::vector<char> piece_;
  std::uint64_t at_ = 0;  // where in the file
};

class CheckpointReader final : public Archive {
 public:
  /// `bytes`: the length of the file. The first line must have been read.
  CheckpointReader(File file, std::uint64_t at, std::uint64_t bytes);
  void raw(void* data, std::size_t size) override;
  bool reads() const override { return true; }
  bool failed() const override { return !damage_.empty(); }
  bool expect(std::uint64_t bytes) override;
  void refuse() override;
  /// The last piece must come now, and nothing behind it.
  void end();
  /// What is wrong, and where; empty while all is well.
  const std::string& damage() const { return damage_; }

 private:
  void next_piece();
  bool get(void* data, std::size_t size);
  void fail(std::uint64_t from, const std::string& what);

  File file_;
  std::vector<char> piece_;
  std::size_t used_ = 0;
  std::uint64_t at_, bytes_;
  std::string damage_;
};

}  // namespace commitlab
