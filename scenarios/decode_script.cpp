// Faults at a time, or when a node first does something, as they are written in a scenario.
#include <algorithm>

#include "scenarios/decode_parts.hpp"
#include "scenarios/spelling.hpp"
#include "sim/protocol.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;
using What = ScriptedFault::Do;

template <const JsonValue* ScriptEntry::*part>
static void remember(Decoding&, const JsonValue& value, ScriptEntry& entry) {
  entry.*part = &value;
}

std::span<const Key<ScriptEntry>> script_keys() {
  static constexpr std::array<Key<ScriptEntry>, 5> kKeys = {{{"at", remember<&ScriptEntry::at>},
                                                             {"when", remember<&ScriptEntry::when>},
                                                             {"do", remember<&ScriptEntry::action>, true},
                                                             {"node", remember<&ScriptEntry::node>},
                                                             {"groups", remember<&ScriptEntry::groups>}}};
  return kKeys;
}

static void read_when_node(Decoding& decoding, const JsonValue& value, ScriptedFault& fault) {
  if (const auto node = read_node(decoding, value)) fault.node = *node;
}

// The words are those of an effect in a play; which messages and records there are, only the protocol knows.
static void read_words(Decoding& decoding, const JsonValue& value, ScriptedFault& fault) {
  if (!expect_kind(decoding, value, Kind::string, "an effect in the words of a play, such as \"force yes\"")) return;
  const auto effects = std::span(spelling::kNames<Do>).first(count_of<Do>());
  const std::string_view first = value.text.substr(0, value.text.find(' '));
  if (std::find(effects.begin(), effects.end(), first) == effects.end()) {
    return decoding.error(value, "E1104",
                          "expected an effect that begins with one of " + listed(effects) + ", got " + in_quotes(value.text) +
                              did_you_mean(first, effects),
                          "the words of a play, such as \"force yes\"");
  }
  if (expect_characters(decoding, value, kLongestText)) fault.words = value.text;
}

std::span<const Key<ScriptedFault>> when_keys() {
  static constexpr std::array<Key<ScriptedFault>, 2> kKeys = {{{"node", read_when_node, true}, {"has", read_words, true}}};
  return kKeys;
}

// Each node in exactly one of two groups; gives one of them.
static NodeSet read_groups(Decoding& decoding, const JsonValue& value) {
  const std::size_t errors_before = decoding.findings.error_count();
  const auto refuse = [&](const JsonValue& where, std::string message) {
    decoding.error(where, "E1217", std::move(message), "two groups of names, each node in one of them, the coordinator too");
  };
  if (!expect_kind(decoding, value, Kind::array, "an array of two groups of names")) return {};
  if (value.size != 2) refuse(value, "expected two groups, got " + std::to_string(value.size));
  NodeSet all, first_group;
  for (const JsonValue& group : value) {
    if (!expect_kind(decoding, group, Kind::array, "a group: an array of names")) continue;
    if (group.size == 0) refuse(group, "empty group");
    for (const JsonValue& name : group) {
      const auto node = read_node(decoding, name);
      if (!node) continue;
      if (all.has(*node)) refuse(name, "node " + in_quotes(name.text) + " listed twice");
      all.add(*node);
      if (group.index == 0) first_group.add(*node);
    }
  }
  if (decoding.findings.error_count() > errors_before) return {};
  std::string missing;
  (NodeSet::first(decoding.nodes.size()) - all).each([&](NodeId node) { missing += " " + in_quotes(decoding.nodes[index(node)]); });
  if (!missing.empty()) refuse(value, "in neither group:" + missing);
  return first_group;
}

// Reports a key that says nothing about what is done, or misses one that must.
static void fit(Decoding& decoding, const JsonValue& item, const JsonValue* member, std::string_view key, What what, bool fits,
                bool required) {
  if (member != nullptr && !fits) {
    decoding.key_error(*member, "E1109", "key " + in_quotes(key) + " has no meaning with \"do\": " + in_quotes(name_of(what)));
  }
  if (member == nullptr && required) decoding.missing_key(item, key);
}

static void read_cause(Decoding& decoding, const JsonValue& item, const ScriptEntry& entry, ScriptedFault& fault) {
  if ((entry.at == nullptr) == (entry.when == nullptr)) {
    return decoding.error(item, "E1110", "expected either \"at\" (a time) or \"when\" (an effect of a node)");
  }
  if (entry.at != nullptr) fault.at = read_time(decoding, *entry.at, 0, "E1220").value_or(0);
  if (entry.when != nullptr) read_object(decoding, *entry.when, when_keys(), fault);
}

static void read_entry(Decoding& decoding, const JsonValue& item, ScriptedFault& fault) {
  ScriptEntry entry;
  read_object(decoding, item, script_keys(), entry);
  if (entry.action == nullptr) return;
  const auto what = read_word<What>(decoding, *entry.action);
  if (!what) return;
  fault.what = *what;
  read_cause(decoding, item, entry, fault);

  const bool of_one_node = *what == What::crash || *what == What::recover;
  const bool of_groups = *what == What::partition;
  const bool of_its_own = *what == What::crash && entry.when != nullptr;  // of the node whose effect it waits for
  fit(decoding, item, entry.node, "node", *what, of_one_node, of_one_node && !of_its_own);
  fit(decoding, item, entry.groups, "groups", *what, of_groups, of_groups);
  if (of_one_node) fault.whom = entry.node != nullptr ? read_node(decoding, *entry.node).value_or(NodeId{}) : fault.node;
  if (of_groups && entry.groups != nullptr) fault.side = read_groups(decoding, *entry.groups);
}

void read_script(Decoding& decoding, const JsonValue& value, std::vector<ScriptedFault>& script) {
  if (!expect_kind(decoding, value, Kind::array) || !expect_short(decoding, value, kMostScriptedFaults)) return;
  script.resize(value.size);
  for (const JsonValue& item : value) read_entry(decoding, item, script[item.index]);
}

}  // namespace commitlab
