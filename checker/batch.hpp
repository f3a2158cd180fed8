// Steps that have been worked out, and not been looked up yet: the store's memory is on its way meanwhile.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace commitlab {

/// Keys of worlds that steps lead to, each of so many words, their hashes, and the worlds that the steps are of.
class Batch {
 public:
  explicit Batch(std::size_t words = 1) : words_(words) {}

  std::size_t size() const { return size_; }
  const std::uint64_t* key(std::size_t i) const { return &keys_[i * words_]; }
  std::uint64_t hash(std::size_t i) const { return hashes_[i]; }
  std::uint32_t parent(std::size_t i) const { return parents_[i]; }

  /// Room for one more, whose key is still to be written.
  std::uint64_t* add(std::uint64_t hash, std::uint32_t parent) {
    if (size_ == parents_.size()) grow();
    hashes_[size_] = hash, parents_[size_] = parent;
    return &keys_[size_++ * words_];
  }
  /// Over what was at an earlier place.
  void move(std::size_t from, std::size_t to) {
    for (std::size_t i = 0; i < words_; ++i) keys_[to * words_ + i] = keys_[from * words_ + i];
    hashes_[to] = hashes_[from], parents_[to] = parents_[from];
  }
  /// The first so many are left.
  void shrink(std::size_t size) { size_ = size; }
  /// None is left, and keys have so many words from now on.
  void clear(std::size_t words) {
    size_ = 0;
    if (words == words_) return;
    words_ = words;
    keys_.resize(parents_.size() * words_);
  }

 private:
  void grow() {
    const std::size_t room = parents_.empty() ? 64 : 2 * parents_.size();
    keys_.resize(room * words_), hashes_.resize(room), parents_.resize(room);
  }

  std::size_t words_, size_ = 0;
  std::vector<std::uint64_t> keys_{}, hashes_{};
  std::vector<std::uint32_t> parents_{};
};

}  // namespace commitlab
