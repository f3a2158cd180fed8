#include "scenarios/trace_reading.hpp"

#include <array>
#include <limits>

#include "checker/replay_words.hpp"
#include "scenarios/decode_parts.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using Kind = JsonValue::Kind;

constexpr std::uint32_t kMostEvents = 100'000;
constexpr std::int64_t kLatest = std::numeric_limits<std::int64_t>::max();  // ns

/// An item of "events", "begin" or "end" while it is read.
struct Item {
  TraceReading& reading;
  Trace::Line line{};
  std::vector<std::int64_t> effect_times{};
  bool has_node = false, has_time = false, has_stop = false;
};

void read_up(Decoding& decoding, const JsonValue& value, NodeView& view) { view.up = read_boolean(decoding, value).value_or(view.up); }
void read_in_doubt(Decoding& decoding, const JsonValue& value, NodeView& view) { view.in_doubt = read_boolean(decoding, value).value_or(view.in_doubt); }
void read_state(Decoding& decoding, const JsonValue& value, NodeView& view) { view.state = read_string(decoding, value).value_or(""); }
void read_decided(Decoding& decoding, const JsonValue& value, NodeView& view) { view.decided = read_string(decoding, value).value_or(""); }
void read_log(Decoding& decoding, const JsonValue& value, NodeView& view) {
  if (!expect_kind(decoding, value, Kind::array, "an array of records")) return;
  view.log.clear();
  for (const JsonValue& record : value) view.log.push_back(read_string(decoding, record).value_or(""));
}
std::span<const Key<NodeView>> view_keys() {
  static constexpr std::array<Key<NodeView>, 5> kKeys = {{{"up", read_up}, {"in_doubt", read_in_doubt}, {"state", read_state}, {"log", read_log}, {"decided", read_decided}}};
  return kKeys;
}

void read_item_node(Decoding& decoding, const JsonValue& value, Item& item) {
  if (const auto node = read_node(decoding, value)) item.line.node = static_cast<int>(index(*node)), item.has_node = true;
}
void read_item_transaction(Decoding& decoding, const JsonValue& value, Item& item) {
  const auto number = read_integer(decoding, value, 1, static_cast<std::int64_t>(item.reading.transactions()));
  if (number) item.line.transaction = static_cast<int>(*number) - 1;
}

template <auto read>
void read_of_view(Decoding& decoding, const JsonValue& value, Item& item) { read(decoding, value, item.line.after); }

std::span<const Key<Item>> whole_view_keys() {
  static constexpr std::array<Key<Item>, 7> kKeys = {{{"node", read_item_node, true},
                                                      {"transaction", read_item_transaction},
                                                      {"up", read_of_view<read_up>, true},
                                                      {"in_doubt", read_of_view<read_in_doubt>, true},
                                                      {"state", read_of_view<read_state>, true},
                                                      {"log", read_of_view<read_log>, true},
                                                      {"decided", read_of_view<read_decided>, true}}};
  return kKeys;
}

/// All nodes in their order, and for each of them all transactions.
template <std::vector<NodeView> Trace::*views>
void read_views(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::array, "an array of what each node is")) return;
  if (decoding.nodes.empty() || reading.file.trace.votes.empty()) return;
  const std::size_t expected = decoding.nodes.size() * reading.transactions();
  if (value.size != expected) return decoding.error(value, "E1902", "expected " + std::to_string(expected) + " items, one for each node and transaction, got " + std::to_string(value.size));
  for (const JsonValue& one : value) {
    Item item{.reading = reading};
    read_object(decoding, one, whole_view_keys(), item);
    if (item.has_node && reading.place(item.line.node, item.line.transaction) != one.index) decoding.error(one, "E1902", "out of order: nodes as in \"nodes\", for each its transactions");
    (reading.file.trace.*views).push_back(std::move(item.line.after));
  }
}

void read_i(Decoding& decoding, const JsonValue& value, Item& item) {
  const auto expected = static_cast<std::int64_t>(item.reading.file.labels.size());
  read_integer(decoding, value, expected, expected, "E1902");
}
template <std::int64_t Trace::Line::*time, bool Item::*has>
void read_when(Decoding& decoding, const JsonValue& value, Item& item) {
  if (const auto at = read_integer(decoding, value, 0, kLatest)) item.line.*time = *at, item.*has = true;
}
void read_kind(Decoding& decoding, const JsonValue& value, Item& item) {
  const auto event = read_word<Event>(decoding, value);
  if (!event) return;
  item.line.event = *event;
  item.line.network = *event == Event::partition || *event == Event::heal || *event == Event::stop_faults;
}
void read_peer(Decoding& decoding, const JsonValue& value, Item& item) {
  if (const auto node = read_node(decoding, value)) item.line.peer = static_cast<int>(index(*node));
}
void read_message(Decoding& decoding, const JsonValue& value, Item& item) { item.line.word = read_string(decoding, value).value_or(""); }

