#include "scenarios/trace_file.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>

#include "scenarios/decode_parts.hpp"
#include "scenarios/digest.hpp"
#include "scenarios/encode_scenario.hpp"
#include "scenarios/question.hpp"
#include "scenarios/trace_reading.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using Kind = JsonValue::Kind;

constexpr std::string_view kSchema = "commitlab-trace/1";

enum class Clock : std::uint8_t { steps, time };

/// The value as a document of its own, numbers as they are written.
std::string json_of(const JsonValue& value) {
  const auto in_quotes = [](std::string_view text) { return nlohmann::json(text).dump(-1, ' ', true, nlohmann::json::error_handler_t::replace); };
  const bool object = value.kind == Kind::object;
  if (value.kind == Kind::string) return in_quotes(value.text);
  if (!object && value.kind != Kind::array) return std::string(value.text);
  std::string text(1, object ? '{' : '[');
  for (const JsonValue& item : value) text += (item.index > 0 ? "," : "") + (object ? in_quotes(item.key) + ":" : "") + json_of(item);
  return text + (object ? '}' : ']');
}

void read_schema(Decoding& decoding, const JsonValue& value, TraceReading&) {
  const auto schema = read_string(decoding, value);
  if (schema && *schema != kSchema) decoding.error(value, "E1106", "schema " + in_quotes(*schema) + " not supported (this build: " + std::string(kSchema) + ")");
}

void ignore_text(Decoding& decoding, const JsonValue& value, TraceReading&) { read_string(decoding, value); }

std::span<const Key<TraceReading>> tool_keys() {
  static constexpr std::array<Key<TraceReading>, 2> kKeys = {{{"name", ignore_text, true}, {"version", ignore_text, true}}};
  return kKeys;
}
void read_tool(Decoding& decoding, const JsonValue& value, TraceReading& reading) { read_object(decoding, value, tool_keys(), reading); }

void read_scenario_name(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (const auto name = read_string(decoding, value)) reading.file.scenario.name = *name;
}

/// What is wrong in it has its place in this file.
void read_scenario(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::object, "a scenario")) return;
  Decoded decoded = decode_scenario(json_of(value), decoding.file, reading.protocols);
  for (Diagnostic found : decoded.findings.errors()) {
    found.pointer = pointer(value) + found.pointer;
    const JsonValue& place = reading.json->follow(found.pointer);
    found.line = place.at.line, found.column = place.at.column;
    decoding.findings.add(std::move(found));
  }
  if (!decoded.scenario) return;
  decoded.scenario->name = std::move(reading.file.scenario.name);
  reading.file.scenario = std::move(*decoded.scenario);
  decoding.nodes = node_names(reading.file.scenario);
}

void read_digest(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  const auto digest = read_string(decoding, value);
  if (!digest || decoding.nodes.empty()) return;
  const std::string is = digest_of(encode_scenario(reading.file.scenario));
  if (*digest != is) decoding.error(value, "E1901", "the scenario is not the one that was recorded: expected " + in_quotes(is) + ", got " + in_quotes(*digest), "without this key it is taken as it is");
}

void read_seed(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  const auto text = read_string(decoding, value);
  if (!text) return;
  std::uint64_t seed = 0;
  const char* end = text->data() + text->size();
  const bool marked = text->starts_with("0x");
  const auto [stop, error] = std::from_chars(text->data() + (marked ? 2 : 0), end, seed, 16);
  if (!marked || error != std::errc() || stop != end) return decoding.error(value, "E1203", "expected \"0x\" and up to 16 hexadecimal digits, got " + in_quotes(*text));
  if (!decoding.nodes.empty() && seed != reading.file.scenario.seed) decoding.error(value, "E1902", "another seed than that of the scenario: " + std::to_string(reading.file.scenario.seed));
}

void read_protocol(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  const auto name = read_string(decoding, value);
  if (!name) return;
  reading.file.trace.protocol = *name;
  if (!decoding.nodes.empty() && *name != reading.file.scenario.protocol) decoding.error(value, "E1902", "another protocol than that of the scenario: " + in_quotes(reading.file.scenario.protocol));
}

void read_weaken(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (const auto text = read_string(decoding, value)) reading.file.weaken = *text;
}

void read_clock(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (const auto clock = read_word<Clock>(decoding, value)) reading.file.timed = *clock == Clock::time;
}

void read_copies(Decoding& decoding, const JsonValue& value, TraceReading& reading) { reading.file.copies = read_boolean(decoding, value).value_or(false); }

void read_names(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::array, "the names of all nodes") || !expect_short(decoding, value, kMaxNodes)) return;
  for (const JsonValue& name : value) reading.file.trace.names.push_back(read_string(decoding, name).value_or(""));
  if (!decoding.nodes.empty() && reading.file.trace.names != decoding.nodes) decoding.error(value, "E1902", "other nodes than those of the scenario", "the coordinator, then the participants");
}

