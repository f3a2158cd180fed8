// The parts of a scenario that are read by files of their own, and the keys that each object may have.
#pragma once

#include <span>

#include "scenarios/decode_value.hpp"
#include "scenarios/scenario.hpp"

namespace commitlab {

inline constexpr std::uint32_t kMostScriptedFaults = 100'000;
inline constexpr std::uint32_t kMostListed = 256;  // properties, quantities, names

/// A member of "participants", "faults", "chances" and "delays".
std::span<const Key<Participant>> participant_keys();
std::span<const Key<Faults>> fault_keys();
std::span<const Key<Chances>> chance_keys();
std::span<const Key<Delays>> delay_keys();

/// A member of "shared_hosts".
std::span<const Key<SharedHost>> shared_host_keys();

/// A distribution of delays, and the parameters of one of them.
std::span<const Key<Delay>> distribution_keys();
std::span<const Key<Delay>> lognormal_keys();

/// A scripted fault as it is written; which keys belong together is asked after all are read.
struct ScriptEntry {
  const JsonValue* at = nullptr;
  const JsonValue* when = nullptr;
  const JsonValue* action = nullptr;
  const JsonValue* node = nullptr;
  const JsonValue* groups = nullptr;
};
std::span<const Key<ScriptEntry>> script_keys();
std::span<const Key<ScriptedFault>> when_keys();

/// A lesson, and a member of its "questions".
std::span<const Key<Lesson>> lesson_keys();
std::span<const Key<Lesson::Question>> lesson_question_keys();

/// Also says which names there are: decoding.nodes.
void read_participants(Decoding& decoding, const JsonValue& value, std::vector<Participant>& participants);
void read_shared_hosts(Decoding& decoding, const JsonValue& value, std::vector<SharedHost>& hosts);
void read_script(Decoding& decoding, const JsonValue& value, std::vector<ScriptedFault>& script);

/// An array of names of nodes, each listed once.
NodeSet read_nodes(Decoding& decoding, const JsonValue& array);

/// Whether an array has at most so many items (E1504).
bool expect_short(Decoding& decoding, const JsonValue& array, std::uint32_t most);

}  // namespace commitlab
