// What a node can do, worked out for all its parts at once: its own, and everything on its way to it.
#pragma once

#include "checker/move_lists.hpp"

namespace commitlab {

class WholeMoves {
 public:
  explicit WholeMoves(Relation& relation) : relation_(relation), entries_(relation.nodes()) {}

  struct Key {
    Number view = Memo::kUnknown, own = 0, inbox = 0;
    friend bool operator==(const Key&, const Key&) = default;
    std::uint64_t hash() const { return MemoKey{view, own, inbox}.hash(); }
  };
  /// With these parts, while its timers are not due, and once they are.
  struct Entry {
    Key key{};
    MoveList lists[2]{};
    std::uint16_t fewest_ticks = 0;
    bool quiet = true;
  };

  // Each of these finds an answer, or works it out if `self` may be changed; if it may not, the answer is unknown.

  template <class Self>
  static auto entry_of(Self& self, std::size_t node, Row row) {
    const Key key = self.key_of(node, row);
    auto* found = self.entries_[node].find(key);
    if constexpr (!std::is_const_v<Self>)
      if (found == nullptr) {
        Entry entry{key};
        if (self.relation_.synchronous()) {
          const Pulse pulse = self.relation_.pulse(node, row);
          entry.fewest_ticks = pulse.fewest_ticks, entry.quiet = pulse.quiet;
        }
        found = self.entries_[node].add(entry);
      }
    return found;
  }
  /// Of an entry. `due`: as much as its timers may have left that fire.
  template <class Self>
  static MoveList list_of(Self& self, auto& entry, std::size_t node, Row row, int due, auto& lists) {
    auto& list = entry.lists[due == entry.fewest_ticks];
    if constexpr (!std::is_const_v<Self>)
      if (!list.known()) list = self.work_out(node, row, due, {}, lists);
    return list;
  }
  /// Of a node whose steps rest on more than its own parts.
  template <class Self>
  static MoveList list_in_context(Self& self, std::size_t node, Row row, const Context& context, auto& lists) {
    const MemoKey key{row[own_place(node)], row[inbox_place(node)], context.number, static_cast<std::uint32_t>(node)};
    const std::uint32_t found = self.in_context_.find(key);
    if (found != Memo::kUnknown) return self.lists_[found];
    if constexpr (!std::is_const_v<Self>) {
      self.in_context_.add(key, static_cast<std::uint32_t>(self.lists_.size()));
      self.lists_.push_back(self.work_out(node, row, context.due, context.talking, lists));
      return self.lists_.back();
    }
    return {};
  }

  void prefetch(std::size_t node, Row row) const { entries_[node].prefetch(key_of(node, row)); }
  std::uint64_t footprint() const {
    std::uint64_t bytes = lists_.size() * sizeof(MoveList) + in_context_.footprint();
    for (const auto& entries : entries_) bytes += entries.footprint();
    return bytes;
  }
  std::uint64_t growth() const {
    std::uint64_t bytes = in_context_.growth();
    for (const auto& entries : entries_) bytes += entries.growth();
    return bytes;
  }

 private:
  Key key_of(std::size_t node, Row row) const { return {relation_.view(node, row[kHeader]), row[own_place(node)], row[inbox_place(node)]}; }
  MoveList work_out(std::size_t node, Row row, int due, NodeSet talking, MoveLists& lists) {
    return lists.add([&](Moves& moves) { relation_.moves(node, row, due, talking, moves); },
                     [&](const Move& move) { return move.own == row[own_place(node)] && move.inbox == row[inbox_place(node)] && move.header == relation_.view(node, row[kHeader]); });
  }

  Relation& relation_;
  std::vector<SlotTable<Entry>> entries_;  // of each node
  Memo in_context_;
  std::vector<MoveList> lists_;            // of in_context_
};

}  // namespace commitlab
