// Breadth-first search of every world that the faults allow: the first witness is a shortest one. All of each world is kept,
// or a fingerprint of it; then its row is kept only until its steps are taken.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>

#include "checker/fingerprint.hpp"
#include "checker/steps.hpp"
#include "checker/store.hpp"
#include "checker/symmetry.hpp"
#include "checker/watch.hpp"

namespace commitlab {

class Search;

inline constexpr const char* kInterrupted = "interrupted";

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
  /// `symmetry`, if there is one, must be of this relation. The starts must live as long as the search.
  Search(Relation& relation, const std::vector<std::vector<Number>>& starts, const Limits& limits, Symmetry* symmetry = nullptr, Keep keep = Keep::exact);

  /// Visits everything reachable. `stop_early`: ends once the watch has nothing left to look for.
  /// `between` is called between two blocks of worlds, where a search can be persisted.
  void run(Watch& watch, bool stop_early, Expansion& by, const std::function<void()>& between = {});
  /// Stops soon after this has become true.
  void heed(const std::atomic<bool>* interrupt) { interrupt_ = interrupt; }
  bool interrupted() const { return interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed); }
  /// All that another search of the same question needs to go on from here.
  void persist(Archive& archive);
  /// Does what was read make sense as a whole?
  bool sound() const { return parents_.size() == store_.size() && expanded_ <= store_.size() && level_end_ <= store_.size() && (!print_ || open_.size() == store_.size()); }

  std::uint64_t worlds() const { return store_.size(); }
  std::uint64_t steps() const { return steps_; }
  std::uint64_t depth() const { return depth_; }
  std::size_t starts() const { return starts_; }
  /// Of searching, also before a checkpoint.
  double seconds() const { return seconds_before_ + std::chrono::duration<double>(Clock::now() - begin_).count(); }
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
  std::uint64_t footprint() const { return store_.footprint() + open_.bytes() + parents_.bytes() + steps_of_.footprint() + relation_.footprint(); }

  Relation& relation() const { return relation_; }
  /// With symmetry: how many worlds those that were visited stand for.
  const Symmetry::Integer& stands_for() const { return stands_for_; }
  /// Of any world; with fingerprints, only of those whose steps have not been taken.
  void row(std::uint32_t id, std::vector<Number>& row) const;
  /// The worlds from a start to this one, as found; with fingerprints they are found again.
  std::vector<std::vector<Number>> path_to(std::uint32_t id);

  /// Calls visit(Move, key of the world after it) for each step of a world that has this row; steps that change nothing are
  /// left out, and so are those that symmetry makes repetitions of others. How many steps there are in all; the kinds of their
  /// events are added to `events`.
  std::uint64_t each_step(Row row, auto&& visit, std::uint32_t& events);
  /// The same as far as it is known without working anything out; false if that is not all. By any thread.
  bool each_known_step(Row row, auto&& visit, std::uint32_t& steps, std::uint32_t& events) const;
  const Store& store() const { return store_; }
  /// A world in a batch is its key in the store, and its packed row behind it where the key is not that itself.
  std::size_t entry_words() const { return print_ ? print_->words() + packing_.words() : packing_.words(); }
  bool has_symmetry() const { return symmetry_ != nullptr; }

  // For an expansion.

  /// One world's steps are worked out, and soon reached.
  void expand_one(std::uint32_t id, Watch& watch);
  /// Puts a step to a packed row into a batch: what the store will read to look it up is on its way from then on.
  void note(Steps::Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const;
  /// Some steps, worked out by somebody else while nothing else was packed.
  void take(const Steps::Batch& batch, std::size_t first, std::size_t count, std::uint64_t steps);
  /// All steps that are worked out are reached now; their worlds have not been looked at.
  void reach_all();
  void look(Row row, std::uint32_t id, Watch& watch);
  std::uint64_t times_packed() const { return times_packed_; }

 private:
  using Clock = std::chrono::steady_clock;

  void begin();
  void repack();
  std::uint32_t id_of(Row row) const;
  std::vector<Number> start_with(std::uint32_t id) const;
  std::vector<Number> step_to(const std::vector<Number>& row, std::uint32_t id);
  bool ends(const Watch& watch, bool stop_early);
  bool over_limit();

  Relation& relation_;
  Symmetry* symmetry_;
  const std::vector<std::vector<Number>>& first_;
  std::optional<Fingerprint> print_;
  Steps steps_of_;
  Packing packing_;
  Store store_;
  Column<std::uint64_t, 12> open_;  // with fingerprints: the packed rows of worlds whose steps have not been taken
  Column<std::uint32_t> parents_;
  Limits limits_;
  Steps::Batch batch_;
  std::vector<Number> row_, fresh_, next_;
  Symmetry::Integer stands_for_ = 0;
  std::string stopped_;
  std::uint64_t steps_ = 0, depth_ = 0, parts_packed_ = 0, times_packed_ = 0;
  std::uint64_t expanded_ = 0, level_before_ = 0, level_begin_ = 0, level_end_ = 0;  // ids
  std::size_t starts_ = 0;
  Clock::time_point begin_ = Clock::now();
  double seconds_before_ = 0;
  const std::atomic<bool>* interrupt_ = nullptr;
  bool finished_ = false;
};

inline void Search::note(Steps::Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const {
  std::array<std::uint64_t, kMostPrintWords + kMostWords> entry;
  const std::uint64_t* key = packed;
  if (print_) {
    std::array<Number, kMostPlaces> row;
    packing_.unpack(packed, row.data());
    print_->of({row.data(), relation_.places()}, entry.data());
    std::copy_n(packed, packing_.words(), entry.data() + print_->words());
    key = entry.data();
  }
  const std::uint64_t hash = store_.hash_of(key);
  store_.prefetch_slot(hash);
  batch.add(key, entry_words(), hash, parent);
}

bool Search::each_known_step(Row row, auto&& visit, std::uint32_t& steps, std::uint32_t& events) const {
  if (symmetry_ != nullptr) return false;
  std::uint64_t own[kMostWords], key[kMostWords];
  packing_.pack(row, own);
  Steps::Idle idle;
  const bool known = steps_of_.expand_known(row, {}, idle, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    events |= 1u << static_cast<unsigned>(move.event);
    if (changes.empty()) return;
    std::copy_n(own, packing_.words(), key);
    for (const Change& change : changes) packing_.change(key, change.place, change.before, change.after);
    visit(move, key);
  });
  steps += idle.steps, events |= idle.events;
  return known;
}

std::uint64_t Search::each_step(Row row, auto&& visit, std::uint32_t& events) {
  std::uint64_t steps = 0;
  std::uint64_t own[kMostWords], key[kMostWords];
  packing_.pack(row, own);
  const NodeSet repeats = symmetry_ == nullptr ? NodeSet() : symmetry_->repeats(row);
  const Steps::Idle idle = steps_of_.expand(row, repeats, [&](const Move& move, std::span<const Change> changes) {
    ++steps;
    events |= 1u << static_cast<unsigned>(move.event);
    if (changes.empty()) return;
    if (symmetry_ == nullptr) {
      std::copy_n(own, packing_.words(), key);
      for (const Change& change : changes) packing_.change(key, change.place, change.before, change.after);
    } else {
      next_.assign(row.begin(), row.end());
      for (const Change& change : changes) next_[change.place] = change.after;
      symmetry_->canonical(next_);
      packing_.pack(next_, key);
    }
    visit(move, key);
  });
  events |= idle.events;
  return steps + idle.steps;
}

}  // namespace commitlab
