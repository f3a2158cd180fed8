// Numbers, words and names of a scenario, read exactly or refused.
#include "scenarios/decode_value.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "checker/rational.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;

void Decoding::error(const JsonValue& value, std::string code, std::string message, std::string hint) {
  const std::string place = pointer(value);
  report(value.at, place, {.code = std::move(code), .pointer = place, .message = std::move(message), .hint = std::move(hint)});
}

void Decoding::key_error(const JsonValue& member, std::string code, std::string message, std::string hint) {
  const std::string place = pointer(member);
  report(member.key_at, place, {.code = std::move(code), .pointer = place, .message = std::move(message), .hint = std::move(hint)});
}

void Decoding::missing_key(const JsonValue& object, std::string_view key, std::string code, std::string hint) {
  const std::string place = pointer(object);
  report(object.at, place + pointer_step(key),
         {.code = std::move(code),
          .pointer = place,
          .message = "required key " + in_quotes(key) + " missing",
          .hint = std::move(hint)});
}

void Decoding::report(Position at, std::string unsound_pointer, Diagnostic diagnostic) {
  diagnostic.file = file;
  diagnostic.line = at.line;
  diagnostic.column = at.column;
  findings.add(std::move(diagnostic));
  if (findings.errors_left_out() == 0) unsound.push_back(std::move(unsound_pointer));
}

// What stands there, as it is told to its author: a number as written, a string in quotes, otherwise the kind.
static std::string shown(const JsonValue& value) {
  switch (value.kind) {
    case Kind::string: return in_quotes(value.text);
    case Kind::number:
    case Kind::boolean:
    case Kind::null: return escaped(value.text);
    case Kind::array:
    case Kind::object: return std::string(with_article(value.kind));
  }
  return "";
}

bool expect_kind(Decoding& decoding, const JsonValue& value, Kind kind, std::string_view allowed) {
  if (value.kind == kind) return true;
  const std::string wanted(allowed.empty() ? with_article(kind) : allowed);
  const bool quoted_number = kind == Kind::number && value.kind == Kind::string && flaw_of(value.text) != RationalFlaw::not_a_number;
  decoding.error(value, "E1103", "expected " + wanted + ", got " + std::string(with_article(value.kind)),
                 quoted_number ? "write it without quotes" : "");
  return false;
}

