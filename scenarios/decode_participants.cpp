// Who takes part, as it is written in a scenario.
#include <limits>

#include "scenarios/decode_parts.hpp"
#include "scenarios/validate.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;
using Quantities = std::map<std::string, std::int64_t>;

static void read_name(Decoding& decoding, const JsonValue& value, Participant& participant) {
  if (const auto name = read_string(decoding, value)) participant.name = *name;
}

static void read_success(Decoding& decoding, const JsonValue& value, Participant& participant) {
  participant.success = read_probability(decoding, value);
}

static void read_vote(Decoding& decoding, const JsonValue& value, Participant& participant) {
  participant.vote = read_word<Vote>(decoding, value, "E1219");
}

template <Quantities Participant::*quantities>
static void read_quantities(Decoding& decoding, const JsonValue& value, Participant& participant) {
  if (!expect_kind(decoding, value, Kind::object) || !expect_short(decoding, value, kMostListed)) return;
  using Whole = std::numeric_limits<std::int64_t>;
  for (const JsonValue& member : value) {
    if (const auto amount = read_integer(decoding, member, Whole::min(), Whole::max())) {
      (participant.*quantities)[std::string(member.key)] = *amount;
    }
  }
}

std::span<const Key<Participant>> participant_keys() {
  static constexpr std::array<Key<Participant>, 5> kKeys = {{{"name", read_name, true},
                                                             {"success", read_success},
                                                             {"vote", read_vote},
                                                             {"holds", read_quantities<&Participant::holds>},
                                                             {"does", read_quantities<&Participant::does>}}};
  return kKeys;
}

static void read_who(Decoding& decoding, const JsonValue& value, SharedHost& host) {
  if (expect_kind(decoding, value, Kind::array, "an array of participants") && expect_short(decoding, value, kMostListed)) host.participants = read_nodes(decoding, value);
}

static void read_fails(Decoding& decoding, const JsonValue& value, SharedHost& host) {
  if (const auto probability = read_probability(decoding, value)) host.fails = *probability;
}

std::span<const Key<SharedHost>> shared_host_keys() {
  static constexpr std::array<Key<SharedHost>, 2> kKeys = {{{"participants", read_who, true}, {"fails", read_fails, true}}};
  return kKeys;
}

void read_shared_hosts(Decoding& decoding, const JsonValue& value, std::vector<SharedHost>& hosts) {
  if (!expect_kind(decoding, value, Kind::array, "an array of hosts") || !expect_short(decoding, value, kMostListed)) return;
  hosts.resize(value.size);
  for (const JsonValue& item : value) read_object(decoding, item, shared_host_keys(), hosts[item.index]);
}

// Says what is wrong with a number of participants before any of them is made.
static std::optional<std::size_t> count_of_participants(Decoding& decoding, const JsonValue& value) {
  const std::string most = std::to_string(kMostParticipants);
  if (value.kind == Kind::array) {
    if (value.size == 0) decoding.error(value, "E1201", "the number of participants must be at least 1, got 0");
    if (value.size > kMostParticipants) {
      decoding.error(value, "E1202", "at most " + most + " participants, got " + std::to_string(value.size));
    }
    return value.size >= 1 && value.size <= kMostParticipants ? std::optional<std::size_t>(value.size) : std::nullopt;
  }
  if (!expect_kind(decoding, value, Kind::number, "an array of participants, or their number")) return std::nullopt;

  const bool whole = value.text.find_first_of(".eE") == value.text.npos;
  const bool too_low = whole && (value.text == "0" || value.text.starts_with("-"));
  if (too_low) decoding.error(value, "E1201", "the number of participants must be at least 1, got " + escaped(value.text));
  if (too_low) return std::nullopt;
  const auto count = read_integer(decoding, value, 1, static_cast<std::int64_t>(kMostParticipants), "E1202");
  return count ? std::optional(static_cast<std::size_t>(*count)) : std::nullopt;
}

void read_participants(Decoding& decoding, const JsonValue& value, std::vector<Participant>& participants) {
  const auto count = count_of_participants(decoding, value);
  if (!count) return;
  participants.resize(*count);
  if (value.kind == Kind::array) {
    for (const JsonValue& item : value) read_object(decoding, item, participant_keys(), participants[item.index]);
  } else {
    for (std::size_t i = 0; i < *count; ++i) participants[i].name = "p" + std::to_string(i + 1);
  }
  decoding.nodes = {std::string(kCoordinatorName)};
  for (const Participant& participant : participants) decoding.nodes.push_back(participant.name);
}

}  // namespace commitlab
