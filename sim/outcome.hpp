// What came of a transaction, and of a simulated run: plain values.
#pragma once

#include <array>

#include "sim/delays.hpp"
#include "sim/properties.hpp"

namespace commitlab {

/// `breaks`: two decisions differ, be they of one node. `blocked`: a node that is up has not decided or is in doubt, though it
/// has decided, or nobody ever has.
/// `commits`: some node has; `aborts`: none has.
enum class Outcome : std::uint8_t { commits, aborts, blocked, breaks };
inline constexpr std::size_t kOutcomes = 4;

/// What a protocol pays.
struct Costs {
  std::uint64_t messages = 0;  // sent, one for each addressee of a broadcast, whether they arrive or not
  std::uint64_t forced = 0;    // forced records
  std::uint64_t written = 0;   // all records, the forced ones included
  friend bool operator==(const Costs&, const Costs&) = default;

  Costs& operator+=(const Costs& more) {
    messages += more.messages, forced += more.forced, written += more.written;
    return *this;
  }
};

/// One transaction when it is over. Times are those of the run; -1 where nobody has decided.
struct TransactionEnd {
  std::uint32_t index = 0;          // counted from 0 in the order of their beginnings
  std::uint8_t slot = 0;            // its place in the World
  Outcome outcome = Outcome::blocked;
  bool given_up = false;            // at its horizon, with something still due
  Nanoseconds begun = 0;
  Nanoseconds first_decision = -1;  // when the first node decided
  Nanoseconds last_decision = -1;   // when the last node that decided did so for the first time
  Nanoseconds ended = 0;
  Costs costs{};
  friend bool operator==(const TransactionEnd&, const TransactionEnd&) = default;
};

/// Why a run is over: every transaction came to rest, or at least one was given up at its horizon; or the run was cut
/// off because more messages were in flight than a World can number, or after the greatest number of steps.
enum class Ending : std::uint8_t { at_rest, horizon, full, steps };

struct RunEnd {
  Ending why = Ending::at_rest;
  bool synchronous = true;  // the run can happen under synchronous timing, too
  Nanoseconds at = 0;
  std::uint64_t steps = 0;
  Costs costs{};
  std::array<std::uint32_t, kOutcomes> outcomes{};  // how many transactions, by their outcome
  friend bool operator==(const RunEnd&, const RunEnd&) = default;
};

/// The outcome of one transaction in this World, as far as decisions tell it.
template <Protocol P>
Outcome outcome(const World<P>& w, std::uint8_t transaction = 0) {
  bool commit = false, abort = false, undecided = false;
  w.all().each([&](NodeId id) {
    const Decisions& decided = w.slot(id, transaction).decided;
    commit = commit || decided.ever_commit;
    abort = abort || decided.ever_abort;
    undecided = undecided || (w.is_up(id) && !decided.now());
  });
  if (commit && abort) return Outcome::breaks;
  if (undecided || (!commit && !abort)) return Outcome::blocked;
  return commit ? Outcome::commits : Outcome::aborts;
}

/// The same, told by who is in doubt, too.
template <Protocol P>
Outcome outcome(const P& p, const World<P>& w, std::uint8_t transaction = 0) {
  const Outcome decided = outcome(w, transaction);
  if (decided != Outcome::commits && decided != Outcome::aborts) return decided;
  bool doubt = false;
  w.up.each([&](NodeId id) { doubt = doubt || doubts_its_decision(p, w, id, transaction); });
  return doubt ? Outcome::blocked : decided;
}

}  // namespace commitlab
