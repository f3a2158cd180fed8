#include "checker/checkpoint_file.hpp"

#include <algorithm>
#include <cstring>

namespace commitlab {

static constexpr std::size_t kPiece = std::size_t{1} << 20;

/// Each step can be undone if its word is known: so pieces that differ in one word only never have the same checksum.
/// It rests on where the piece is, too: pieces that have changed places are found.
std::uint64_t checksum_of(const char* data, std::size_t size, std::uint64_t at) {
  std::uint64_t sum = (at + 1) * 0x9e3779b97f4a7c15 ^ size;
  for (std::size_t i = 0; i < size; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, data + i, std::min<std::size_t>(8, size - i));
    sum = (sum ^ word) * 0xbf58476d1ce4e5b9;
    sum ^= sum >> 32;
  }
  sum *= 0x94d049bb133111eb;
  return sum ^ sum >> 29;
}

CheckpointWriter::CheckpointWriter(NewFile& file, const std::string& first_line) : file_(file) { put(first_line.data(), first_line.size()); }

void CheckpointWriter::put(const void* data, std::size_t size) {
  file_.write(data, size);
  at_ += size;
}

void CheckpointWriter::raw(void* data, std::size_t size) {
  const char* from = static_cast<const char*>(data);
  while (size > 0) {
    const std::size_t part = std::min(size, kPiece - piece_.size());
    piece_.insert(piece_.end(), from, from + part);
    from += part, size -= part;
    if (piece_.size() == kPiece) end_piece();
  }
}

void CheckpointWriter::end_piece() {
  const auto size = static_cast<std::uint32_t>(piece_.size());
  const std::uint64_t sum = checksum_of(piece_.data(), piece_.size(), at_);
  put(&size, sizeof size), put(piece_.data(), piece_.size()), put(&sum, sizeof sum);
  piece_.clear();
}

void CheckpointWriter::end() {
  if (!piece_.empty()) end_piece();
  end_piece();
  file_.sync();
}

CheckpointReader::CheckpointReader(File file, std::uint64_t at, std::uint64_t bytes) : file_(std::move(file)), at_(at), bytes_(bytes) {}

void CheckpointReader::fail(std::uint64_t from, const std::string& what) {
  if (damage_.empty()) damage_ = "damaged at byte " + std::to_string(from) + ": " + what;
}

bool CheckpointReader::get(void* data, std::size_t size) {
  const std::size_t got = std::fread(data, 1, size, file_.get());
  if (got < size) fail(at_ + got, "the file ends too early");
  at_ += got;
  return got == size;
}

void CheckpointReader::next_piece() {
  const std::uint64_t from = at_;
  std::uint32_t size = 0;
  std::uint64_t sum = 0;
  piece_.clear(), used_ = 0;
  if (!get(&size, sizeof size)) return;
  if (size > kPiece) return fail(from, "no piece is as long as this one claims to be");
  piece_.resize(size);
  if (!get(piece_.data(), size) || !get(&sum, sizeof sum)) return piece_.clear();
  if (sum == checksum_of(piece_.data(), size, from)) return;
  piece_.clear();
  fail(from, "some of the bytes up to " + std::to_string(at_) + " are not those that were written");
}

void CheckpointReader::raw(void* data, std::size_t size) {
  char* to = static_cast<char*>(data);
  while (size > 0 && !failed()) {
    if (used_ == piece_.size()) {
      next_piece();
      if (!failed() && piece_.empty()) fail(at_, "it ends before all is told");
      continue;
    }
    const std::size_t part = std::min(size, piece_.size() - used_);
    std::memcpy(to, piece_.data() + used_, part);
    used_ += part, to += part, size -= part;
  }
  if (size > 0) std::memset(to, 0, size);
}

bool CheckpointReader::expect(std::uint64_t bytes) {
  if (!failed() && bytes > bytes_) fail(at_, "it cannot hold as much as it claims to");
  return !failed();
}

void CheckpointReader::refuse() { fail(at_, "what was written before contradicts itself"); }

void CheckpointReader::end() {
  if (failed()) return;
  if (used_ != piece_.size()) return fail(at_, "it holds more than a search");
  next_piece();
  if (!failed() && !piece_.empty()) return fail(at_, "it holds more than a search");
  if (!failed() && at_ != bytes_) fail(at_, "something follows its end");
}

}  // namespace commitlab
