// The parts of a World as bytes, there and back.
#pragma once

#include <cassert>
#include <cstring>
#include <string>
#include <string_view>

#include "sim/fields.hpp"

namespace commitlab {

/// Bytes of packed values, one behind the other, in a string that only grows.
class PartWriter {
 public:
  explicit PartWriter(std::string& room) : room_(room) {}
  template <class T>
    requires(Packed<T> || std::is_same_v<T, bool>)
  void put(const T& value) {
    if (room_.size() < size_ + sizeof value) room_.resize(2 * (size_ + sizeof value));
    std::memcpy(room_.data() + size_, &value, sizeof value);
    size_ += sizeof value;
  }
  std::string_view bytes() const { return {room_.data(), size_}; }

 private:
  std::string& room_;
  std::size_t size_ = 0;
};
class PartReader {
 public:
  explicit PartReader(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  void get(T& value) {
    assert(bytes_.size() >= sizeof value);
    std::memcpy(&value, bytes_.data(), sizeof value);
    bytes_.remove_prefix(sizeof value);
  }
  bool done() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

}  // namespace commitlab
