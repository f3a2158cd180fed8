#include "checker/reach.hpp"

#include <algorithm>
#include <utility>

namespace commitlab {

namespace {

class Reaching {
 public:
  Reaching(Search& search, bool with_recovery) : search_(search), with_recovery_(with_recovery), reaches_(search.worlds()), row_(search.relation().places()) {}

  /// Nearly every world is settled by following one step of each, until no more is known: the search remembers most of them, ...
  void follow(const std::function<bool(Row)>& goal) {
    if (pass(reaches_.size() * sizeof(std::uint32_t))) return;
    std::vector<std::uint32_t> way(reaches_.size(), kNowhere), path;
    std::uint64_t key[kMostWords];
    const auto found = [&](std::uint32_t from, std::uint32_t to) { way[from] = to; };
    for (std::uint32_t id = 0; id < way.size() && !reached(); ++id) {
      way[id] = search_.way(id);
      if (way[id] != kNowhere) continue;
      search_.row(id, row_);
      if (id + 1 < way.size() && search_.way(id + 1) == kNowhere) search_.expect(id + 1);
      if (goal(row_)) reaches_[id] = true;
      else if (search_.first_step(row_, [&](const Move& move) { return counts(move); }, key)) expect(id, search_.store().hash_of(key), key);
      if (pending_.size() >= kPending) settle(found);
    }
    settle(found);
    for (std::uint32_t id = 0; id < way.size() && !reached(); ++id) {
      std::uint32_t at = id;
      for (path.clear(); !reaches_[at] && way[at] != kNowhere;) {
        path.push_back(at);
        at = std::exchange(way[at], kNowhere);  // who comes round again gets nowhere
      }
      if (reaches_[at])
        for (const std::uint32_t before : path) reaches_[before] = true;
    }
  }
  /// ... and most of the others by all of theirs, going backwards: a step leads mostly to a world found later.
  void sweep(const std::function<bool(Row)>& goal) {
    const auto reach = [&](std::uint32_t from, std::uint32_t to) {
      if (reaches_[visited(to)]) reaches_[from] = true;
    };
    for (std::uint64_t id = reaches_.size(); id-- > 0 && !reached();) {
      if (reaches_[id]) continue;
      search_.row(static_cast<std::uint32_t>(id), row_);
      if (goal(row_)) reaches_[id] = true;
      else each_successor([&](std::uint64_t hash, const std::uint64_t* key) { expect(static_cast<std::uint32_t>(id), hash, key); });
      if (pending_.size() >= kPending) settle(reach);
    }
    settle(reach);
  }

  /// What is still open: here the steps between open worlds are kept, and followed against their direction.
  void close() {
    for (std::uint64_t id = 0; id < reaches_.size(); ++id)
      if (!reaches_[id] && !pass_with_one_more(open_)) open_.push_back(static_cast<std::uint32_t>(id));
    std::vector<std::uint32_t> found;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> into;  // (to, from), by their places among the open
    for (std::uint32_t from = 0; from < open_.size() && !reached(); ++from) {
      search_.row(open_[from], row_);
      each_successor([&](std::uint64_t hash, const std::uint64_t* key) {
        const std::uint32_t to = visited(search_.store().find(key, hash));
        if (was_open(to)) {
          if (!pass_with_one_more(into)) into.emplace_back(rank_of(to), from);
        }
        else if (!reaches_[open_[from]]) reaches_[open_[from]] = true, found.push_back(from);
      });
    }
    if (reached()) return;
    std::sort(into.begin(), into.end());
    while (!found.empty()) {
      const std::uint32_t to = found.back();
      found.pop_back();
      for (auto edge = std::lower_bound(into.begin(), into.end(), std::pair{to, std::uint32_t{0}}); edge != into.end() && edge->first == to; ++edge) {
        if (reaches_[open_[edge->second]]) continue;
        reaches_[open_[edge->second]] = true;
        found.push_back(edge->second);
      }
    }
  }

  std::vector<bool> take() { return std::move(reaches_); }

 private:
  static constexpr std::size_t kPending = 512;
  static constexpr std::uint32_t kNowhere = Store::kUnknown;

  struct Pending {
    std::uint32_t from;
    std::uint64_t hash;
  };

  /// Of the world whose row is at hand.
  void each_successor(auto&& visit) {
    std::uint32_t events = 0;  // were all told by the search itself
    const std::uint64_t steps = search_.each_step(row_, [&](const Move& move, const std::uint64_t* key) {
      if (counts(move)) visit(search_.store().hash_of(key), key);
    }, events);
    search_.bounds().reached(steps);
  }

  bool counts(const Move& move) const { return !move.fault && (!move.revives || with_recovery_); }
  void expect(std::uint32_t from, std::uint64_t hash, const std::uint64_t* key) {
    search_.store().prefetch_slot(hash);
    pending_.push_back({from, hash});
    keys_.insert(keys_.end(), key, key + search_.store().words());
  }
  /// Calls visit(from, to) for each of the steps on their way.
  void settle(auto&& visit) {
    const std::size_t words = search_.store().words();
    for (const Pending& step : pending_) search_.store().prefetch_row(step.hash);
    for (std::size_t i = 0; i < pending_.size(); ++i) visit(pending_[i].from, search_.store().find(keys_.data() + i * words, pending_[i].hash));
    pending_.clear(), keys_.clear();
  }

  static std::uint32_t visited(std::uint32_t to) {
    if (to == Store::kUnknown) throw WorldLeftOut();
    return to;
  }
  bool reached() { return search_.bounds().reached(); }
  /// With so much more than is there in any case.
  bool pass(std::uint64_t bytes) { return search_.bounds().pass(search_.footprint() + reaches_.size() / 8 + bytes); }
  /// A list that is full takes as much again, and for a moment half of that more. What was reached is known afterwards.
  template <class T>
  bool pass_with_one_more(const std::vector<T>& list) {
    return list.size() == list.capacity() && pass(3 * list.size() * sizeof(T) + open_.capacity() * sizeof(std::uint32_t));
  }
  bool was_open(std::uint32_t id) const { return std::binary_search(open_.begin(), open_.end(), id); }
  std::uint32_t rank_of(std::uint32_t id) const { return static_cast<std::uint32_t>(std::lower_bound(open_.begin(), open_.end(), id) - open_.begin()); }

  Search& search_;
  bool with_recovery_;
  std::vector<bool> reaches_;
  std::vector<std::uint32_t> open_;
  std::vector<Number> row_;
  std::vector<Pending> pending_;
  std::vector<std::uint64_t> keys_;
};

}  // namespace

std::function<bool(Row)> ends(const Relation& relation, Property property) {
  const NodeSet all = NodeSet::first(relation.nodes());
  return [&relation, all, everybody = property == Property::AC5](Row row) {
    const NodeSet up = relation.header(row[kHeader]).up;
    return (!everybody || up == all) && standings_of(relation, row, up).decided();
  };
}

std::vector<bool> can_reach(Search& search, bool with_recovery, const std::function<bool(Row)>& goal) {
  Reaching reaching(search, with_recovery);
  reaching.follow(goal);
  reaching.sweep(goal);
  reaching.close();
  return reaching.take();
}

}  // namespace commitlab
