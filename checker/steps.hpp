// All steps of a world, put together from what each of its nodes can do. What a node can do is worked out once for all the
// worlds in which its parts are the same.
#pragma once

#include <algorithm>
#include <array>
#include <limits>

#include "checker/memo.hpp"
#include "checker/relation.hpp"

namespace commitlab {

/// One place of a row whose number a step changes.
struct Change {
  std::uint16_t place;
  Number before, after;
};

class Steps {
 public:
  /// Steps that have been worked out, and not been looked up yet: the store's memory is on its way meanwhile.
  struct Batch {
    std::vector<std::uint64_t> keys{}, hashes{};
    std::vector<std::uint32_t> parents{};
    std::size_t size() const { return parents.size(); }
    void add(const std::uint64_t* key, std::size_t words, std::uint64_t hash, std::uint32_t parent) {
      if (words == 1) keys.push_back(*key);
      else keys.insert(keys.end(), key, key + words);
      hashes.push_back(hash);
      parents.push_back(parent);
    }
    /// Over what was at an earlier place.
    void move(std::size_t from, std::size_t to, std::size_t words) {
      std::copy_n(&keys[from * words], words, &keys[to * words]);
      hashes[to] = hashes[from], parents[to] = parents[from];
    }
    void shrink(std::size_t size, std::size_t words) { keys.resize(size * words), hashes.resize(size), parents.resize(size); }
  };

  /// Steps that change nothing: a search only counts them, who shows all that can happen is told of them too.
  enum class Idling : std::uint8_t { counted, told };

  explicit Steps(Relation& relation, Idling idling = Idling::counted) : relation_(relation), entries_(relation.nodes()), puts_(relation.nodes()), idling_(idling) {}

  /// How many steps change nothing, and the kinds of their events.
  struct Idle {
    std::uint16_t steps = 0, events = 0;
    void add(Idle other) { steps = static_cast<std::uint16_t>(steps + other.steps), events |= other.events; }
  };

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
    for (std::size_t node = 0; node < relation_.nodes(); ++node) entries_[node].prefetch({relation_.view(node, row[kHeader]), row[own_place(node)], row[inbox_place(node)]});
  }

  Relation& relation() const { return relation_; }
  /// Of a move that a sink was told: a number of its own among all, the same in all worlds in which it is worked out once for all.
  std::size_t number_of(const Move& move) const { return static_cast<std::size_t>(&move - moves_.list.data()); }
  std::uint64_t footprint() const {
    std::uint64_t bytes = moves_.list.size() * sizeof(Move) + moves_.puts.size() * sizeof(Put) + lists_.size() * sizeof(List);
    for (std::size_t node = 0; node < entries_.size(); ++node) bytes += entries_[node].footprint() + puts_[node].footprint();
    return bytes + in_context_.footprint() + spreads_.footprint() + commons_.footprint() + headers_.footprint();
  }
  void persist(Archive& archive) {
    archive.each(entries_), archive.each(puts_);
    in_context_.persist(archive), spreads_.persist(archive), commons_.persist(archive), headers_.persist(archive);
    archive.list(lists_), archive.list(moves_.list), archive.list(moves_.puts);
  }

 private:
  struct List {
    std::uint32_t first = Memo::kUnknown, count = 0;
    Idle idle{};
    bool known() const { return first != Memo::kUnknown; }
  };
  struct PartsKey {
    Number view = Memo::kUnknown, own = 0, inbox = 0;
    friend bool operator==(const PartsKey&, const PartsKey&) = default;
    std::uint64_t hash() const { return MemoKey{view, own, inbox}.hash(); }
  };
  /// What a node can do, with these parts, while its timers are not due, and once they are.
  struct Entry {
    PartsKey key{};
    List lists[2]{};
    std::uint16_t fewest_ticks = 0;
    bool quiet = true;
  };

  // Each of these finds an answer, or works it out if *this may be changed; if it may not, the answer is unknown.

