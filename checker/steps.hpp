// All steps of a world, put together from what each of its nodes can do. What a node can do is worked out once for all the
// worlds in which its parts are the same.
#pragma once

#include <array>
#include <limits>

#include "checker/piecewise_moves.hpp"
#include "checker/whole_moves.hpp"

namespace commitlab {

class Steps {
 public:
  explicit Steps(Relation& relation, Idling idling = Idling::counted) : relation_(relation), moves_(idling), whole_(relation), pieces_(relation), puts_(relation.nodes()) {}

  /// Calls sink(Move, changes) for each other step of the world, in the order of each_choice, but for those of `without`; a sink
  /// may return false to be told no more. What is not known yet is worked out.
  Idle expand(Row row, NodeSet without, auto&& sink) {
    Idle idle;
    (void)each(*this, row, without, idle, sink);
    return idle;
  }
  /// The same, but where something is not known yet, false: then only some of the steps, or none, have been told.
  bool expand_known(Row row, NodeSet without, Idle& idle, auto&& sink) const { return each(*this, row, without, idle, sink); }

  /// The memory in which the steps of a world are looked up first is on its way from then on.
  void prefetch_entries(Row row) const {
    for (std::size_t node = 0; node < relation_.nodes(); ++node) relation_.in_pieces() ? pieces_.prefetch(node, row) : whole_.prefetch(node, row);
  }

  Relation& relation() const { return relation_; }
  /// Of a move that a sink was told: a number of its own among all, the same in all worlds in which it is worked out once for all.
  std::size_t number_of(const Move& move) const { return moves_.number_of(move); }
  std::uint64_t footprint() const {
    std::uint64_t bytes = moves_.footprint() + whole_.footprint() + pieces_.footprint() + lists_.size() * sizeof(MoveList);
    for (const auto& puts : puts_) bytes += puts.footprint();
    return bytes + spreads_.footprint() + commons_.footprint() + headers_.footprint();
  }
  /// Bytes that tables soon take beside what they hold: while one grows, the old and the new are there.
  std::uint64_t growth() const { return whole_.growth() + spreads_.growth() + commons_.growth() + headers_.growth(); }

 private:
  // Each of these finds an answer, or works it out if *this may be changed; if it may not, the answer is unknown.

  /// The steps that happen to all at once.
  template <class Self>
  static MoveList common_list(Self& self, Row row) {
    const std::uint32_t found = self.commons_.find({row[kHeader]});
    if (found != Memo::kUnknown) return self.lists_[found];
    if constexpr (!std::is_const_v<Self>) {
      self.commons_.add({row[kHeader]}, static_cast<std::uint32_t>(self.lists_.size()));
      self.lists_.push_back(self.moves_.add([&](Moves& moves) { self.relation_.common_moves(row[kHeader], moves); }, [&](const Move& move) { return move.header == row[kHeader]; }));
      return self.lists_.back();
    }
    return {};
  }

  template <class Self>
  static Number inbox_with(Self& self, std::size_t node, Number inbox, Number message) {
    auto& puts = self.puts_[self.relation_.kind(node)];
    Number found = puts.find(message, inbox);
    if constexpr (!std::is_const_v<Self>)
      if (found == Memo::kUnknown) puts.add(message, inbox, found = self.relation_.put(node, inbox, message));
    return found;
  }

  /// A step has made `after` of the node's view of the header, which it was not before.
  template <class Self>
  static Number header_after(Self& self, std::size_t node, Number header, Number after) {
    if (node == self.relation_.nodes()) return after;
    const MemoKey key{header, after, static_cast<std::uint32_t>(node)};
    Number found = self.headers_.find(key);
    if constexpr (!std::is_const_v<Self>)
      if (found == Memo::kUnknown) self.headers_.add(key, found = self.relation_.header_after(node, header, after));
    return found;
  }

