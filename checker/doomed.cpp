#include "checker/doomed.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstring>

#include "checker/bounds.hpp"
#include "checker/steps.hpp"
#include "checker/store.hpp"

namespace commitlab {

namespace {

constexpr std::size_t kMostWorlds = 100'000, kMostNodes = 2'000'000, kMostSteps = 1'000'000;  // of all worlds together
constexpr std::uint32_t kNone = 0xffffffff;

/// The worlds behind one, with the steps between them.
class Behind {
 public:
  Behind(Relation& relation, const std::vector<Number>& first, std::size_t transactions, Property property, const Limits& limits)
      : bounds_(limits), relation_(relation), steps_(relation), property_(property), all_((std::uint64_t{2} << (transactions - 1)) - 1), worlds_((relation.places() + 1) / 2) {
    reach(first, kNone);
  }

  /// Finds all of them; false if they are too many.
  bool find() {
    std::vector<Number> row(relation_.places()), after;
    for (std::uint32_t id = 0; id < worlds_.size(); ++id) {
      const bool too_many = worlds_.size() > kMostWorlds || worlds_.size() * relation_.nodes() > kMostNodes || to_.size() > kMostSteps;
      if (too_many || bounds_.reached(16)) return false;
      first_.push_back(to_.size());
      read(id, row);
      steps_.expand(row, {}, [&](const Move& move, std::span<const Change> changes) {
        if (changes.empty() || move.fault || !belongs(move)) return;
        after = row;
        for (const Change& change : changes) after[change.place] = change.after;
        to_.push_back(reach(after, id));
      });
    }
    first_.push_back(to_.size());
    return true;
  }

  std::uint32_t size() const { return static_cast<std::uint32_t>(worlds_.size()); }
  void read(std::uint32_t id, std::vector<Number>& row) const { std::memcpy(row.data(), worlds_.row(id), row.size() * sizeof(Number)); }
  std::uint32_t parent(std::uint32_t id) const { return parents_[id]; }
  std::span<const std::uint32_t> after(std::uint32_t id) const { return std::span(to_).subspan(first_[id], first_[id + 1] - first_[id]); }

  /// The transactions in which a node has not done yet what is asked: a bit for each.
  std::uint64_t open(Row row, std::size_t node) const {
    const Standing& its = relation_.standing(node, row[own_place(node)]);
    const bool up = relation_.header(row[kHeader]).up.has(node_id(node));
    if (property_ == Property::AC4) return its.uncommitted & all_;
    return property_ == Property::NB && !up ? 0 : its.undecided & all_;
  }
  bool waits_in_doubt(Row row, std::size_t node) const {
    return relation_.header(row[kHeader]).up.has(node_id(node)) && relation_.in_doubt(node, row[own_place(node)]);
  }

 private:
  /// NB asks of no world that only a recovery, or the end of all faults, leads to.
  bool belongs(const Move& move) const { return property_ == Property::AC5 || (!move.revives && move.event != Event::stop_faults); }
  std::uint32_t reach(const std::vector<Number>& row, std::uint32_t from) {
    std::array<std::uint64_t, (kMostPlaces + 1) / 2> key{};
    std::memcpy(key.data(), row.data(), row.size() * sizeof(Number));
    const auto [id, fresh] = worlds_.insert(key.data(), worlds_.hash_of(key.data()));
    if (fresh) parents_.push_back(from);
    return id;
  }

  Bounds bounds_;
  Relation& relation_;
  Steps steps_;
  const Property property_;
  const std::uint64_t all_;  // transactions
  Store worlds_;
  std::vector<std::uint32_t> parents_, to_;
  std::vector<std::size_t> first_;  // of each world, its place in to_
};

/// The strongly connected components of the worlds, those that nothing leaves first (Tarjan 1972, without recursion).
class Circles {
 public:
  explicit Circles(const Behind& worlds) : of_(worlds.size(), kNone), low_(worlds.size()), worlds_(worlds) { walk(); }

  std::uint32_t of(std::uint32_t world) const { return of_[world]; }
  std::uint32_t count() const { return count_; }
  /// All worlds, circle by circle.
  const std::vector<std::uint32_t>& order() const { return order_; }

 private:
  struct Visit {
    std::uint32_t world;
    std::size_t next = 0;  // of its steps
  };

