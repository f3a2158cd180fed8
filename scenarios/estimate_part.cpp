#include "scenarios/estimate_part.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "scenarios/decode_value.hpp"
#include "scenarios/digest.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;

std::string decimal(Uint128 number) {
  std::string digits;
  do digits.insert(digits.begin(), static_cast<char>('0' + static_cast<int>(number % 10)));
  while ((number /= 10) > 0);
  return digits;
}

/// All of it but the digest and the time.
ordered_json content(const EstimatePart& part) {
  const Outcomes& outcomes = part.sums.outcomes;
  return {{"schema", kEstimatePartSchema},
          {"version", part.version},
          {"arguments", part.arguments},
          {"name", part.name},
          {"scenario", part.scenario},
          {"seed", part.seed},
          {"runs", part.runs},
          {"shard", {{"part", part.shard.part}, {"of", part.shard.of}}},
          {"sums",
           {{"commits", outcomes.commits},
            {"aborts", outcomes.aborts},
            {"blocked", outcomes.blocked},
            {"breaks", outcomes.breaks},
            {"messages", part.sums.messages},
            {"forced_writes", part.sums.forced_writes},
            {"latency_ns", decimal(part.sums.latency_ns)}}}};
}

std::string text_of(const ordered_json& json) { return json.dump(2, ' ', false, ordered_json::error_handler_t::replace); }

/// What is read: a part, and its digest.
struct Reading {
  EstimatePart part{};
  std::string digest{};
};

void read_schema(Decoding& decoding, const JsonValue& value, Reading&) {
  const auto schema = read_string(decoding, value);
  if (!schema || *schema == kEstimatePartSchema) return;
  decoding.error(value, "E1106", "schema " + in_quotes(*schema) + " is not that of a part of an estimate (" + std::string(kEstimatePartSchema) + ")",
                 "estimate --shard 1/2 --json makes one");
}

template <std::string EstimatePart::*member>
void read_text(Decoding& decoding, const JsonValue& value, Reading& reading) {
  if (const auto text = read_string(decoding, value)) reading.part.*member = *text;
}

template <std::uint64_t EstimatePart::*member>
void read_whole(Decoding& decoding, const JsonValue& value, Reading& reading) {
  if (const auto number = read_unsigned(decoding, value)) reading.part.*member = *number;
}

void read_runs(Decoding& decoding, const JsonValue& value, Reading& reading) {
  if (const auto runs = read_integer(decoding, value, 1, kTallyRunsMost)) reading.part.runs = static_cast<std::uint64_t>(*runs);
}

void read_arguments(Decoding& decoding, const JsonValue& value, Reading& reading) {
  if (!expect_kind(decoding, value, JsonValue::Kind::array, "an array of words")) return;
  for (const JsonValue& word : value)
    if (const auto text = read_string(decoding, word)) reading.part.arguments.push_back(*text);
}

template <std::uint64_t Shard::*member>
void read_of_shard(Decoding& decoding, const JsonValue& value, Shard& shard) {
  if (const auto number = read_integer(decoding, value, 1, kTallyRunsMost)) shard.*member = static_cast<std::uint64_t>(*number);
}

void read_shard(Decoding& decoding, const JsonValue& value, Reading& reading) {
  static constexpr std::array<Key<Shard>, 2> kKeys = {{{"part", read_of_shard<&Shard::part>, true}, {"of", read_of_shard<&Shard::of>, true}}};
  read_object(decoding, value, std::span<const Key<Shard>>(kKeys), reading.part.shard);
}

template <std::uint64_t Outcomes::*member>
void read_count(Decoding& decoding, const JsonValue& value, Sums& sums) {
  if (const auto count = read_integer(decoding, value, 0, kTallyRunsMost)) sums.outcomes.*member = static_cast<std::uint64_t>(*count);
}

template <std::uint64_t Sums::*member>
void read_sum(Decoding& decoding, const JsonValue& value, Sums& sums) {
  if (const auto sum = read_unsigned(decoding, value)) sums.*member = *sum;
}

/// More than 64 bits, so it is written as a string.
void read_latency(Decoding& decoding, const JsonValue& value, Sums& sums) {
  constexpr std::size_t kMostDigits = 36;
  const auto text = read_string(decoding, value);
  if (!text) return;
  const bool digits = !text->empty() && text->size() <= kMostDigits && text->find_first_not_of("0123456789") == text->npos;
  if (!digits || (text->size() > 1 && text->front() == '0'))
    return decoding.error(value, "E1203", "expected a whole number of nanoseconds of at most " + std::to_string(kMostDigits) + " digits, got " + in_quotes(*text));
  for (const char digit : *text) sums.latency_ns = 10 * sums.latency_ns + static_cast<unsigned>(digit - '0');
}

