// Breadth-first search of every world that the faults allow, with an exact store: the first witness is a shortest one.
#pragma once

#include <chrono>

#include "checker/partial_order.hpp"
#include "checker/steps.hpp"
#include "checker/store.hpp"
#include "checker/symmetry.hpp"
#include "checker/watch.hpp"

namespace commitlab {

class Search;

/// A way to take the steps of some worlds in a row, ids from `first` to before `last`: by one thread, or by several.
class Expansion {
 public:
  virtual ~Expansion() = default;
  virtual void expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) = 0;
};
class OneThread final : public Expansion {
 public:
  void expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) override;
};

/// All reachable worlds of one question, numbered in the order in which they were found.
class Search {
 public:
  /// `symmetry` and `order`, if there are any, must be of this relation.
  Search(Relation& relation, const std::vector<std::vector<Number>>& starts, const Limits& limits, Symmetry* symmetry = nullptr, PartialOrder* order = nullptr);

  /// Visits everything reachable. `stop_early`: ends once the watch has nothing left to look for.
  void run(Watch& watch, bool stop_early, Expansion& by);

  std::uint64_t worlds() const { return store_.size(); }
  std::uint64_t steps() const { return steps_; }
  std::uint64_t depth() const { return depth_; }
  std::size_t starts() const { return starts_; }
  /// Every reachable world was visited.
  bool finished() const { return finished_; }
  /// Why not, if it was for a limit.
  const std::string& stopped() const { return stopped_; }
  std::uint64_t footprint() const { return store_.footprint() + parents_.bytes() + steps_of_.footprint() + relation_.footprint(); }

  Relation& relation() const { return relation_; }
  /// With symmetry: how many worlds those that were visited stand for.
  const Symmetry::Integer& stands_for() const { return stands_for_; }
  void row(std::uint32_t id, std::vector<Number>& row) const;
  /// The worlds from a start to this one, as found.
  std::vector<std::vector<Number>> path_to(std::uint32_t id) const;

  /// Calls visit(Move, key of the world after it) for each step of a world that has this row; steps that change nothing are
  /// left out, and so are those that symmetry makes repetitions of others. The number of all steps looked at.
  std::uint64_t each_step(Row row, auto&& visit);
  /// The same as far as it is known without working anything out; false if that is not all. By any thread.
  bool each_known_step(Row row, auto&& visit, std::uint32_t& steps) const;
  const Store& store() const { return store_; }
  bool has_symmetry() const { return symmetry_ != nullptr; }

  // For an expansion.

  /// One world's steps are worked out, and soon reached.
  void expand_one(std::uint32_t id, Watch& watch);
  /// Some steps, worked out by somebody else while nothing else was packed.
  void take(const Steps::Batch& batch, std::size_t first, std::size_t count, std::uint64_t steps);
  /// All steps that are worked out are reached now; their worlds have not been looked at.
  void reach_all();
  void look(Row row, std::uint32_t id, Watch& watch);
  std::uint64_t times_packed() const { return times_packed_; }

 private:
  using Clock = std::chrono::steady_clock;

  void begin(const std::vector<std::vector<Number>>& starts);
  /// Of the moves that may be taken alone the first that does not lead back; false if none was visited. In `known`, whether
  /// that could be told without working anything out.
  template <class Self>
  static bool step_alone(Self& self, Row row, const std::uint64_t* own, auto&& visit, bool& known);
  template <class Self>
  static void key_after(Self& self, Row row, const std::uint64_t* own, std::span<const Change> changes, std::uint64_t* key);
  void repack();
  bool over_limit(Clock::time_point begin);

  Relation& relation_;
  Symmetry* symmetry_;
  PartialOrder* order_;
  Steps steps_of_;
  Packing packing_;
  Store store_;
  Column<std::uint32_t> parents_;
  Limits limits_;
  Steps::Batch batch_;
  std::vector<Number> row_, fresh_, next_;
  Symmetry::Integer stands_for_ = 0;
  std::string stopped_;
  std::uint64_t steps_ = 0, depth_ = 0, parts_packed_ = 0, times_packed_ = 0;
  std::size_t starts_ = 0;
  bool finished_ = false;
};

template <class Self>
void Search::key_after(Self& self, Row row, const std::uint64_t* own, std::span<const Change> changes, std::uint64_t* key) {
  if constexpr (!std::is_const_v<Self>)
    if (self.symmetry_ != nullptr) {
      self.next_.assign(row.begin(), row.end());
      for (const Change& change : changes) self.next_[change.place] = change.after;
      self.symmetry_->canonical(self.next_);
      return self.packing_.pack(self.next_, key);
    }
  std::copy_n(own, self.packing_.words(), key);
  for (const Change& change : changes) self.packing_.change(key, change.place, change.before, change.after);
}

bool Search::each_known_step(Row row, auto&& visit, std::uint32_t& steps) const {
  if (symmetry_ != nullptr) return false;
  std::uint64_t own[kMostWords], key[kMostWords];
  packing_.pack(row, own);
  bool known = true;
  if (order_ != nullptr && step_alone(*this, row, own, visit, known)) {
    ++steps;
    return true;
  }
  return known && steps_of_.expand_known(row, {}, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    if (changes.empty()) return;
    key_after(*this, row, own, changes, key);
    visit(move, key);
  });
}

std::uint64_t Search::each_step(Row row, auto&& visit) {
  std::uint64_t steps = 0;
  std::uint64_t own[kMostWords], key[kMostWords];
  packing_.pack(row, own);
  bool known = true;
  if (order_ != nullptr && step_alone(*this, row, own, visit, known)) return 1;
  const NodeSet repeats = symmetry_ == nullptr ? NodeSet() : symmetry_->repeats(row);
  steps_of_.expand(row, repeats, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    if (changes.empty()) return;
    key_after(*this, row, own, changes, key);
    visit(move, key);
  });
  return steps;
}

/// Worlds are expanded in the order of their ids. Those that the store does not know yet come after all that it knows: so it
/// does not matter how much of a block of worlds has been reached already.
template <class Self>
bool Search::step_alone(Self& self, Row row, const std::uint64_t* own, auto&& visit, bool& known) {
  std::vector<PartialOrder::Choice> choices;
  if constexpr (std::is_const_v<Self>) known = self.order_->known_choices(row, choices);
  else self.order_->choices(row, choices);
  bool taken = false;
  std::uint64_t key[kMostWords];
  for (const auto& choice : choices) {
    const auto take = [&](const Move& move, std::span<const Change> changes) {
      if (!choice.is(move)) return;
      key_after(self, row, own, changes, key);
      const std::uint32_t to = self.store_.find(key, self.store_.hash_of(key));
      if (to != Store::kUnknown && to <= self.store_.find(own, self.store_.hash_of(own))) return;
      taken = true;
      visit(move, key);
    };
    const NodeSet others = choice.others(self.relation_.nodes());
    if constexpr (std::is_const_v<Self>) known = known && self.steps_of_.expand_known(row, others, take);
    else self.steps_of_.expand(row, others, take);
    if (taken || !known) break;
  }
  return taken && known;
}

}  // namespace commitlab
