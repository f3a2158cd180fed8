// JSON read strictly, into a tree in which every value knows where it stands, so that whoever finds it wrong can say so.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/diagnostic.hpp"

namespace commitlab {

inline constexpr std::size_t kMostJsonBytes = std::size_t{8} << 20;
inline constexpr std::size_t kMostJsonValues = 420'000;
inline constexpr std::size_t kDeepestJson = 64;

/// A place in a text, both from 1; columns count code points.
struct Position {
  int line = 1;
  int column = 1;
  friend bool operator==(Position, Position) = default;
};

/// A value of a Json, and its key if it is a member of an object. Children of arrays and objects form a list:
/// `for (const JsonValue& item : value)`.
struct JsonValue {
  enum class Kind : std::uint8_t { null, boolean, number, string, array, object };
  class Iterator;

  Kind kind = Kind::null;
  std::uint32_t index = 0;  // among its siblings
  std::uint32_t size = 0;   // children
  Position at{};
  Position key_at{};
  std::string_view key{};
  std::string_view text{};  // a string's content; numbers, booleans and null as they are written
  const JsonValue* parent = nullptr;
  const JsonValue* first = nullptr;
  const JsonValue* next = nullptr;

  Iterator begin() const;
  Iterator end() const;
  /// The member of that name, or null.
  const JsonValue* find(std::string_view name) const;
};

class JsonValue::Iterator {
 public:
  explicit Iterator(const JsonValue* value) : value_(value) {}
  const JsonValue& operator*() const { return *value_; }
  Iterator& operator++() { return value_ = value_->next, *this; }
  bool operator==(const Iterator&) const = default;

 private:
  const JsonValue* value_;
};
inline JsonValue::Iterator JsonValue::begin() const { return Iterator(first); }
inline JsonValue::Iterator JsonValue::end() const { return Iterator(nullptr); }

/// "an object", "a string"...
std::string_view with_article(JsonValue::Kind kind);

/// RFC 6901, without bound on depth or size except that keys are cut to 60 characters.
std::string pointer(const JsonValue& value);
/// One step of a pointer: "/" and the key with ~ and / escaped.
std::string pointer_step(std::string_view key);

/// A document. Its values refer to each other and to the text that it was read from, which must outlive it.
class Json {
 public:
  Json() = default;
  Json(Json&&) = default;
  Json& operator=(Json&&) = default;

  const JsonValue& root() const { return values_.front(); }
  /// What a pointer leads to, or the last value on the way there that exists.
  const JsonValue& follow(std::string_view pointer) const;

 private:
  friend class JsonReader;
  std::deque<JsonValue> values_;
  std::deque<std::string> unescaped_;  // contents of strings that are not in the text literally
};

/// Reads one JSON document (RFC 8259) and nothing else. What is wrong with it is added to `findings` (E10xx, and E1504
/// for too many values); no document then, except that a key given twice (E1008) leaves both.
std::optional<Json> read_json(std::string_view text, std::string_view file, Diagnostics& findings);

}  // namespace commitlab
