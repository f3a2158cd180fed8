#include "commands/values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <random>

#include "checker/rational.hpp"
#include "commands/refusal.hpp"
#include "scenarios/decode_value.hpp"
#include "scenarios/spelling.hpp"

namespace commitlab {

[[noreturn]] static void refuse(const Value& value, const std::string& expected, const std::string& hint = "") {
  throw refusal(kUsage, "E1603", value.option, "expected " + expected + ", got " + in_quotes(value.text), hint);
}

static bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// A number in that base that is all of the text and fits into 64 bits.
static bool read_number(std::string_view text, int base, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

// "010" is neither 10 nor 8 for sure.
static bool read_decimal(std::string_view text, std::uint64_t& number) {
  const bool padded = text.size() > 1 && text.starts_with('0');
  return all_digits(text) && !padded && read_number(text, 10, number);
}

std::uint64_t integer(const Value& value, std::uint64_t least, std::uint64_t most) {
  std::uint64_t number = 0;
  if (read_decimal(value.text, number) && number >= least && number <= most) return number;
  refuse(value, "an integer from " + std::to_string(least) + " to " + std::to_string(most));
}

std::uint64_t seed(const Value& value) {
  if (value.text == "random") {
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
  }
  std::uint64_t number = 0;
  const std::string_view text = value.text;
  const bool marked = text.starts_with("0x") || text.starts_with("0X");
  if (marked ? read_number(text.substr(2), 16, number) : read_decimal(text, number)) return number;
  refuse(value, "a number of 64 bits, 0x and up to 16 hexadecimal digits, or random");
}

double seconds(const Value& value) {
  double number = 0;
  const std::string& text = value.text;
  const bool plain = text.find_first_not_of("0123456789.") == text.npos && text.find_first_of("0123456789") == 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (plain && error == std::errc() && end == text.data() + text.size() && number > 0 && number <= 1e9) return number;
  refuse(value, "a number of seconds above 0, such as 60 or 0.5");
}

double width(const Value& value) {
  const std::string& text = value.text;
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool plain = text.find_first_not_of("0123456789.e-") == text.npos && text.find_first_of("0123456789") == 0;
  if (plain && error == std::errc() && end == text.data() + text.size() && number > 0 && number < 1) return number;
  refuse(value, "a number above 0 and below 1, such as 0.01");
}

Shard shard(const Value& value, std::uint64_t runs) {
  const std::string_view text = value.text;
  const std::size_t stroke = text.find('/');
  Shard read;
  const bool numbers = stroke != text.npos && read_decimal(text.substr(0, stroke), read.part) && read_decimal(text.substr(stroke + 1), read.of);
  if (numbers && read.part >= 1 && read.part <= read.of && read.of <= runs) return read;
  refuse(value, "which part of how many, such as 2/4, of at most " + std::to_string(runs) + " parts, since each has at least one run");
}

std::uint64_t memory_size(const Value& value) {
  constexpr std::string_view kUnits = "KMGT";
  constexpr std::uint64_t kLeast = std::uint64_t{16} << 20;
  const std::string_view text = value.text;
  const std::size_t unit = text.empty() ? text.npos : kUnits.find(text.back());
  std::uint64_t number = 0;
  if (unit != text.npos && read_decimal(text.substr(0, text.size() - 1), number)) {
    const auto shift = 10 * (unit + 1);
    const bool fits = number <= std::numeric_limits<std::uint64_t>::max() >> shift;
    if (fits && number << shift >= kLeast) return number << shift;
  }
  refuse(value, "a size with its unit of at least 16M, such as 512M or 4G");
}

std::size_t choice(const Value& value, std::span<const std::string_view> allowed) {
  const auto found = std::find(allowed.begin(), allowed.end(), value.text);
  if (found != allowed.end()) return static_cast<std::size_t>(found - allowed.begin());
  throw refusal(kUsage, "E1603", value.option,
                "expected one of " + listed(allowed) + ", got " + in_quotes(value.text) + did_you_mean(value.text, allowed));
}

std::vector<std::string> list(const Value& value, const std::string& what) {
  std::vector<std::string> parts;
  std::string_view rest = value.text;
  while (true) {
    const std::size_t end = rest.find(',');
    const std::string part(rest.substr(0, end));
    if (part.empty()) refuse(value, what + " with a comma between them");
    if (std::find(parts.begin(), parts.end(), part) != parts.end()) {
      throw refusal(kUsage, "E1603", value.option, in_quotes(part) + " listed twice");
    }
    parts.push_back(part);
    if (end == rest.npos) return parts;
    rest.remove_prefix(end + 1);
  }
}

// "10ms", "1.5s" in nanoseconds.
static Rational exact_time(const Value& value, std::string_view text) {
  static constexpr std::array<std::string_view, 4> kUnits = {"ns", "us", "ms", "s"};
  static constexpr std::array<Nanoseconds, 4> kLengths = {1, 1'000, 1'000'000, 1'000'000'000};
  const std::size_t end = std::min(text.find_first_not_of("-0123456789."), text.size());
  const std::string_view number = text.substr(0, end), unit = text.substr(end);
  if (text == "0") return 0;
  const Value part{value.option, std::string(text)};
  const auto amount = rational_from(number);
  if (!amount) refuse(part, "a time with its unit, such as 10ms or 1.5s");
  if (unit.empty()) refuse(part, "a time with its unit", "one of " + listed(kUnits) + ": " + std::string(number) + "ms");
  const std::size_t place = choice({value.option, std::string(unit)}, kUnits);
  const Rational time = *amount * Rational(kLengths[place]);
  if (time < 0) refuse(part, "a time of at least 0");
  return time;
}

static Nanoseconds whole_time(const Value& part, const Rational& time) {
  if (time.denominator() != 1) refuse(part, "a whole number of nanoseconds");
  return static_cast<Nanoseconds>(fraction_of_64_bits(time)->first);
}

Nanoseconds time_of(const Value& value) {
  const Rational time = exact_time(value, value.text);
  if (time > Rational(kGreatestDelay)) refuse(value, "a time of at most 2^53 ns, about 104 days");
  return whole_time(value, time);
}

static Nanoseconds time_until(Nanoseconds horizon, const Value& value) {
  const Rational time = exact_time(value, value.text);
  if (time > Rational(horizon)) {
    refuse(value, "a time up to the horizon, " + exact_text(Rational(horizon) / 1'000'000) + "ms",
           "\"horizon\" in the \"delays\" of a scenario, or --delay horizon=20s, says when a transaction is given up");
  }
  return whole_time(value, time);
}

std::vector<Nanoseconds> times(const Value& value, Nanoseconds horizon) {
  constexpr std::size_t kMost = 100;
  std::vector<Nanoseconds> all;
  for (const std::string& part : list(value, "times")) all.push_back(time_until(horizon, {value.option, part}));
  if (all.size() > kMost) {
    throw refusal(kUsage, "E1603", value.option, "at most " + std::to_string(kMost) + " times, got " + std::to_string(all.size()));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

std::vector<Assignment> assignments(const Value& value) {
  std::vector<Assignment> all;
  for (const std::string& part : list(value)) {
    const std::size_t equals = part.find('=');
    if (equals == part.npos || equals == 0 || equals + 1 == part.size()) refuse(value, "name=value, with a comma before the next");
    Assignment one{part.substr(0, equals), part.substr(equals + 1)};
    for (const auto& other : all) {
      if (other.name == one.name) throw refusal(kUsage, "E1604", value.option, in_quotes(one.name) + " given twice");
    }
    all.push_back(std::move(one));
  }
  return all;
}

// Those that one may ask for; a protocol's own are checked unasked.
static Property property(const Value& value, const std::string& name) {
  const auto names = std::span(spelling::kNames<Property>).first(static_cast<std::size_t>(Property::custom));
  return static_cast<Property>(choice({value.option, name}, names));
}

std::vector<Property> properties(const Value& value) {
  if (value.text.empty()) throw refusal(kUsage, "E1304", value.option, "nothing to check", "leave the option out to check AC1, AC2 and AC3");
  std::vector<Property> all;
  for (const std::string& name : list(value)) all.push_back(property(value, name));
  return all;
}

Expected expectations(const Value& value) {
  Expected expected;
  for (const auto& [name, status] : assignments(value)) expected[property(value, name)] = word<Status>({value.option, status});
  return expected;
}

// As a scenario has it in quotes.
static Probability probability(const Value& value) {
  Diagnostics found;
  Decoding decoding{.file = "", .findings = found};
  JsonValue written;
  written.kind = JsonValue::Kind::string;
  written.text = value.text;
  if (const auto read = read_probability(decoding, written)) return *read;
  const Diagnostic& error = found.errors().front();
  throw refusal(kUsage, error.code, value.option, error.message, error.hint);
}

static void set_crash_of(NodeId id, std::size_t nodes, const Probability& chance, Chances& chances) {
  if (chances.crash_by_node.empty()) chances.crash_by_node.assign(nodes, chances.crash);
  chances.crash_by_node.resize(nodes);
  chances.crash_by_node[index(id)] = chance;
  chances.crash = {};
}

void set_chances(const Value& value, const std::vector<std::string>& names, Chances& chances) {
  static constexpr std::array<std::string_view, 6> kNames = {"loss", "duplicate", "reorder", "crash", "disk_loss", "recovery"};
  static constexpr std::array kChances = {&Chances::loss, &Chances::duplicate, &Chances::reorder, &Chances::crash, &Chances::disk_loss, &Chances::recovery};
  constexpr std::string_view kCrashOf = "crash:";
  const auto all = assignments(value);
  for (auto [name, chance] : all) {
    if (name.starts_with(kCrashOf)) continue;
    if (name == "disk-loss") name = "disk_loss";
    const auto which = kChances[choice({value.option, name}, kNames)];
    chances.*which = probability({value.option, chance});
    if (which == &Chances::crash) chances.crash_by_node.clear();
  }
  for (const auto& [name, chance] : all)
    if (name.starts_with(kCrashOf)) set_crash_of(node_id(node(value, name.substr(kCrashOf.size()), names)), names.size(), probability({value.option, chance}), chances);
}

std::size_t node(const Value& value, const std::string& name, const std::vector<std::string>& names) {
  const std::vector<std::string_view> allowed(names.begin(), names.end());
  return choice({value.option, name}, allowed);
}

}  // namespace commitlab
