// A protocol's step relation over numbers: all that a search knows of worlds. Handlers are pure, and a step rests on few
// parts of a World; so each of its answers is worked out once, by the real relation, and remembered.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "checker/pages.hpp"
#include "checker/part_table.hpp"
#include "sim/properties.hpp"
#include "sim/rename.hpp"
#include "sim/step.hpp"

namespace commitlab {

/// Of a part of a World: equal numbers, equal parts.
using Number = std::uint32_t;

/// A World as numbers: of its header (what is up, split, and may still go wrong), then, for each node, of what is its own
/// (states, timers, log) and of the messages on their way to it.
using Row = std::span<const Number>;
inline constexpr std::size_t kHeader = 0;
constexpr std::size_t own_place(std::size_t node) { return 1 + 2 * node; }
constexpr std::size_t inbox_place(std::size_t node) { return 2 + 2 * node; }
constexpr std::size_t place_of(std::size_t node, bool inbox) { return inbox ? inbox_place(node) : own_place(node); }
constexpr std::size_t places_of(std::size_t nodes) { return 1 + 2 * nodes; }
inline constexpr std::size_t kMostPlaces = places_of(kMaxNodes);

/// A message goes to a node's inbox. The message's number is one among those ever sent to nodes of this kind.
struct Put {
  Number message;
  std::uint16_t node;
};

/// What a step does to the parts of nodes to which it does not happen.
struct Spread {
  NodeSet forgotten{};    // every other node may report these again
  std::uint8_t ticks{};   // all other timers lose so many
  NodeSet split{};        // messages between these and the rest vanish
  friend bool operator==(const Spread&, const Spread&) = default;
};

/// One step of one node, or of none: the numbers that its own parts have afterwards, and what it does to others. The header is
/// as the node sees it, and the messages are all that are sent: those to nodes that hear nothing are lost.
struct Move {
  Number header = 0, own = 0, inbox = 0;  // inbox: of a piece, the number of an InboxChange
  std::uint32_t first_put = 0;
  std::uint16_t puts = 0;
  std::uint16_t spread = 0;  // 0: none, else its place among the spreads, counted from 1
  Event event{};
  bool fault = false;        // a new one
  bool revives = false;      // brings a node back, which NB does not allow
  std::uint8_t sender = 0;   // deliver, miss, lose: whose message
  Number what = 0;           // tells moves of one event apart: the message, or the transaction and the act
};

inline constexpr Number kNoMessage = 0xffffffff;

struct Moves {
  LongList<Move> list;
  LongList<Put> puts;
};

/// What a node tells the others: of this rests whether time may pass for all.
struct Pulse {
  bool quiet = true;  // nothing travels to it, and it takes part in all
  std::uint16_t fewest_ticks = 0;
};

/// What steps rest on besides a node's own parts, where that is more than the time.
struct Context {
  Number number;
  int due = 0;
  NodeSet talking{};
};

/// What a header says to a search.
struct Header {
  NodeSet up{}, side{};
  NodeSet hearing{};  // to whom messages can be sent: who is up, or may come back
  bool faults_stopped = false;
  NodeSet crashing{};  // who may crash
  bool calm = false;   // nothing may go wrong any more but crashes, and what follows from them
};

/// What is left of a part if it is not told which participant is which.
struct Aspect {
  Number shape = 0;
  bool mentions = false;   // it names participants
  bool separable = true;   // shape and roles say all: no message names one participant to another
};

class Relation {
 public:
  virtual ~Relation() = default;

  std::size_t nodes() const { return kinds_.size(); }
  std::size_t places() const { return places_of(nodes()); }
  /// Nodes of one kind share their numbers: what is equal in them has the same.
  std::size_t kind(std::size_t node) const { return kinds_[node]; }

  bool synchronous() const { return synchronous_; }
  /// Do a node's steps rest on more than its own parts, the header and the time?
  bool needs_context() const { return needs_context_; }
  /// Does what a message brings about, or a node does by itself, rest on no other message on its way to it?
  bool in_pieces() const { return in_pieces_; }
  bool may_recover() const { return may_recover_; }

  /// How many different parts can be at this place so far.
  std::size_t count(std::size_t place) const {
    if (place == kHeader) return headers_.size();
    const std::size_t node = (place - 1) / 2;
    return place % 2 == 1 ? owns_[kind(node)].size() : inboxes_[kind(node)].size();
  }
  /// Grows with every part that is new.
  std::uint64_t parts() const { return parts_; }
  /// Grows with every answer about steps that is worked out.
  std::uint64_t answers() const { return answers_; }
  const Header& header(Number number) const { return header_views_[number]; }
  /// As far as it matters to what this node can do: whether others are up does not, unless steps rest on more than its own parts.
  Number view(std::size_t node, Number header) const { return views_[header * nodes() + node]; }
  const Standing& standing(std::size_t node, Number own) const { return standings_[kind(node)][own]; }
  bool in_doubt(std::size_t node, Number own) const { return doubts_[kind(node)][own] != 0; }
  /// In doubt about what it has decided.
  bool doubts_its_decision(std::size_t node, Number own) const { return (doubts_[kind(node)][own] & kDoubtsItsDecision) != 0; }
  /// Is there such a part at all?
  bool doubts_decisions() const { return doubts_decisions_; }
  bool is_empty(std::size_t node, Number inbox) const { return inboxes_[kind(node)][inbox].empty(); }
  const Spread& spread(std::size_t number) const { return spreads_[number - 1]; }
  /// Is `broken` to be asked of every world?
  bool has_properties() const { return has_properties_; }
  /// Why no verdict can rest on this any more; empty while all is well.
  const std::string& defect() const { return defect_; }