  template <class Self>
  static Number spread_to(Self& self, std::uint16_t spread, std::size_t node, bool inbox, Number number) {
    const MemoKey key{spread, static_cast<std::uint32_t>(node), inbox, number};
    Number found = self.spreads_.find(key);
    if constexpr (!std::is_const_v<Self>)
      if (found == Memo::kUnknown) {
        const Spread& what = self.relation_.spread(spread);
        found = inbox ? self.relation_.spread_inbox(what, node, number) : self.relation_.spread_own(what, node, number);
        self.spreads_.add(key, found);
      }
    return found;
  }

  /// inbox_of(move): what becomes of the node's own inbox.
  template <class Self>
  static bool each_of(Self& self, Row row, MoveList list, std::size_t node, Changes& changes, Idle& idle, auto&& inbox_of, auto&& sink) {
    if (!list.known()) return false;
    idle.add(list.idle);
    if (list.count == 0) return true;
    const NodeSet hearing = self.relation_.header(row[kHeader]).hearing;
    const Number view = node < self.relation_.nodes() ? self.relation_.view(node, row[kHeader]) : row[kHeader];
    for (std::uint32_t i = list.first; i < list.first + list.count; ++i) {
      const Move& move = self.moves_[i];  // nothing is worked out for another list meanwhile
      changes.clear();
      if (move.header != view) {
        const Number header = header_after(self, node, row[kHeader], move.header);
        if (header == Memo::kUnknown) return false;
        changes.set(kHeader, header);
      }
      if (node < self.relation_.nodes()) {
        const Number inbox = inbox_of(move);
        if (inbox == Memo::kUnknown) return false;
        changes.set(own_place(node), move.own), changes.set(inbox_place(node), inbox);
      }
      for (std::uint32_t i_put = move.first_put; i_put < move.first_put + move.puts; ++i_put) {
        const Put& put = self.moves_.put(i_put);
        if (hearing.has(node_id(put.node)) && !changes.put(put.node, [&](Number inbox) { return inbox_with(self, put.node, inbox, put.message); })) return false;
      }
      if (move.spread != 0)
        for (std::size_t other = 0; other < self.relation_.nodes(); ++other) {
          if (other == node) continue;
          const Number own = spread_to(self, move.spread, other, false, row[own_place(other)]);
          const Number inbox = node < self.relation_.nodes() ? row[inbox_place(other)] : spread_to(self, move.spread, other, true, row[inbox_place(other)]);
          if (own == Memo::kUnknown || inbox == Memo::kUnknown) return false;
          changes.set(own_place(other), own);
          if (node >= self.relation_.nodes()) changes.set(inbox_place(other), inbox);
        }
      if constexpr (std::is_same_v<decltype(sink(move, changes.list())), bool>) {
        if (!sink(move, changes.list())) return false;
      } else {
        sink(move, changes.list());
      }
    }
    return true;
  }
  static constexpr auto kAsItSays = [](const Move& move) { return move.inbox; };

  template <class Self>
  static bool each(Self& self, Row row, NodeSet without, Idle& idle, auto&& sink) {
    Changes changes(row);
    self.prefetch_entries(row);
    const bool all = self.relation_.needs_context() ? each_in_context(self, row, without, changes, idle, sink)
                     : self.relation_.in_pieces()   ? each_in_pieces(self, row, without, changes, idle, sink)
                                                    : each_whole(self, row, without, changes, idle, sink);
    return all && each_of(self, row, common_list(self, row), self.relation_.nodes(), changes, idle, kAsItSays, sink);
  }

