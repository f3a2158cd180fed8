// Breadth-first search of every world that the faults allow: the first witness is a shortest one. All of each world is kept,
// or a fingerprint of it; then its row is kept only until its steps are taken.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "checker/batch.hpp"
#include "checker/bounds.hpp"
#include "checker/fingerprint.hpp"
#include "checker/recent.hpp"
#include "checker/partial_order.hpp"
#include "checker/steps.hpp"
#include "checker/store.hpp"
#include "checker/symmetry.hpp"
#include "checker/watch.hpp"

namespace commitlab {

class Search;

/// A way to take the steps of some worlds in a row, ids from `first` to before `last`: by one thread, or by several. Up to
/// which world they were taken: all of them, or those before a bound was reached.
class Expansion {
 public:
  virtual ~Expansion() = default;
  virtual std::uint32_t expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) = 0;
};
class OneThread final : public Expansion {
 public:
  std::uint32_t expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) override;
};

/// All reachable worlds of one question, numbered in the order in which they were found.
class Search {
 public:
  /// `symmetry` and `order`, if there are any, must be of this relation. The starts must live as long as the search.
  Search(Relation& relation, const std::vector<std::vector<Number>>& starts, const Limits& limits, Symmetry* symmetry = nullptr, Keep keep = Keep::exact,
         PartialOrder* order = nullptr);

  /// Visits everything reachable. `stop_early`: ends once the watch has nothing left to look for.
  /// `between` is called between two lots of worlds, where a search can be persisted.
  void run(Watch& watch, bool stop_early, Expansion& by, const std::function<void()>& between = {});
  /// Of each world a step is remembered that is no new fault and brings nobody back: one that is worked out anyway. To be asked for before run().
  void keep_ways();
  /// Notes from which worlds the answers about steps come, for persist(). To be asked for before run().
  void keep_sources() { keeps_sources_ = true; }
  /// Where that step leads; Store::kUnknown if none is remembered: then there need not be none.
  std::uint32_t way(std::uint32_t id) const { return id < ways_.size() ? *ways_[id] : Store::kUnknown; }
  /// Stops soon after this has become true.
  void heed(const std::atomic<bool>* interrupt) { bounds_ = Bounds(bounds_.limits(), interrupt); }
  /// What it may take: asked by who works through its worlds, also once all are found.
  Bounds& bounds() { return bounds_; }
  const Bounds& bounds() const { return bounds_; }
  /// All that another search of the same question needs to go on from here, if this one has kept its sources.
  void persist(Archive& archive);

  std::uint64_t worlds() const { return store_.size(); }
  std::uint64_t steps() const { return steps_; }
  std::uint64_t depth() const { return depth_; }
  std::size_t starts() const { return starts_; }
  /// Of searching, also before a checkpoint.
  double seconds() const { return seconds_before_ + std::chrono::duration<double>(Bounds::Clock::now() - begin_).count(); }
  double seconds_before() const { return seconds_before_; }
  /// Worlds whose steps have not been taken.
  std::uint64_t frontier() const { return store_.size() - expanded_; }
  /// The worlds of the level at hand, of the one before, and of both with all before them.
  struct Levels {
    std::uint64_t last, before, end;
  };
  Levels levels() const { return {level_end_ - level_begin_, level_begin_ - level_before_, level_end_}; }
  /// Every reachable world was visited, for certain.
  bool finished() const { return finished_; }
  /// Why not, if it was for a limit, or as only fingerprints were kept.
  const std::string& stopped() const { return stopped_; }
  /// More is known of why.
  void explain_stop(const std::string& more) { stopped_ += more; }
  std::uint64_t footprint() const {
    return store_.footprint() + open_.bytes() + parents_.bytes() + ways_.bytes() + steps_of_.footprint() + relation_.footprint() + (has_symmetry() ? symmetry_->footprint() : 0);
  }

  Relation& relation() const { return relation_; }
  /// With symmetry: how many worlds those that were visited stand for.
  const Symmetry::Integer& stands_for() const { return stands_for_; }
  /// Of any world; with fingerprints, only of those whose steps have not been taken.
  void row(std::uint32_t id, std::vector<Number>& row) const;
  /// The worlds from a start to this one, as found; with fingerprints they are found again. Empty if that fails, which only a checkpoint
  /// that somebody forged brings about.
  std::vector<std::vector<Number>> path_to(std::uint32_t id);
  /// The world from which this one was first found; it is no start.
  std::uint32_t parent(std::uint32_t id) const { return *parents_[id]; }