  template <class Self>
  static auto entry_of(Self& self, std::size_t node, Row row) {
    const PartsKey key{self.relation_.view(node, row[kHeader]), row[own_place(node)], row[inbox_place(node)]};
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

  template <class Self>
  static List list_of(Self& self, List& known, std::size_t node, Row row, int due) {
    if constexpr (!std::is_const_v<Self>)
      if (!known.known()) known = self.work_out(row, node, [&] { self.relation_.moves(node, row, due, {}, self.moves_); });
    return known;
  }
  /// Of a node whose steps rest on more than its own parts.
  template <class Self>
  static List list_in_context(Self& self, std::size_t node, Row row, int due, const Context& context) {
    const MemoKey key{row[own_place(node)], row[inbox_place(node)], context.number, static_cast<std::uint32_t>(node)};
    const std::uint32_t found = self.in_context_.find(key);
    if (found != Memo::kUnknown) return self.lists_[found];
    if constexpr (!std::is_const_v<Self>) {
      self.in_context_.add(key, static_cast<std::uint32_t>(self.lists_.size()));
      self.lists_.push_back(self.work_out(row, node, [&] { self.relation_.moves(node, row, due, context.talking, self.moves_); }));
      return self.lists_.back();
    }
    return {};
  }
  /// Steps that change nothing are counted, and not kept unless they are to be told.
  List work_out(Row row, std::size_t node, auto&& moves) {
    const std::size_t first = moves_.list.size();
    moves();
    List list{static_cast<std::uint32_t>(first)};
    const Number header = node < relation_.nodes() ? relation_.view(node, row[kHeader]) : row[kHeader];
    const auto changes_nothing = [&](const Move& move) {
      const bool same = node == relation_.nodes() || (move.own == row[own_place(node)] && move.inbox == row[inbox_place(node)]);
      if (!same || move.header != header || move.puts != 0 || move.spread != 0) return false;
      list.idle.add({1, static_cast<std::uint16_t>(1u << static_cast<unsigned>(move.event))});
      return true;
    };
    if (idling_ == Idling::counted)
      moves_.list.erase(std::remove_if(moves_.list.begin() + static_cast<std::ptrdiff_t>(first), moves_.list.end(), changes_nothing), moves_.list.end());
    list.count = static_cast<std::uint32_t>(moves_.list.size() - first);
    return list;
  }

  template <class Self>
  static List common_list(Self& self, Row row) {
    const std::uint32_t found = self.commons_.find({row[kHeader]});
    if (found != Memo::kUnknown) return self.lists_[found];
    if constexpr (!std::is_const_v<Self>) {
      self.commons_.add({row[kHeader]}, static_cast<std::uint32_t>(self.lists_.size()));
      self.lists_.push_back(self.work_out(row, self.relation_.nodes(), [&] { self.relation_.common_moves(row[kHeader], self.moves_); }));
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

  /// A step has made `after` of the node's view of the header.
  template <class Self>
  static Number header_after(Self& self, std::size_t node, Number header, Number after) {
    if (node == self.relation_.nodes()) return after;
    if (after == self.relation_.view(node, header)) return header;
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

  /// The places that differ after one step.
  class Changes {
   public:
    explicit Changes(Row row) : row_(row) {}
    void clear() { size_ = 0; }
    void set(std::size_t place, Number after) {
      if (row_[place] != after) list_[size_++] = {static_cast<std::uint16_t>(place), row_[place], after};
    }
    /// Messages come in ascending order of their nodes: of several to one node the last change grows.
    template <class Self>
    bool put(Self& self, const Put& message) {
      const std::size_t place = inbox_place(message.node);
      const bool again = size_ > 0 && list_[size_ - 1].place == place;
      const Number after = inbox_with(self, message.node, again ? list_[size_ - 1].after : row_[place], message.message);
      if (after == Memo::kUnknown) return false;
      if (again) list_[size_ - 1].after = after;
      else set(place, after);
      return true;
    }
    std::span<const Change> list() const { return {list_.data(), size_}; }

   private:
    Row row_;
    std::size_t size_ = 0;
    std::array<Change, 2 * kMostPlaces> list_;
  };

  template <class Self>
  static bool each_of(Self& self, Row row, List list, std::size_t node, Changes& changes, Idle& idle, auto&& sink) {
    if (!list.known()) return false;
    idle.add(list.idle);
    const NodeSet hearing = self.relation_.header(row[kHeader]).hearing;
    for (std::uint32_t i = list.first; i < list.first + list.count; ++i) {
      const Move& move = self.moves_.list[i];  // nothing is worked out for another list meanwhile
      changes.clear();
      const Number header = header_after(self, node, row[kHeader], move.header);
      if (header == Memo::kUnknown) return false;
      changes.set(kHeader, header);
      if (node < self.relation_.nodes()) changes.set(own_place(node), move.own), changes.set(inbox_place(node), move.inbox);
      for (std::uint32_t put = move.first_put; put < move.first_put + move.puts; ++put)
        if (hearing.has(node_id(self.moves_.puts[put].node)) && !changes.put(self, self.moves_.puts[put])) return false;
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

  template <class Self>
  static bool each(Self& self, Row row, NodeSet without, Idle& idle, auto&& sink) {
    if (self.relation_.needs_context()) return each_in_context(self, row, without, idle, sink);
    const std::size_t nodes = self.relation_.nodes();
    using Found = decltype(entry_of(self, 0, row));
    std::array<Found, kMaxNodes> entries;
    self.prefetch_entries(row);
    bool quiet = true;
    int fewest = std::numeric_limits<int>::max();
    for (std::size_t node = 0; node < nodes; ++node) {
      entries[node] = entry_of(self, node, row);
      if (entries[node] == nullptr) return false;
      quiet = quiet && entries[node]->quiet;
      fewest = std::min<int>(fewest, entries[node]->fewest_ticks);
      const List& list = entries[node]->lists[1];
      if (list.known() && list.count > 0) prefetch(&self.moves_.list[list.first]);
    }
    const int due = self.relation_.synchronous() && quiet ? fewest : 0;
    Changes changes(row);
    for (std::size_t node = 0; node < nodes; ++node) {
      if (without.has(node_id(node))) continue;
      List known = entries[node]->lists[due == entries[node]->fewest_ticks];
      const List list = list_of(self, known, node, row, due);
      if constexpr (!std::is_const_v<Self>) entries[node]->lists[due == entries[node]->fewest_ticks] = list;
      if (!each_of(self, row, list, node, changes, idle, sink)) return false;
    }
    return each_of(self, row, common_list(self, row), nodes, changes, idle, sink);
  }

  template <class Self>
  static bool each_in_context(Self& self, Row row, NodeSet without, Idle& idle, auto&& sink) {
    if constexpr (std::is_const_v<Self>) {
      return false;
    } else {
      const Context context = self.relation_.context(row);
      Changes changes(row);
      for (std::size_t node = 0; node < self.relation_.nodes(); ++node)
        if (!without.has(node_id(node))) each_of(self, row, list_in_context(self, node, row, context.due, context), node, changes, idle, sink);
      return each_of(self, row, common_list(self, row), self.relation_.nodes(), changes, idle, sink);
    }
  }

  Relation& relation_;
  std::vector<SlotTable<Entry>> entries_;  // of each node
  std::vector<DenseMemo> puts_;            // of each kind: by message and inbox
  Memo in_context_, spreads_, commons_, headers_;
  std::vector<List> lists_;                // of in_context_ and commons_
  Moves moves_;
  Idling idling_;
};

}  // namespace commitlab
