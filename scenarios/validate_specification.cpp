// What a specification is asked: without faults, without time, and without votes but those that are acts of its own.
#include <algorithm>

#include "scenarios/spelling.hpp"
#include "scenarios/validate_rules.hpp"
#include "sim/names.hpp"

namespace commitlab {

void fill_in_for_specification(Scenario& scenario, bool says_channels) {
  if (!says_channels) scenario.faults.channels = Channels::sticky;
  for (Participant& participant : scenario.participants) {
    if (!participant.vote) participant.vote = Vote::yes;
  }
}

static void refuse_votes(Validation& v, const std::string& because) {
  const std::string why = because + "whether a participant prepares or aborts is an act of its own, and a search tries both";
  for (std::size_t i = 0; i < v.s.participants.size(); ++i) {
    const Participant& participant = v.s.participants[i];
    const auto refuse = [&](std::string_view key) { v.error(place_of_participant(i) + "/" + std::string(key), "E1230", why, "leave it out"); };
    if (participant.vote == Vote::no) refuse("vote");
    if (participant.success) refuse("success");
    if (!participant.holds.empty()) refuse("holds");
    if (!participant.does.empty()) refuse("does");
  }
  if (!v.s.shared_hosts.empty()) v.error("/shared_hosts", "E1230", why, "leave it out");
}

void validate_specification(Validation& v) {
  const ProtocolFacts* protocol = v.protocol();
  if (protocol == nullptr || !protocol->specification || !v.sound({"/protocol"})) return;
  const std::string because = in_quotes(v.s.protocol) + " is a specification: ";
  const auto refuse = [&](std::string_view pointer, bool wanted, const std::string& why, const std::string& hint) {
    if (wanted) v.error(std::string(pointer), "E1230", because + why, hint);
  };
  const Faults& faults = v.s.faults;
  refuse("/faults/channels", faults.channels != Channels::sticky, "its messages are never consumed", "\"channels\": \"sticky\", or leave it out");

  const std::string why = "nothing fails in it, and a process that never acts again is among its runs already";
  const std::string hint = "faults are for protocols, such as 2pc";
  refuse("/faults/crashes", faults.left.crashes > 0, why, hint);
  refuse("/faults/disk_losses", faults.left.disk_losses > 0, why, hint);
  refuse("/faults/partitions", faults.left.partitions > 0, why, hint);
  refuse("/faults/recovery", faults.recovery != Recovery::never, why, hint);
  const std::string begun = "every process has begun all its transactions from the beginning";
  refuse("/faults/transaction_order", faults.transaction_order != TransactionOrder::overlapping, begun, "\"transaction_order\": \"overlapping\", or leave it out");
  refuse("/faults/messages", faults.messages != Messages::numbered, begun, "\"messages\": \"numbered\", or leave it out");
  refuse_votes(v, because);

  for (const Property property : {Property::AC5, Property::NB}) {
    const bool asked = std::find(v.s.check.begin(), v.s.check.end(), property) != v.s.check.end();
    refuse("/check", asked, "it says what may happen, never that anything does, so " + std::string(name_of(property)) + " is not asked of it",
           "AC1, AC2, AC3 and AC4 are");
  }
}

}  // namespace commitlab