void read_votes(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::array, "an array of votes for each transaction") || !expect_short(decoding, value, kMostTransactionsSearched)) return;
  for (const JsonValue& row : value) {
    std::string& words = reading.file.trace.votes.emplace_back();
    if (!expect_kind(decoding, row, Kind::array, "a vote of each participant")) continue;
    if (!decoding.nodes.empty() && row.size + 1 != decoding.nodes.size()) decoding.error(row, "E1219", "expected " + std::to_string(decoding.nodes.size() - 1) + " votes, got " + std::to_string(row.size));
    for (const JsonValue& item : row)
      if (const auto vote = read_word<Vote>(decoding, item, "E1219")) words += (words.empty() ? "" : " ") + std::string(name_of(*vote));
  }
  if (value.size == 0) decoding.error(value, "E1902", "no transaction: expected the votes of one at least");
  reading.file.trace.transactions = static_cast<int>(reading.transactions());
  reading.now.resize(decoding.nodes.size() * reading.transactions());
}

struct Judged {
  std::string property{};
  std::optional<Status> status{};
};
void read_property(Decoding& decoding, const JsonValue& value, Judged& judged) { judged.property = read_string(decoding, value).value_or(""); }
void read_status(Decoding& decoding, const JsonValue& value, Judged& judged) { judged.status = read_word<Status>(decoding, value); }
void ignore_why(Decoding& decoding, const JsonValue& value, Judged&) { read_string(decoding, value); }
std::span<const Key<Judged>> verdict_keys() {
  static constexpr std::array<Key<Judged>, 3> kKeys = {{{"property", read_property, true}, {"status", read_status, true}, {"why", ignore_why}}};
  return kKeys;
}
void read_verdict(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::array, "an array of properties") || !expect_short(decoding, value, kMostListed)) return;
  for (const JsonValue& item : value) {
    Judged judged;
    read_object(decoding, item, verdict_keys(), judged);
    if (judged.status) reading.file.verdict.emplace_back(std::move(judged.property), *judged.status);
  }
}

/// In this order they are read: the scenario before what names its nodes, the votes before what counts transactions.
std::span<const Key<TraceReading>> trace_keys() {
  static constexpr std::array<Key<TraceReading>, 16> kKeys = {{{"schema", read_schema, true},
                                                          {"tool", read_tool, true},
                                                          {"scenario_name", read_scenario_name},
                                                          {"scenario", read_scenario, true},
                                                          {"scenario_digest", read_digest},
                                                          {"seed", read_seed, true},
                                                          {"protocol", read_protocol, true},
                                                          {"weaken", read_weaken},
                                                          {"clock", read_clock, true},
                                                          {"copies", read_copies},
                                                          {"nodes", read_names, true},
                                                          {"votes", read_votes, true},
                                                          {"verdict", read_verdict, true},
                                                          {"begin", read_begin},
                                                          {"events", read_events, true},
                                                          {"end", read_end, true}}};
  return kKeys;
}

bool is_of_a_trace(const JsonValue& root) {
  const JsonValue* schema = root.kind == Kind::object ? root.find("schema") : nullptr;
  return schema != nullptr && schema->kind == Kind::string && schema->text.starts_with("commitlab-trace/");
}

}  // namespace

Play TraceFile::play() const {
  Play play;
  for (const auto& words : trace.votes) {
    auto& row = play.votes.emplace_back();
    for (std::size_t begin = 0; begin < words.size(); begin = std::min(words.find(' ', begin), words.size()) + 1) row.push_back(words[begin] == 'y');
  }
  for (const auto& label : labels) play.lines.push_back({.number = static_cast<int>(play.lines.size()) + 1, .text = label});
  return play;
}

bool looks_like_trace(std::string_view text) {
  if (text.find("\"commitlab-trace/") == text.npos) return false;
  Diagnostics ignored;
  const auto json = read_json(text, "", ignored);
  return !json || is_of_a_trace(json->root());
}

std::optional<TraceFile> decode_trace(std::string_view text, std::string_view file, std::span<const ProtocolFacts> protocols, Diagnostics& findings) {
  const auto json = read_json(text, file, findings);
  if (!json) return std::nullopt;
  Decoding decoding{.file = file, .findings = findings};
  TraceReading reading{.protocols = protocols, .json = &*json};
  const JsonValue* schema = json->root().find("schema");
  // Of a trace of another version only that is said.
  if (schema != nullptr && schema->kind == Kind::string && schema->text != kSchema) read_schema(decoding, *schema, reading);
  else read_object(decoding, json->root(), trace_keys(), reading);
  if (findings.any_error()) return std::nullopt;
  return std::move(reading.file);
}

std::vector<ObjectKeys> accepted_trace_keys() {
  auto all = accepted_item_keys();
  all.insert(all.end(), {{"", names_of(trace_keys())}, {"/tool", names_of(tool_keys())}, {"/verdict/*", names_of(verdict_keys())}});
  return all;
}

}  // namespace commitlab