void read_sums(Decoding& decoding, const JsonValue& value, Reading& reading) {
  static constexpr std::array<Key<Sums>, 7> kKeys = {{{"commits", read_count<&Outcomes::commits>, true},
                                                      {"aborts", read_count<&Outcomes::aborts>, true},
                                                      {"blocked", read_count<&Outcomes::blocked>, true},
                                                      {"breaks", read_count<&Outcomes::breaks>, true},
                                                      {"messages", read_sum<&Sums::messages>, true},
                                                      {"forced_writes", read_sum<&Sums::forced_writes>, true},
                                                      {"latency_ns", read_latency, true}}};
  read_object(decoding, value, std::span<const Key<Sums>>(kKeys), reading.part.sums);
}

void read_digest(Decoding& decoding, const JsonValue& value, Reading& reading) {
  if (const auto digest = read_string(decoding, value)) reading.digest = *digest;
}

void read_seconds(Decoding& decoding, const JsonValue& value, double& seconds) {
  if (!expect_kind(decoding, value, JsonValue::Kind::number)) return;
  std::from_chars(value.text.data(), value.text.data() + value.text.size(), seconds);
}

void read_timing(Decoding& decoding, const JsonValue& value, Reading& reading) {
  static constexpr std::array<Key<double>, 1> kKeys = {{{"seconds", read_seconds, true}}};
  read_object(decoding, value, std::span<const Key<double>>(kKeys), reading.part.seconds);
}

constexpr std::array<Key<Reading>, 11> kPartKeys = {{{"schema", read_schema, true},
                                                     {"version", read_text<&EstimatePart::version>, true},
                                                     {"arguments", read_arguments, true},
                                                     {"name", read_text<&EstimatePart::name>, true},
                                                     {"scenario", read_text<&EstimatePart::scenario>, true},
                                                     {"seed", read_whole<&EstimatePart::seed>, true},
                                                     {"runs", read_runs, true},
                                                     {"shard", read_shard, true},
                                                     {"sums", read_sums, true},
                                                     {"digest", read_digest, true},
                                                     {"timing", read_timing, true}}};

/// Numbers that are right each by itself, but not together.
void compare(Decoding& decoding, const JsonValue& root, const Reading& reading) {
  const EstimatePart& part = reading.part;
  const Shard& shard = part.shard;
  if (shard.part > shard.of || shard.of > part.runs)
    return decoding.error(*root.find("shard"), "E1802", "part " + std::to_string(shard.part) + " of " + std::to_string(shard.of) + " there cannot be of " + std::to_string(part.runs) + " runs");
  if (const std::uint64_t size = shard.size(part.runs), counted = part.sums.outcomes.runs(); counted != size)
    return decoding.error(*root.find("sums"), "E1802", "the outcomes of " + std::to_string(counted) + " runs, where the part has " + std::to_string(size));
  if (const std::string digest = digest_of(text_of(content(part))); digest != reading.digest)
    decoding.error(*root.find("digest"), "E1801", "the file has been changed since it was written: it is to be " + in_quotes(digest) + ", got " + in_quotes(reading.digest), "make the part again");
}

}  // namespace

std::string encode_part(const EstimatePart& part) {
  ordered_json json = content(part);
  json["digest"] = digest_of(text_of(json));
  json["timing"] = {{"seconds", part.seconds}};
  return json.dump(2, ' ', true, ordered_json::error_handler_t::replace) + "\n";  // it may be shown on a terminal
}

std::optional<EstimatePart> decode_part(std::string_view text, std::string_view file, Diagnostics& findings) {
  Diagnostics found;
  Decoding decoding{.file = file, .findings = found};
  Reading reading;
  if (const auto json = read_json(text, file, found)) {
    const JsonValue* schema = json->root().find("schema");
    // Of something else altogether only that is said.
    if (schema != nullptr && schema->text != kEstimatePartSchema) read_schema(decoding, *schema, reading);
    else read_object(decoding, json->root(), std::span<const Key<Reading>>(kPartKeys), reading);
    if (!found.any_error()) compare(decoding, json->root(), reading);
  }
  for (const Diagnostic& error : found.errors()) findings.add(error);
  if (found.any_error()) return std::nullopt;
  return std::move(reading.part);
}

}  // namespace commitlab
