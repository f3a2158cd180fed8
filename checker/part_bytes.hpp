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

/// The same for bytes that somebody else may have written: it gives zeros where they end too early or say neither true nor false.
class CarefulReader {
 public:
  explicit CarefulReader(std::string_view bytes) : bytes_(bytes) {}
  template <class T>
  void get(T& value) {
    char raw[sizeof value] = {};
    sound_ = sound_ && bytes_.size() >= sizeof value;
    if (sound_) std::memcpy(raw, bytes_.data(), sizeof value);
    std::memcpy(&value, raw, sizeof value);
    bytes_.remove_prefix(sound_ ? sizeof value : bytes_.size());
    each_atom(value, [&](std::string_view, auto& atom) {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(atom)>, bool>) {
        unsigned char byte = 0;
        std::memcpy(&byte, &atom, 1);
        if (byte > 1) sound_ = atom = false;
      }
    });
  }
  bool done() const { return bytes_.empty(); }
  bool sound() const { return sound_; }
  void require(bool sound) { sound_ = sound_ && sound; }

 private:
  std::string_view bytes_;
  bool sound_ = true;
};

}  // namespace commitlab
