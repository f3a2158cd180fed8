// What a node can do, in pieces: what each message on its way to it brings about, and what it does by itself. Where a handler sees
// one message and its own state, a piece is worked out once, whatever else lies in the inbox; so there are few.
#pragma once

#include "checker/inbox_changes.hpp"
#include "checker/move_lists.hpp"

namespace commitlab {

class PiecewiseMoves {
 public:
  explicit PiecewiseMoves(Relation& relation) : relation_(relation), nodes_(relation.nodes()), inboxes_(relation.nodes()), empty_(relation.nodes(), Memo::kUnknown) {}

  /// A node with this part of its own, as it sees the header: what it does by itself, while its timers are not due and once they are.
  struct Actor {
    Number view = 0, own = 0;
    MoveList lists[2]{};
    std::uint16_t fewest_ticks = 0;
    bool takes_part = true;
  };
  /// Whether a move leaves a node as it is.
  struct ChangesNothing {
    Number view, own;
    bool operator()(const Move& move) const { return move.own == own && move.header == view && move.inbox == kKept; }
  };
  /// What a message brings about. For its inbox each move has the number of an InboxChange.
  struct Piece {
    MoveList list{};
    bool travels = false;  // as far as time is concerned
  };
  /// One of the different messages of an inbox, and the inbox without it.
  struct Item {
    Number message, without = Memo::kUnknown;
  };
  struct Contents {
    std::uint32_t first, count;
    bool known() const { return first != Memo::kUnknown; }
  };

  // Each of these finds an answer, or works it out if `self` may be changed; if it may not, the answer is unknown.

  /// By its number among those of this node.
  template <class Self>
  static Number actor_of(Self& self, std::size_t node, Row row) {
    const Number view = self.relation_.view(node, row[kHeader]), own = row[own_place(node)];
    const Number found = self.nodes_[node].numbers.find(view, own);
    if constexpr (!std::is_const_v<Self>)
      if (found == Memo::kUnknown) return self.add_actor(node, view, own);
    return found;
  }
  const Actor& actor(std::size_t node, Number number) const { return nodes_[node].actors[number]; }
  template <class Self>
  static MoveList list_of(Self& self, std::size_t node, Number actor, int due, auto& lists) {
    auto& its = self.nodes_[node].actors[actor];
    auto& list = its.lists[due == its.fewest_ticks];
    if constexpr (!std::is_const_v<Self>)
      if (!list.known()) list = lists.add([&](Moves& moves) { self.relation_.own_moves(node, its.view, its.own, due, moves); }, ChangesNothing{its.view, its.own});
    return list;
  }
  /// Null if it is unknown.
  template <class Self>
  static const Piece* piece_of(Self& self, std::size_t node, Number actor, Number message, auto& lists) {
    auto& its = self.nodes_[node];
    const Number found = its.piece_numbers.find(message, actor);
    if (found != Memo::kUnknown) return &its.pieces[found];
    if constexpr (!std::is_const_v<Self>) return self.add_piece(node, actor, message, lists);
    return nullptr;
  }
  template <class Self>
  static Contents contents_of(Self& self, std::size_t node, Number inbox) {
    const auto& of_kind = self.inboxes_[self.relation_.kind(node)];
    if (inbox < of_kind.size() && of_kind[inbox].known()) return of_kind[inbox];
    if constexpr (!std::is_const_v<Self>) return self.add_contents(node, inbox);
    return {Memo::kUnknown, 0};
  }
  Number message(std::uint32_t item) const { return items_[item].message; }

  /// The inbox after a move that a message brought about, or none.
  template <class Self>
  static Number inbox_after(Self& self, std::size_t node, Number inbox, std::uint32_t item, Number change) {
    const std::size_t kind = self.relation_.kind(node);
    switch (change) {
      case kKept: return inbox;
      case kTaken: return remember(self, self.items_[item].without, node, inbox, self.items_[item].message, change);
      case kCleared: return remember(self, self.empty_[kind], node, inbox, kNoMessage, change);
      default: break;
    }
    const Number message = item == kNoMessage ? kNoMessage : self.items_[item].message;
    const MemoKey key{inbox, message, change, static_cast<std::uint32_t>(kind)};
    Number after = self.others_.find(key);
    if constexpr (!std::is_const_v<Self>)
      if (after == Memo::kUnknown) self.others_.add(key, after = self.relation_.inbox_after(node, inbox, message, change));
    return after;
  }

  void prefetch(std::size_t node, Row row) const { nodes_[node].numbers.prefetch(relation_.view(node, row[kHeader]), row[own_place(node)]); }
  std::uint64_t footprint() const {
    std::uint64_t bytes = items_.size() * sizeof(Item) + others_.footprint();
    for (const Node& its : nodes_) bytes += its.numbers.footprint() + its.piece_numbers.footprint() + its.actors.size() * sizeof(Actor) + its.pieces.size() * sizeof(Piece);
    for (const auto& its : inboxes_) bytes += its.size() * sizeof(Contents);
    return bytes;
  }

 private:
  struct Node {
    DenseMemo numbers, piece_numbers;  // by view and own part, by message and actor
    std::vector<Actor> actors;
    std::vector<Piece> pieces;
  };

  Number add_actor(std::size_t node, Number view, Number own) {
    Node& its = nodes_[node];
    const auto number = static_cast<Number>(its.actors.size());
    const Pulse pulse = relation_.own_pulse(node, view, own);
    its.actors.push_back({view, own, {}, pulse.fewest_ticks, pulse.quiet});
    its.numbers.add(view, own, number);
    return number;
  }
  const Piece* add_piece(std::size_t node, Number actor, Number message, MoveLists& lists) {
    Node& its = nodes_[node];
    const Number view = its.actors[actor].view, own = its.actors[actor].own;
    const MoveList list = lists.add([&](Moves& moves) { relation_.message_moves(node, view, own, message, moves); }, ChangesNothing{view, own});
    its.pieces.push_back({list, relation_.travels(node, view, own, message)});
    its.piece_numbers.add(message, actor, static_cast<Number>(its.pieces.size() - 1));
    return &its.pieces.back();
  }
  Contents add_contents(std::size_t node, Number inbox) {
    auto& of_kind = inboxes_[relation_.kind(node)];
    if (of_kind.size() <= inbox) of_kind.resize(inbox + 1, {Memo::kUnknown, 0});
    inside_.clear();
    relation_.messages(node, inbox, inside_);
    inside_.erase(std::unique(inside_.begin(), inside_.end()), inside_.end());
    of_kind[inbox] = {static_cast<std::uint32_t>(items_.size()), static_cast<std::uint32_t>(inside_.size())};
    for (const Number message : inside_) items_.push_back({message});
    return of_kind[inbox];
  }
  template <class Self>
  static Number remember(Self& self, auto& answer, std::size_t node, Number inbox, Number message, Number change) {
    if constexpr (!std::is_const_v<Self>)
      if (answer == Memo::kUnknown) {
        const Number after = self.relation_.inbox_after(node, inbox, message, change);
        answer = after;
      }
    return answer;
  }

  Relation& relation_;
  std::vector<Node> nodes_;
  std::vector<std::vector<Contents>> inboxes_;   // of each kind, by number
  std::vector<Item> items_;
  std::vector<Number> empty_;                    // of each kind, the inbox with nothing in it
  Memo others_;                                  // inboxes after changes that are not the usual ones
  std::vector<Number> inside_;
};

}  // namespace commitlab