template <class Integer>
static std::optional<Integer> whole(std::string_view text) {
  Integer number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

static bool is_written_whole(std::string_view text) { return text.find_first_of(".eE") == text.npos; }

std::optional<std::int64_t> read_integer(Decoding& decoding, const JsonValue& value, std::int64_t least, std::int64_t most,
                                         std::string_view code_out_of_range) {
  const std::string allowed = "an integer from " + std::to_string(least) + " to " + std::to_string(most);
  if (!expect_kind(decoding, value, Kind::number, allowed)) return std::nullopt;
  const auto number = whole<std::int64_t>(value.text);
  if (number && *number >= least && *number <= most) return number;
  decoding.error(value, is_written_whole(value.text) ? std::string(code_out_of_range) : "E1203",
                 "expected " + allowed + ", got " + shown(value));
  return std::nullopt;
}

std::optional<std::uint64_t> read_unsigned(Decoding& decoding, const JsonValue& value) {
  const std::string allowed = "an integer from 0 to " + std::to_string(std::numeric_limits<std::uint64_t>::max());
  if (!expect_kind(decoding, value, Kind::number, allowed)) return std::nullopt;
  if (const auto number = whole<std::uint64_t>(value.text)) return number;
  decoding.error(value, "E1203", "expected " + allowed + ", got " + shown(value));
  return std::nullopt;
}

std::optional<bool> read_boolean(Decoding& decoding, const JsonValue& value) {
  if (!expect_kind(decoding, value, Kind::boolean, "true or false")) return std::nullopt;
  return value.text == "true";
}

std::optional<std::string> read_string(Decoding& decoding, const JsonValue& value) {
  if (!expect_kind(decoding, value, Kind::string)) return std::nullopt;
  return std::string(value.text);
}

bool expect_characters(Decoding& decoding, const JsonValue& value, std::size_t most) {
  const auto begins_one = [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; };
  const auto characters = static_cast<std::size_t>(std::count_if(value.text.begin(), value.text.end(), begins_one));
  if (characters > most) decoding.error(value, "E1504", "limit: at most " + std::to_string(most) + " characters, got " + std::to_string(characters));
  return characters <= most;
}

std::optional<Probability> read_probability(Decoding& decoding, const JsonValue& value) {
  constexpr std::string_view kAllowed = "a number in [0, 1] or a fraction such as \"1/3\"";
  if (value.kind != Kind::string && !expect_kind(decoding, value, Kind::number, kAllowed)) return std::nullopt;
  const auto refuse = [&](std::string code, std::string message) {
    decoding.error(value, std::move(code), std::move(message));
    return std::nullopt;
  };
  if (const auto flaw = flaw_of(value.text)) {
    const std::string got = ", got " + shown(value);
    switch (*flaw) {
      case RationalFlaw::not_a_number: return refuse("E1203", "expected " + std::string(kAllowed) + got);
      case RationalFlaw::zero_denominator: return refuse("E1204", "zero denominator" + got);
      case RationalFlaw::exponent_too_large:
      case RationalFlaw::too_long: return refuse("E1205", std::string(explanation(*flaw)) + got);
    }
  }
  const Rational number = *rational_from(value.text);
  if (number < 0 || number > 1) return refuse("E1203", "expected a number in [0, 1], got " + shown(value));
  const auto fraction = fraction_of_64_bits(number);
  if (!fraction) return refuse("E1205", "not exact as a fraction of two 64-bit integers: " + shown(value));
  return Probability{fraction->first, fraction->second};
}

std::optional<Nanoseconds> read_time(Decoding& decoding, const JsonValue& value, Nanoseconds least, std::string_view code_too_low) {
  const std::string allowed = least > 0 ? "a time above 0" : "a time of at least 0";
  if (!expect_kind(decoding, value, Kind::number, allowed)) return std::nullopt;
  const auto refuse = [&](std::string_view code, const std::string& message) {
    decoding.error(value, std::string(code), message + ", got " + shown(value));
    return std::nullopt;
  };
  if (const auto flaw = flaw_of(value.text)) return refuse("E1208", std::string(explanation(*flaw)));
  const Rational time = *rational_from(value.text) * Rational(decoding.unit);
  if (time < 0 || (time == 0 && least > 0)) return refuse(code_too_low, "expected " + allowed);
  if (time > Rational(kGreatestDelay)) return refuse("E1208", "expected a time of at most 2^53 ns, about 104 days");
  if (time.denominator() != 1) return refuse("E1207", "expected a whole number of nanoseconds");
  return static_cast<Nanoseconds>(fraction_of_64_bits(time)->first);
}

std::optional<std::size_t> read_choice(Decoding& decoding, const JsonValue& value, std::span<const std::string_view> allowed,
                                       std::string_view code) {
  const std::string list = "one of " + listed(allowed);
  if (!expect_kind(decoding, value, Kind::string, list)) return std::nullopt;
  const auto found = std::find(allowed.begin(), allowed.end(), value.text);
  if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  decoding.error(value, std::string(code), "expected " + list + ", got " + shown(value) + did_you_mean(value.text, allowed));
  return std::nullopt;
}

// Calls refuse(message, hint) if there is no node of that name; not while names are not known.
static std::optional<NodeId> find_node(const Decoding& decoding, std::string_view name, auto&& refuse) {
  if (decoding.nodes.empty()) return std::nullopt;
  const std::vector<std::string_view> nodes(decoding.nodes.begin(), decoding.nodes.end());
  const auto found = std::find(nodes.begin(), nodes.end(), name);
  if (found != nodes.end()) return node_id(static_cast<std::size_t>(found - nodes.begin()));
  refuse("unknown node " + in_quotes(name) + did_you_mean(name, nodes), "nodes: " + listed(nodes));
  return std::nullopt;
}

std::optional<NodeId> read_node(Decoding& decoding, const JsonValue& value) {
  if (!expect_kind(decoding, value, Kind::string, "the name of a node")) return std::nullopt;
  return find_node(decoding, value.text, [&](std::string message, std::string hint) { decoding.error(value, "E1213", std::move(message), std::move(hint)); });
}

std::optional<NodeId> read_node_key(Decoding& decoding, const JsonValue& member) {
  return find_node(decoding, member.key, [&](std::string message, std::string hint) { decoding.key_error(member, "E1213", std::move(message), std::move(hint)); });
}

void refuse_unknown_keys(Decoding& decoding, const JsonValue& object, std::span<const std::string_view> known) {
  for (const JsonValue& member : object) {
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    // Of a hundred thousand wrong keys all are counted, but only those that are shown are explained.
    if (!decoding.findings.would_show(member.key_at.line, member.key_at.column)) {
      decoding.key_error(member, "E1101", "");
      continue;
    }
    decoding.key_error(member, "E1101", "unknown key " + in_quotes(member.key) + did_you_mean(member.key, known),
                       "keys allowed here: " + listed(known));
  }
}

}  // namespace commitlab