  template <class Self>
  static bool each_in_pieces(Self& self, Row row, NodeSet without, Changes& changes, Idle& idle, auto&& sink) {
    const std::size_t nodes = self.relation_.nodes();
    std::array<Number, kMaxNodes> actors;
    std::array<PiecewiseMoves::Contents, kMaxNodes> inboxes;
    bool quiet = self.relation_.synchronous();
    int fewest = std::numeric_limits<int>::max();
    for (std::size_t node = 0; node < nodes; ++node) {
      actors[node] = PiecewiseMoves::actor_of(self.pieces_, node, row);
      inboxes[node] = PiecewiseMoves::contents_of(self.pieces_, node, row[inbox_place(node)]);
      if (actors[node] == Memo::kUnknown || !inboxes[node].known()) return false;
      const auto& actor = self.pieces_.actor(node, actors[node]);
      quiet = quiet && actor.takes_part;
      fewest = std::min<int>(fewest, actor.fewest_ticks);
      for (std::uint32_t item = inboxes[node].first; quiet && item < inboxes[node].first + inboxes[node].count; ++item) {
        const auto* piece = PiecewiseMoves::piece_of(self.pieces_, node, actors[node], self.pieces_.message(item), self.moves_);
        if (piece == nullptr) return false;
        quiet = !piece->travels;
      }
    }
    const int due = quiet ? fewest : 0;
    for (std::size_t node = 0; node < nodes; ++node) {
      if (without.has(node_id(node))) continue;
      const Number inbox = row[inbox_place(node)];
      const auto after = [&](std::uint32_t item) { return [&, item](const Move& move) { return PiecewiseMoves::inbox_after(self.pieces_, node, inbox, item, move.inbox); }; };
      for (std::uint32_t item = inboxes[node].first; item < inboxes[node].first + inboxes[node].count; ++item) {
        const auto* piece = PiecewiseMoves::piece_of(self.pieces_, node, actors[node], self.pieces_.message(item), self.moves_);
        if (piece == nullptr || !each_of(self, row, piece->list, node, changes, idle, after(item), sink)) return false;
      }
      const MoveList list = PiecewiseMoves::list_of(self.pieces_, node, actors[node], due, self.moves_);
      if (!each_of(self, row, list, node, changes, idle, after(kNoMessage), sink)) return false;
    }
    return true;
  }

  template <class Self>
  static bool each_whole(Self& self, Row row, NodeSet without, Changes& changes, Idle& idle, auto&& sink) {
    const std::size_t nodes = self.relation_.nodes();
    using Found = decltype(WholeMoves::entry_of(self.whole_, 0, row));
    std::array<Found, kMaxNodes> entries;
    bool quiet = true;
    int fewest = std::numeric_limits<int>::max();
    for (std::size_t node = 0; node < nodes; ++node) {
      entries[node] = WholeMoves::entry_of(self.whole_, node, row);
      if (entries[node] == nullptr) return false;
      quiet = quiet && entries[node]->quiet;
      fewest = std::min<int>(fewest, entries[node]->fewest_ticks);
      const MoveList& list = entries[node]->lists[1];
      if (list.known() && list.count > 0) prefetch(&self.moves_[list.first]);
    }
    const int due = self.relation_.synchronous() && quiet ? fewest : 0;
    for (std::size_t node = 0; node < nodes; ++node)
      if (!without.has(node_id(node)) && !each_of(self, row, WholeMoves::list_of(self.whole_, *entries[node], node, row, due, self.moves_), node, changes, idle, kAsItSays, sink)) return false;
    return true;
  }

  template <class Self>
  static bool each_in_context(Self& self, Row row, NodeSet without, Changes& changes, Idle& idle, auto&& sink) {
    if constexpr (std::is_const_v<Self>) {
      return false;
    } else {
      const Context context = self.relation_.context(row);
      for (std::size_t node = 0; node < self.relation_.nodes(); ++node)
        if (!without.has(node_id(node)) && !each_of(self, row, WholeMoves::list_in_context(self.whole_, node, row, context, self.moves_), node, changes, idle, kAsItSays, sink)) return false;
      return true;
    }
  }

  Relation& relation_;
  MoveLists moves_;
  WholeMoves whole_;
  PiecewiseMoves pieces_;
  std::vector<DenseMemo> puts_;   // of each kind: by message and inbox
  Memo spreads_, commons_, headers_;
  std::vector<MoveList> lists_;   // of commons_
};

}  // namespace commitlab