  /// Only where aspects are noted: in what ways a part names a participant, as a number.
  const Aspect& aspect(bool inbox, std::size_t node, Number number) const { return aspects_[inbox][kind(node)][number]; }
  Number role(bool inbox, std::size_t node, Number number, NodeId of) const { return roles_[inbox][kind(node)][number * nodes() + index(of)]; }

  std::uint64_t footprint() const {
    std::uint64_t bytes = headers_.footprint() + header_views_.size() * sizeof(Header) + views_.size() * sizeof(Number);
    for (std::size_t kind = 0; kind < owns_.size(); ++kind) {
      bytes += owns_[kind].footprint() + inboxes_[kind].footprint() + messages_[kind].footprint() + standings_[kind].size() * (sizeof(Standing) + 1);
      for (const bool inbox : {false, true})
        bytes += aspects_[inbox][kind].size() * sizeof(Aspect) + roles_[inbox][kind].size() * sizeof(Number);
    }
    return bytes;
  }

  /// The parts of worlds, by their numbers. Everything else is worked out from them again: a reader believes nothing that it can know.
  virtual void persist(Archive& archive) = 0;

  // Asked once for each combination; who asks remembers.
  virtual Pulse pulse(std::size_t node, Row row) = 0;
  virtual Context context(Row row) = 0;
  /// All steps of one node. `due`: its timers with so few ticks left may fire.
  virtual void moves(std::size_t node, Row row, int due, NodeSet talking, Moves& out) = 0;
  // Only where a node's moves come in pieces. `header`: as the node sees it.

  /// As far as a node's own part says; quiet: it takes part in all.
  virtual Pulse own_pulse(std::size_t node, Number header, Number own) = 0;
  /// Is a message on its way to it, as far as time is concerned?
  virtual bool travels(std::size_t node, Number header, Number own, Number message) = 0;
  /// The steps that a message brings about, and all others of a node, in the order of moves().
  virtual void message_moves(std::size_t node, Number header, Number own, Number message, Moves& out) = 0;
  virtual void own_moves(std::size_t node, Number header, Number own, int due, Moves& out) = 0;
  /// What an InboxChange makes of an inbox. `message`: what the move is about, if it is about one.
  virtual Number inbox_after(std::size_t node, Number inbox, Number message, Number change) = 0;

  /// The steps that happen to all at once.
  virtual void common_moves(Number header, Moves& out) = 0;
  /// What becomes of a header once a step has made this of the node's view of it.
  virtual Number header_after(std::size_t node, Number header, Number after) = 0;
  virtual Number put(std::size_t node, Number inbox, Number message) = 0;
  /// The messages of an inbox, in the order in which moves() delivers them.
  virtual void messages(std::size_t node, Number inbox, std::vector<Number>& out) = 0;
  /// What a spread makes of another node's own part, or of its inbox.
  virtual Number spread_own(const Spread& spread, std::size_t node, Number own) = 0;
  virtual Number spread_inbox(const Spread& spread, std::size_t node, Number inbox) = 0;
  virtual Number renamed_header(Number header, const Renaming& to) = 0;
  virtual Number renamed_own(std::size_t node, Number own, const Renaming& to) = 0;
  virtual Number renamed_inbox(std::size_t node, Number inbox, const Renaming& to) = 0;
  /// Of the protocol's own properties, by their places, those that the world breaks.
  virtual std::uint64_t broken(Row row) = 0;

 protected:
  explicit Relation(std::vector<std::uint8_t> kinds) : kinds_(std::move(kinds)) {
    const std::size_t count = kinds_.empty() ? 0 : std::size_t{*std::max_element(kinds_.begin(), kinds_.end())} + 1;
    owns_.resize(count), inboxes_.resize(count), messages_.resize(count), standings_.resize(count), doubts_.resize(count);
    for (const bool inbox : {false, true}) aspects_[inbox].resize(count), roles_[inbox].resize(count);
  }

  std::vector<std::uint8_t> kinds_;  // of each node
  PartTable headers_;
  std::vector<Header> header_views_;
  std::vector<Number> views_;  // [header * nodes + node]
  std::vector<PartTable> owns_, inboxes_, messages_;  // of each kind
  std::vector<std::vector<Standing>> standings_;
  static constexpr std::uint8_t kInDoubt = 1, kDoubtsItsDecision = 2;
  std::vector<std::vector<std::uint8_t>> doubts_;
  bool doubts_decisions_ = false;
  std::array<std::vector<std::vector<Aspect>>, 2> aspects_;  // of own parts and of inboxes, of each kind
  std::array<std::vector<std::vector<Number>>, 2> roles_;    // [number * nodes + participant]
  std::vector<Spread> spreads_;
  std::string defect_;
  std::uint64_t parts_ = 0, answers_ = 0;
  bool synchronous_ = false, needs_context_ = false, in_pieces_ = false, may_recover_ = false, has_properties_ = false;
};

}  // namespace commitlab
