// How single values of a scenario are read: each reader returns what it read, or reports what would have been right.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/json_text.hpp"
#include "sim/delays.hpp"
#include "sim/ids.hpp"
#include "sim/names.hpp"
#include "sim/rng.hpp"

namespace commitlab {

/// What is carried along while one file is read.
struct Decoding {
  std::string_view file;
  Diagnostics& findings;
  std::vector<std::string> unsound{};  // pointers of the values that could not be read, while all errors are kept
  std::vector<std::string> nodes{};    // names: the coordinator, then the participants; empty if these are not known
  Nanoseconds unit = 1'000'000;        // in which times are written

  void error(const JsonValue& value, std::string code, std::string message, std::string hint = "");
  /// The same, but it is the key that is wrong, not its value.
  void key_error(const JsonValue& member, std::string code, std::string message, std::string hint = "");
  void missing_key(const JsonValue& object, std::string_view key, std::string code = "E1102",
                   std::string hint = "");

 private:
  void report(Position at, std::string unsound_pointer, Diagnostic diagnostic);
};

/// A key of an object that is read into a T, and how.
template <class T>
struct Key {
  std::string_view name;
  void (*read)(Decoding&, const JsonValue&, T&);
  bool required = false;
};

inline constexpr std::string_view kCoordinatorName = "coordinator";

/// Of a title, or other words that are told again, in characters.
inline constexpr std::size_t kLongestText = 200;

/// Whether the value is of that kind; if not, that is an error (E1103), with what is `allowed` if it is more than the kind.
bool expect_kind(Decoding&, const JsonValue&, JsonValue::Kind, std::string_view allowed = "");

/// A whole number in least ... most, written without point and exponent. E1203, or another code when out of range.
std::optional<std::int64_t> read_integer(Decoding&, const JsonValue&, std::int64_t least, std::int64_t most,
                                         std::string_view code_out_of_range = "E1203");
std::optional<std::uint64_t> read_unsigned(Decoding&, const JsonValue&);
std::optional<bool> read_boolean(Decoding&, const JsonValue&);
std::optional<std::string> read_string(Decoding&, const JsonValue&);
/// Of a string: is it of at most so many characters? An error that says the limit if not.
bool expect_characters(Decoding&, const JsonValue&, std::size_t most);

/// A number or a fraction in quotes, exactly: E1203 outside [0, 1], E1204 n/0, E1205 past 64 bits.
std::optional<Probability> read_probability(Decoding&, const JsonValue&);

/// A time in the scenario's unit, exact to the nanosecond: E1207 if finer, E1208 if past kGreatestDelay, and
/// `code_too_low` below `least`.
std::optional<Nanoseconds> read_time(Decoding&, const JsonValue&, Nanoseconds least, std::string_view code_too_low);

/// The place of a string in a list of allowed ones; another is reported with that code.
std::optional<std::size_t> read_choice(Decoding&, const JsonValue&, std::span<const std::string_view> allowed,
                                       std::string_view code = "E1104");

/// An enumerator by its name.
template <Enumeration E>
std::optional<E> read_word(Decoding& decoding, const JsonValue& value, std::string_view code = "E1104") {
  const auto names = std::span(spelling::kNames<E>).first(count_of<E>());
  const auto place = read_choice(decoding, value, names, code);
  return place ? std::optional(static_cast<E>(*place)) : std::nullopt;
}

/// The node of that name: E1213. While names are not known, none, but no error either.
std::optional<NodeId> read_node(Decoding&, const JsonValue&);
/// The same of the key of a member.
std::optional<NodeId> read_node_key(Decoding&, const JsonValue& member);

/// Reports members whose keys are not among those (E1101).
void refuse_unknown_keys(Decoding&, const JsonValue& object, std::span<const std::string_view> known);

template <class T>
std::vector<std::string_view> names_of(std::span<const Key<T>> keys) {
  std::vector<std::string_view> names;
  for (const Key<T>& key : keys) names.push_back(key.name);
  return names;
}

/// Reads the members of an object in the order of `keys`; unknown and missing ones are reported.
template <class T>
void read_object(Decoding& decoding, const JsonValue& object, std::span<const Key<T>> keys, T& into) {
  if (!expect_kind(decoding, object, JsonValue::Kind::object)) return;
  refuse_unknown_keys(decoding, object, names_of(keys));
  for (const Key<T>& key : keys) {
    if (const JsonValue* member = object.find(key.name)) {
      key.read(decoding, *member, into);
    } else if (key.required) {
      decoding.missing_key(object, key.name);
    }
  }
}

}  // namespace commitlab