/// "1 deliver prepare from 0; force prepared" in its parts.
void read_label(Decoding& decoding, const JsonValue& value, Item& item) {
  const auto label = read_string(decoding, value);
  if (!label) return;
  item.reading.file.labels.push_back(*label);
  item.reading.file.places.push_back(value.at);
  auto parts = parts_of(*label);
  const std::string whose = std::to_string(item.line.node) + " ";
  item.line.happened = parts.front().starts_with(whose) && !item.line.network ? parts.front().substr(whose.size()) : parts.front();
  item.line.effects.assign(parts.begin() + 1, parts.end());
  if (item.line.happened.empty() || is_end(*label)) decoding.error(value, "E1902", "no step: " + in_quotes(*label), "a line of a play, such as \"1 deliver prepare from 0; force prepared\"");
}

void read_effect_times(Decoding& decoding, const JsonValue& value, Item& item) {
  if (!expect_kind(decoding, value, Kind::array, "an array of times")) return;
  for (const JsonValue& time : value) item.effect_times.push_back(read_integer(decoding, time, 0, kLatest).value_or(0));
  if (item.effect_times.size() != item.line.effects.size())
    decoding.error(value, "E1902", "expected " + std::to_string(item.line.effects.size()) + " times, one for each effect in \"label\", got " + std::to_string(item.effect_times.size()));
}
void read_after(Decoding& decoding, const JsonValue& value, Item& item) {
  if (!item.has_node) return;
  read_object(decoding, value, view_keys(), item.reading.now[item.reading.place(item.line.node, item.line.transaction)]);
}
void read_cause(Decoding& decoding, const JsonValue& value, Item& item) {
  const auto number = item.reading.file.labels.size() - 1;
  if (number == 0) return decoding.error(value, "E1902", "the first event has no cause");
  read_integer(decoding, value, 0, static_cast<std::int64_t>(number) - 1, "E1902");
}

std::span<const Key<Item>> event_keys() {
  static constexpr std::array<Key<Item>, 12> kKeys = {{{"i", read_i, true},
                                                       {"t", read_when<&Trace::Line::at_ns, &Item::has_time>},
                                                       {"kind", read_kind, true},
                                                       {"node", read_item_node},
                                                       {"transaction", read_item_transaction},
                                                       {"peer", read_peer},
                                                       {"msg", read_message},
                                                       {"label", read_label, true},
                                                       {"effects_t", read_effect_times},
                                                       {"stopped_t", read_when<&Trace::Line::stopped_ns, &Item::has_stop>},
                                                       {"after", read_after},
                                                       {"cause", read_cause}}};
  return kKeys;
}

}  // namespace

void read_begin(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  read_views<&Trace::begin>(decoding, value, reading);
  if (!reading.file.trace.begin.empty()) reading.now = reading.file.trace.begin;
}
void read_end(Decoding& decoding, const JsonValue& value, TraceReading& reading) { read_views<&Trace::end>(decoding, value, reading); }

void read_events(Decoding& decoding, const JsonValue& value, TraceReading& reading) {
  if (!expect_kind(decoding, value, Kind::array, "an array of events") || !expect_short(decoding, value, kMostEvents)) return;
  if (decoding.nodes.empty() || reading.file.trace.votes.empty()) return;  // nothing could be told of them
  TraceFile& file = reading.file;
  std::int64_t before = 0;
  for (const JsonValue& one : value) {
    Item item{.reading = reading};
    read_object(decoding, one, event_keys(), item);
    if (one.kind != Kind::object || file.labels.size() <= one.index) return;  // what follows would be counted wrong
    if (!item.has_node && !item.line.network && one.find("node") == nullptr) decoding.missing_key(one, "node");
    if (item.has_node && item.line.network) decoding.key_error(*one.find("node"), "E1902", "what happens to the network happens to no node");
    if (file.timed && one.find("t") == nullptr) decoding.missing_key(one, "t", "E1102", "of a run with \"clock\": \"time\" each event has a time, in nanoseconds");
    if (item.has_time && item.line.at_ns < before) decoding.error(*one.find("t"), "E1902", "earlier than the event before it");
    before = item.line.at_ns;
    if (!item.has_stop) item.line.stopped_ns = item.line.at_ns;
    if (!item.line.network) item.line.after = reading.now[reading.place(item.line.node, item.line.transaction)];
    file.trace.lines.push_back(std::move(item.line));
    file.effect_times.push_back(std::move(item.effect_times));
  }
}

std::vector<ObjectKeys> accepted_item_keys() {
  return {{"/events/*", names_of(event_keys())}, {"/events/*/after", names_of(view_keys())}, {"/begin/*", names_of(whole_view_keys())}, {"/end/*", names_of(whole_view_keys())}};
}

}  // namespace commitlab