  void walk() {  // all worlds are behind the first
    std::vector<std::uint32_t> number(worlds_.size(), kNone), open;
    std::vector<Visit> visits;
    std::uint32_t numbered = 0;
    const auto enter = [&](std::uint32_t world) {
      number[world] = low_[world] = numbered++;
      open.push_back(world), visits.push_back({world});
    };
    enter(0);
    while (!visits.empty()) {
      Visit& visit = visits.back();
      const std::uint32_t world = visit.world;
      const auto after = worlds_.after(world);
      if (visit.next < after.size()) {
        const std::uint32_t to = after[visit.next++];
        if (number[to] == kNone) enter(to);
        else if (of_[to] == kNone) low_[world] = std::min(low_[world], number[to]);
        continue;
      }
      visits.pop_back();
      if (!visits.empty()) low_[visits.back().world] = std::min(low_[visits.back().world], low_[world]);
      if (low_[world] != number[world]) continue;
      for (std::uint32_t member = kNone; member != world; open.pop_back()) member = open.back(), of_[member] = count_, order_.push_back(member);
      ++count_;
    }
  }

  std::vector<std::uint32_t> of_, low_, order_;
  std::uint32_t count_ = 0;
  const Behind& worlds_;
};

/// What can still come of each circle.
class Prospects {
 public:
  Prospects(const Behind& worlds, const Circles& circles, std::size_t nodes)
      : nodes_(nodes), circles_(circles), never_(circles.count() * nodes, ~std::uint64_t{0}), last_(circles.count(), true) {
    std::vector<Number> row(places_of(nodes));
    for (const std::uint32_t world : circles.order()) {
      const std::uint32_t circle = circles.of(world);
      worlds.read(world, row);
      for (std::size_t node = 0; node < nodes; ++node) never(circle, node) &= worlds.open(row, node);
      for (const std::uint32_t to : worlds.after(world)) {
        const std::uint32_t other = circles.of(to);
        if (other == circle) continue;
        last_[circle] = false;
        for (std::size_t node = 0; node < nodes; ++node) never(circle, node) &= never(other, node);
      }
    }
  }

  /// The transactions that a node can never settle from this world on.
  std::uint64_t never_after(std::uint32_t world, std::size_t node) const { return never_[circles_.of(world) * nodes_ + node]; }
  /// Does nothing lead out of this world's circle?
  bool is_last(std::uint32_t world) const { return last_[circles_.of(world)]; }

 private:
  std::uint64_t& never(std::uint32_t circle, std::size_t node) { return never_[circle * nodes_ + node]; }

  const std::size_t nodes_;
  const Circles& circles_;
  std::vector<std::uint64_t> never_;  // [circle * nodes + node]
  std::vector<bool> last_;
};

Never never_after(const Prospects& prospects, std::uint32_t world, std::size_t nodes, std::size_t transactions) {
  Never never{.known = true, .who = std::vector<NodeSet>(transactions)};
  for (std::size_t node = 0; node < nodes; ++node)
    for (std::size_t t = 0; t < transactions; ++t)
      if ((prospects.never_after(world, node) >> t & 1u) != 0) never.who[t].add(node_id(node));
  return never;
}

}  // namespace

Doomed doomed(Relation& relation, const std::vector<Number>& first, std::size_t transactions, Property property, const Limits& limits) {
  Doomed doomed;
  const std::size_t nodes = relation.nodes();
  Behind worlds(relation, first, transactions, property, limits);
  if (!worlds.find()) return doomed;
  const Circles circles(worlds);
  const Prospects prospects(worlds, circles, nodes);
  std::vector<Number> row(relation.places());
  const auto shows = [&](std::uint32_t world) {
    worlds.read(world, row);
    bool settled = true, in_doubt = true;
    for (std::size_t node = 0; node < nodes; ++node) {
      const std::uint64_t open = worlds.open(row, node);
      settled = settled && open == prospects.never_after(world, node);
      in_doubt = in_doubt && (open == 0 || worlds.waits_in_doubt(row, node));
    }
    return settled && (in_doubt || prospects.is_last(world));
  };
  std::uint32_t last = 0;
  while (last < worlds.size() && !shows(last)) ++last;  // the circles that nothing leaves do
  assert(last < worlds.size());
  doomed.at_first = never_after(prospects, 0, nodes, transactions);
  doomed.at_last = never_after(prospects, last, nodes, transactions);
  for (; last != 0; last = worlds.parent(last)) worlds.read(last, row), doomed.path.push_back(row);
  std::reverse(doomed.path.begin(), doomed.path.end());
  return doomed;
}

}  // namespace commitlab
