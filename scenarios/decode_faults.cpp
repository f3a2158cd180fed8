// What may go wrong and how likely, as it is written in a scenario.
#include <type_traits>

#include "scenarios/decode_parts.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;

template <std::uint8_t Budgets::*budget>
static void read_budget(Decoding& decoding, const JsonValue& value, Faults& faults) {
  const auto count = read_integer(decoding, value, 0, kUnlimited - 1, "E1222");
  if (count) faults.left.*budget = static_cast<std::uint8_t>(*count);
}

template <auto member>
static void read_switch(Decoding& decoding, const JsonValue& value, Faults& faults) {
  using E = std::remove_reference_t<decltype(faults.*member)>;
  if (const auto word = read_word<E>(decoding, value)) faults.*member = *word;
}

static void read_recovery(Decoding& decoding, const JsonValue& value, Faults& faults) {
  if (const auto on = read_boolean(decoding, value)) faults.recovery = *on ? Recovery::any_time : Recovery::never;
}

static void read_held(Decoding& decoding, const JsonValue& value, Faults& faults) {
  if (const auto held = read_boolean(decoding, value)) faults.severed = *held ? Severed::held : Severed::lost;
}

NodeSet read_nodes(Decoding& decoding, const JsonValue& array) {
  NodeSet nodes;
  for (const JsonValue& item : array) {
    const auto node = read_node(decoding, item);
    if (!node) continue;
    if (nodes.has(*node)) decoding.error(item, "E1105", in_quotes(item.text) + " listed twice");
    nodes.add(*node);
  }
  return nodes;
}

static void read_crash_only(Decoding& decoding, const JsonValue& value, Faults& faults) {
  if (!expect_kind(decoding, value, Kind::array, "an array of names") || !expect_short(decoding, value, kMostListed)) return;
  if (value.size == 0) decoding.error(value, "E1103", "expected at least one name", "leave the key out if every node may crash");
  faults.crash_only = read_nodes(decoding, value);
}

std::span<const Key<Faults>> fault_keys() {
  static constexpr std::array<Key<Faults>, 15> kKeys = {{{"crashes", read_budget<&Budgets::crashes>},
                                                         {"disk_losses", read_budget<&Budgets::disk_losses>},
                                                         {"losses", read_budget<&Budgets::losses>},
                                                         {"duplicates", read_budget<&Budgets::duplicates>},
                                                         {"reorders", read_budget<&Budgets::reorders>},
                                                         {"partitions", read_budget<&Budgets::partitions>},
                                                         {"suspicions", read_budget<&Budgets::suspicions>},
                                                         {"recovery", read_recovery},
                                                         {"timing", read_switch<&Faults::timing>},
                                                         {"channels", read_switch<&Faults::channels>},
                                                         {"crash_points", read_switch<&Faults::crash_points>},
                                                         {"crash_only", read_crash_only},
                                                         {"held_partitions", read_held},
                                                         {"transaction_order", read_switch<&Faults::transaction_order>},
                                                         {"messages", read_switch<&Faults::messages>}}};
  return kKeys;
}

template <Probability Chances::*chance>
static void read_chance(Decoding& decoding, const JsonValue& value, Chances& chances) {
  if (const auto probability = read_probability(decoding, value)) chances.*chance = *probability;
}

// A number for all nodes, or a number for each of some.
static void read_crash(Decoding& decoding, const JsonValue& value, Chances& chances) {
  if (value.kind != Kind::object) {
    if (value.kind != Kind::string && !expect_kind(decoding, value, Kind::number, "a number in [0, 1], a fraction such as \"1/3\", or an object with one for each node")) return;
    return read_chance<&Chances::crash>(decoding, value, chances);
  }
  if (value.size == 0) decoding.error(value, "E1103", "expected at least one node", "a number instead if all nodes are alike");
  chances.crash_by_node.resize(decoding.nodes.size());
  for (const JsonValue& member : value) {
    const auto node = read_node_key(decoding, member);
    const auto probability = read_probability(decoding, member);
    if (node && probability) chances.crash_by_node[index(*node)] = *probability;
  }
}

std::span<const Key<Chances>> chance_keys() {
  static constexpr std::array<Key<Chances>, 6> kKeys = {{{"loss", read_chance<&Chances::loss>},
                                                         {"duplicate", read_chance<&Chances::duplicate>},
                                                         {"reorder", read_chance<&Chances::reorder>},
                                                         {"crash", read_crash},
                                                         {"disk_loss", read_chance<&Chances::disk_loss>},
                                                         {"recovery", read_chance<&Chances::recovery>}}};
  return kKeys;
}

}  // namespace commitlab