  /// Calls visit(Move, key of the world after it) for each step of a world that has this row; steps that change nothing are
  /// left out, and so are those that symmetry makes repetitions of others. How many steps there are in all; the kinds of their
  /// events are added to `events`.
  std::uint64_t each_step(Row row, auto&& visit, std::uint32_t& events) {
    std::uint64_t own[kMostWords];
    packing_.pack(row, own);
    return each_step(row, own, visit, events);
  }
  /// The key of the world after the first step that is accepted; false if none is.
  bool first_step(Row row, auto&& accept, std::uint64_t* key);
  /// The same as far as it is known without working anything out; false if that is not all. By any thread.
  bool each_known_step(Row row, auto&& visit, std::uint32_t& steps, std::uint32_t& events) const;
  /// The memory in which the steps of such a world will be found is on its way from then on.
  void prefetch_steps(Row row) const { steps_of_.prefetch_entries(row); }
  const Store& store() const { return store_; }
  /// A world in a batch is its key in the store, and its packed row behind it where the key is not that itself.
  std::size_t entry_words() const { return print_ ? print_->words() + packing_.words() : packing_.words(); }
  bool has_symmetry() const { return symmetry_ != nullptr; }

  // For an expansion.

  /// One world's steps are worked out, and soon reached.
  void expand_one(std::uint32_t id, Watch& watch);
  /// Puts a step to a packed row into a batch: what the store will read to look it up is on its way from then on.
  void note(Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const;
  /// Has every row that was worked out so far its bits? If not, keys that were made meanwhile mean nothing.
  bool packs_all();
  void repack();
  /// Worlds that are known to be new and to differ can be added by several threads at once: once there is room for so many ...
  void make_room(std::size_t count, const Sharing& share);
  /// ... the world after this step is added with an id of its own, from the number of worlds before on.
  void add(std::uint32_t id, const Batch& batch, std::size_t step);
  void count(std::uint64_t steps) { steps_ += steps; }
  /// All steps that are worked out are reached now; their worlds have not been looked at.
  void reach_all();
  void look(Row row, std::uint32_t id, Watch& watch);
  /// Reads a world's row ahead of its turn, and prefetches its steps.
  void expect(std::uint32_t id);
  std::uint64_t times_packed() const { return times_packed_; }
  std::size_t packed_words() const { return packing_.words(); }

 private:
  using Clock = Bounds::Clock;
  static constexpr std::uint64_t kFirstStride = 16;

  void begin();
  /// So many that memory and time can be looked at in between, up to the end of a block.
  void expand_some(std::uint64_t block_end, Expansion& by, Watch& watch);
  /// So many more worlds may come: is there memory for the table that they need? If not, it is full enough as it is.
  void expect_worlds(std::size_t count);
  void note_source(Row row, std::uint64_t answers_before) {
    if (keeps_sources_ && relation_.answers() != answers_before) sources_.insert(sources_.end(), row.begin(), row.end());
  }
  /// What is remembered of steps, worked out again; false if that is of parts that no world had.
  bool learn_from(const std::vector<Number>& sources);
  /// Of what was read: are there as many of everything as there are worlds, and does every number lead somewhere?
  bool sizes_are_sound() const;
  bool worlds_are_sound() const;
  /// Keys in the store, however their rows are packed.
  std::vector<std::vector<std::uint64_t>> start_keys() const;
  /// `own`: the row, packed.
  std::uint64_t each_step(Row row, const std::uint64_t* own, auto&& visit, std::uint32_t& events);
  void note_print(Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const;
  const std::uint64_t* packed(std::uint32_t id) const { return print_ ? open_[id] : store_.row(id); }
  /// Of the moves that may be taken alone the first that does not lead back; false if none was visited. In `known`, whether
  /// that could be told without working anything out.
  template <class Self>
  static bool step_alone(Self& self, Row row, const std::uint64_t* own, auto&& visit, bool& known);
  template <class Self>
  static void key_after(Self& self, Row row, const std::uint64_t* own, std::span<const Change> changes, std::uint64_t* key);
  /// The id of a world by its packed row.
  std::uint32_t find(const std::uint64_t* packed) const;
  std::uint32_t id_of(Row row) const;
  std::vector<Number> start_with(std::uint32_t id) const;
  std::vector<Number> step_to(const std::vector<Number>& row, std::uint32_t id);
  bool ends(const Watch& watch, bool stop_early);
  bool over_limit();

  Relation& relation_;
  Symmetry* symmetry_;
  PartialOrder* order_;
  const std::vector<std::vector<Number>>& first_;
  std::optional<Fingerprint> print_;
  Steps steps_of_;
  Packing packing_;
  Store store_;
  Column<std::uint64_t, 12> open_;  // with fingerprints: the packed rows of worlds whose steps have not been taken
  Column<std::uint32_t> parents_, ways_;
  Bounds bounds_;
  Batch batch_;
  std::vector<std::uint32_t> ways_in_batch_;  // places, ascending
  Recent recent_;
  std::vector<Number> row_, fresh_, next_, expected_;
  std::uint32_t expected_id_ = Store::kUnknown;
  Symmetry::Integer stands_for_ = 0;
  std::string stopped_;
  std::uint64_t steps_ = 0, depth_ = 0, parts_packed_ = 0, times_packed_ = 0;
  std::uint64_t expanded_ = 0, level_before_ = 0, level_begin_ = 0, level_end_ = 0;  // ids
  std::size_t starts_ = 0;
  Clock::time_point begin_ = Clock::now();
  double seconds_before_ = 0;
  std::uint64_t stride_ = kFirstStride;
  bool finished_ = false, keeps_ways_ = false, keeps_sources_ = false;
  /// Worlds whose steps were not all known, one behind the other: from their rows all that is remembered of steps can be worked out again.
  std::vector<Number> sources_;
};

/// A visitor that also notes the kind of each event.
auto noting(auto& visit, std::uint32_t& events) {
  return [&](const Move& move, const std::uint64_t* key) {
    events |= 1u << static_cast<unsigned>(move.event);
    visit(move, key);
  };
}

inline std::uint32_t Search::find(const std::uint64_t* packed) const {
  if (!print_) return store_.find(packed, store_.hash_of(packed));
  std::array<Number, kMostPlaces> row;
  std::array<std::uint64_t, kMostPrintWords> print;
  packing_.unpack(packed, row.data());
  print_->of({row.data(), relation_.places()}, print.data());
  return store_.find(print.data(), store_.hash_of(print.data()));
}

inline void Search::note(Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const {
  if (print_) return note_print(batch, packed, parent);
  const std::uint64_t hash = store_.hash_of(packed);
  store_.prefetch_slot(hash);
  std::uint64_t* key = batch.add(hash, parent);
  for (std::size_t i = 0, words = packing_.words(); i < words; ++i) key[i] = packed[i];
}

template <class Self>
void Search::key_after(Self& self, Row row, const std::uint64_t* own, std::span<const Change> changes, std::uint64_t* key) {
  if constexpr (!std::is_const_v<Self>)
    if (self.symmetry_ != nullptr) {
      self.next_.assign(row.begin(), row.end());
      for (const Change& change : changes) self.next_[change.place] = change.after;
      self.symmetry_->canonical(self.next_);
      return self.packing_.pack(self.next_, key);
    }
  const std::size_t words = self.packing_.words();
  key[0] = own[0];
  for (std::size_t i = 1; i < words; ++i) key[i] = own[i];
  for (const Change& change : changes) self.packing_.change(key, change.place, change.before, change.after);
}

bool Search::each_known_step(Row row, auto&& visit, std::uint32_t& steps, std::uint32_t& events) const {
  if (symmetry_ != nullptr) return false;
  std::uint64_t own[kMostWords], key[kMostWords];
  packing_.pack(row, own);
  bool known = true;
  if (order_ != nullptr && step_alone(*this, row, own, noting(visit, events), known)) {
    ++steps;
    return true;
  }
  Idle idle;
  known = known && steps_of_.expand_known(row, {}, idle, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    events |= 1u << static_cast<unsigned>(move.event);
    if (changes.empty()) return;
    key_after(*this, row, own, changes, key);
    visit(move, key);
  });
  steps += idle.steps, events |= idle.events;
  return known;
}

std::uint64_t Search::each_step(Row row, const std::uint64_t* own, auto&& visit, std::uint32_t& events) {
  std::uint64_t steps = 0;
  std::uint64_t key[kMostWords];
  bool known = true;
  const std::uint64_t answers = relation_.answers();
  if (order_ != nullptr && step_alone(*this, row, own, noting(visit, events), known)) return note_source(row, answers), 1;
  const NodeSet repeats = symmetry_ == nullptr ? NodeSet() : symmetry_->repeats(row);
  const Idle idle = steps_of_.expand(row, repeats, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    events |= 1u << static_cast<unsigned>(move.event);
    if (changes.empty()) return;
    key_after(*this, row, own, changes, key);
    visit(move, key);
  });
  note_source(row, answers);
  events |= idle.events;
  return steps + idle.steps;
}

bool Search::first_step(Row row, auto&& accept, std::uint64_t* key) {
  bool found = false;
  std::uint64_t own[kMostWords];
  packing_.pack(row, own);
  steps_of_.expand(row, {}, [&](const Move& move, std::span<const Change> changes) {
    found = !changes.empty() && accept(move);
    if (found) key_after(*this, row, own, changes, key);
    return !found;
  });
  return found;
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
      const std::uint32_t to = self.find(key);
      if (to != Store::kUnknown && to <= self.find(own)) return;
      taken = true;
      visit(move, key);
    };
    const NodeSet others = choice.others(self.relation_.nodes());
    Idle idle;
    if constexpr (std::is_const_v<Self>) known = known && self.steps_of_.expand_known(row, others, idle, take);
    else self.steps_of_.expand(row, others, take);
    if (taken || !known) break;
  }
  return taken && known;
}

}  // namespace commitlab
