#include "checker/search.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace commitlab {

namespace {
constexpr std::uint64_t kBlock = 8192;       // worlds between two looks at the limit of worlds
constexpr std::uint64_t kMostFound = 32768;  // worlds that are found between two looks at memory, about
constexpr std::size_t kBatch = 512;       // steps on their way at once
}  // namespace

Search::Search(Relation& relation, const std::vector<std::vector<Number>>& starts, const Limits& limits, Symmetry* symmetry, Keep keep, PartialOrder* order)
    : relation_(relation), symmetry_(symmetry), order_(order), first_(starts), print_(keep == Keep::exact ? std::nullopt : std::optional(Fingerprint(keep))), steps_of_(relation), packing_(relation),
      store_(print_ ? print_->words() : packing_.words()), open_(packing_.words()), bounds_(limits), recent_(packing_.words()), row_(relation.places()), fresh_(relation.places()) {
  parts_packed_ = relation.parts();
  batch_.clear(entry_words());
  begin();
}

void Search::begin() {
  std::uint64_t key[kMostWords];
  std::vector<std::vector<Number>> rows = first_;
  if (symmetry_ != nullptr)
    for (auto& row : rows) symmetry_->canonical(row);
  if (!packing_.fits(relation_)) repack();
  for (const auto& row : rows) {
    packing_.pack(row, key);
    note(batch_, key, 0);
  }
  reach_all();
  starts_ = store_.size();
}

std::uint32_t OneThread::expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) {
  std::uint32_t next = static_cast<std::uint32_t>(search.worlds()), id = first;
  for (; id < last && !search.bounds().reached(); ++id) {
    if (id + 1 < last) search.expect(id + 1);
    search.expand_one(id, watch);
  }
  search.reach_all();
  std::vector<Number> row;
  for (; next < search.worlds(); ++next) search.row(next, row), search.look(row, next, watch);
  return id;
}

void Search::run(Watch& watch, bool stop_early, Expansion& by, const std::function<void()>& between) {
  if (depth_ == 0) {
    for (std::uint32_t id = 0; id < starts_; ++id) {
      row(id, fresh_);
      look(fresh_, id, watch);
    }
    depth_ = 1;
    level_end_ = store_.size();
  } else if (ends(watch, stop_early)) {
    return;
  }
  while (expanded_ < store_.size()) {
    if (expanded_ == level_end_) level_before_ = level_begin_, level_begin_ = level_end_, level_end_ = store_.size(), ++depth_;
    const std::uint64_t blocks = (expanded_ - level_begin_) / kBlock, block_end = std::min(level_begin_ + (blocks + 1) * kBlock, level_end_);
    while (expanded_ < block_end && !bounds_.is_reached()) {
      expand_some(block_end, by, watch);
      if (between && expanded_ < block_end) between();
    }
    if (print_) open_.release_before(expanded_);
    if (ends(watch, stop_early)) return;
    if (between) between();
  }
  if (print_) stopped_ = odds_of_omission(store_.size(), print_->bits());
  else finished_ = true;
}

/// Where a block is cut makes no difference to what is found, nor in which order.
void Search::expand_some(std::uint64_t block_end, Expansion& by, Watch& watch) {
  const std::uint64_t before = store_.size(), end = std::min(expanded_ + stride_, block_end);
  expanded_ = by.expand(*this, static_cast<std::uint32_t>(expanded_), static_cast<std::uint32_t>(end), watch);
  const std::uint64_t found = store_.size() - before;
  if (found > kMostFound) stride_ = std::max<std::uint64_t>(stride_ / 2, 1);
  else if (2 * found <= kMostFound) stride_ = std::min(2 * stride_, kBlock);
  const std::uint64_t held = footprint();
  bounds_.pass_uncounted(held);
  if (expanded_ < block_end) bounds_.pass(held + steps_of_.growth());  // at its end it is looked at anyway
}

bool Search::ends(const Watch& watch, bool stop_early) { return over_limit() || (stop_early && watch.satisfied()); }

void Search::persist(Archive& archive) {
  const auto starts_before = start_keys();
  relation_.persist(archive), packing_.persist(archive);
  if (archive.failed()) return;
  if (archive.reads()) {
    recent_.forget(packing_.words()), batch_.clear(entry_words());
    store_ = Store(print_ ? print_->words() : packing_.words());
    if (print_) open_ = Column<std::uint64_t, 12>(packing_.words());
    if (symmetry_ != nullptr) symmetry_->forget();
  }
  if (print_) open_.persist(archive);
  store_.persist(archive), parents_.persist(archive), ways_.persist(archive);
  std::vector<Number> sources = sources_;
  archive.list(sources);
  std::string worlds = stands_for_.str();
  double took = seconds();
  archive.text(worlds), archive.value(took), archive.value(steps_), archive.value(depth_), archive.value(times_packed_);
  archive.value(expanded_), archive.value(level_before_), archive.value(level_begin_), archive.value(level_end_);
  if (!archive.reads() || archive.failed()) return;
  constexpr std::size_t kMostDigits = 200;  // more than so many worlds of so many nodes can stand for
  archive.require(!worlds.empty() && worlds.size() <= kMostDigits && worlds.find_first_not_of("0123456789") == worlds.npos && (worlds.size() == 1 || worlds[0] != '0'));
  archive.require(took >= 0 && took < 1e15);
  archive.require(sizes_are_sound() && worlds_are_sound() && start_keys() == starts_before);
  if (archive.failed()) return;
  if (!packing_.fits(relation_)) repack();
  archive.require(learn_from(sources));
  if (archive.failed()) return;
  stands_for_ = Symmetry::Integer(worlds);
  seconds_before_ = took, begin_ = Clock::now();
  bounds_.count_before(took);
  parts_packed_ = relation_.parts();
}

bool Search::sizes_are_sound() const {
  const std::size_t all = store_.size();
  return all >= starts_ && store_.first() == 0 && parents_.size() == all && parents_.first() == 0 && ways_.size() == (keeps_ways_ ? all : 0) && ways_.first() == 0 &&
         open_.size() == (print_ ? all : 0) && open_.first() == (print_ ? expanded_ : 0) && depth_ >= 1 && depth_ <= all && level_before_ <= level_begin_ &&
         level_begin_ <= expanded_ && expanded_ <= level_end_ && level_end_ <= all;
}

bool Search::worlds_are_sound() const {
  std::array<Number, kMostPlaces> row;
  for (std::uint32_t id = 0; id < store_.size(); ++id) {
    if (id >= starts_ && *parents_[id] >= id) return false;
    if (keeps_ways_ && *ways_[id] != Store::kUnknown && *ways_[id] >= store_.size()) return false;
    if (id < open_.first()) continue;
    packing_.unpack(packed(id), row.data());
    for (std::size_t place = 0; place < relation_.places(); ++place)
      if (row[place] >= relation_.count(place)) return false;
  }
  return true;
}

bool Search::learn_from(const std::vector<Number>& sources) {
  const std::size_t places = relation_.places();
  const std::uint64_t parts = relation_.parts();
  std::uint32_t events = 0;
  if (sources.size() % places != 0) return false;
  for (std::size_t at = 0; at < sources.size(); at += places) {
    const Row row(sources.data() + at, places);
    for (std::size_t place = 0; place < places; ++place)
      if (row[place] >= relation_.count(place)) return false;
    each_step(row, [](const Move&, const std::uint64_t*) {}, events);
    if (relation_.parts() != parts) return false;
  }
  sources_ = sources;
  return true;
}

std::vector<std::vector<std::uint64_t>> Search::start_keys() const {
  std::vector<std::vector<std::uint64_t>> keys;
  for (std::uint32_t id = 0; id < std::min<std::size_t>(starts_, store_.size()); ++id) {
    auto& key = keys.emplace_back(relation_.places());
    if (print_) {
      key.assign(store_.row(id), store_.row(id) + print_->words());
      continue;
    }
    std::array<Number, kMostPlaces> row;
    packing_.unpack(store_.row(id), row.data());
    std::copy_n(row.begin(), relation_.places(), key.begin());
  }
  return keys;
}

void Search::expand_one(std::uint32_t id, Watch& watch) {
  if (std::exchange(expected_id_, Store::kUnknown) == id) row_.swap(expected_);
  else row(id, row_);
  const std::size_t before = batch_.size();
  std::uint32_t events = 0;
  bool wants_way = keeps_ways_, has_way = false;
  std::uint64_t way[kMostWords];  // one that came by a moment ago: it will do if there is no other
  const auto note_way = [&] { ways_in_batch_.push_back(static_cast<std::uint32_t>(batch_.size())), wants_way = false; };
  const std::uint64_t steps = each_step(row_, packed(id), [&](const Move& move, const std::uint64_t* key) {
    const bool seen = recent_.seen(key);
    if (wants_way && !move.fault && !move.revives) {
      if (!seen) note_way();
      else if (!has_way) has_way = true, std::copy_n(key, packing_.words(), way);
    }
    if (!seen) note(batch_, key, id);
  }, events);
  if (wants_way && has_way) note_way(), note(batch_, way, id);
  if (!packs_all()) {
    batch_.shrink(before);
    while (!ways_in_batch_.empty() && ways_in_batch_.back() >= before) ways_in_batch_.pop_back();
    reach_all();
    repack();
    return expand_one(id, watch);
  }
  steps_ += steps;
  bounds_.reached(steps);
  watch.take(events);
  if (batch_.size() >= kBatch) reach_all();
}

void Search::keep_ways() {
  keeps_ways_ = true;
  while (ways_.size() < store_.size()) *ways_.append() = Store::kUnknown;
}

void Search::note_print(Batch& batch, const std::uint64_t* packed, std::uint32_t parent) const {
  std::array<Number, kMostPlaces> row;
  std::array<std::uint64_t, kMostPrintWords> print;
  packing_.unpack(packed, row.data());
  print_->of({row.data(), relation_.places()}, print.data());
  const std::uint64_t hash = store_.hash_of(print.data());
  store_.prefetch_slot(hash);
  std::uint64_t* entry = batch.add(hash, parent);
  std::copy_n(packed, packing_.words(), std::copy_n(print.data(), print_->words(), entry));
}

bool Search::packs_all() {
  if (relation_.parts() == parts_packed_) return true;
  if (!packing_.fits(relation_)) return false;
  parts_packed_ = relation_.parts();
  return true;
}

void Search::expect_worlds(std::size_t count) {
  if (store_.grows_with(count) && bounds_.pass(footprint() + store_.bytes_with(count))) store_.stay_small(count);
}

void Search::make_room(std::size_t count, const Sharing& share) {
  expect_worlds(count);
  store_.make_room(count, share);
  parents_.extend(count);
  if (keeps_ways_)
    for (std::size_t i = 0; i < count; ++i) *ways_.append() = Store::kUnknown;
  if (print_) open_.extend(count);
}

void Search::add(std::uint32_t id, const Batch& batch, std::size_t step) {
  const std::uint64_t* entry = batch.key(step);
  store_.add(id, entry, batch.hash(step));
  *parents_[id] = batch.parent(step);
  if (print_) std::copy_n(entry + print_->words(), packing_.words(), open_[id]);
}

void Search::reach_all() {
  expect_worlds(batch_.size());
  for (std::size_t i = 0; i < batch_.size(); ++i) store_.prefetch_row(batch_.hash(i));
  auto way = ways_in_batch_.begin();
  for (std::size_t i = 0; i < batch_.size(); ++i) {
    const std::uint64_t* entry = batch_.key(i);
    const Store::Place place = store_.insert(entry, batch_.hash(i));
    if (way != ways_in_batch_.end() && *way == i) *ways_[batch_.parent(i)] = place.id, ++way;
    if (!place.fresh) continue;
    *parents_.append() = batch_.parent(i);
    if (keeps_ways_) *ways_.append() = Store::kUnknown;
    if (print_) std::copy_n(entry + print_->words(), packing_.words(), open_.append());
  }
  batch_.clear(entry_words());
  ways_in_batch_.clear();
}

void Search::look(Row row, std::uint32_t id, Watch& watch) {
  watch.look(row, id);
  if (symmetry_ != nullptr) stands_for_ += symmetry_->orbit(row);
}

void Search::expect(std::uint32_t id) {
  row(id, expected_);
  expected_id_ = id;
  prefetch_steps(expected_);
}

void Search::repack() {
  ++times_packed_;
  const Packing before = packing_;
  packing_ = Packing(relation_, before);
  recent_.forget(packing_.words());
  batch_.clear(entry_words());
  const auto pack_anew = [&](const std::uint64_t* old_key, std::uint64_t* key) {
    before.unpack(old_key, fresh_.data());
    packing_.pack(fresh_, key);
  };
  if (!print_) return store_.repack(packing_.words(), pack_anew);
  Column<std::uint64_t, 12> packed(packing_.words(), open_.first());
  for (std::size_t id = open_.first(), end = open_.size(); id < end; ++id) {
    open_.release_before(id);
    pack_anew(open_[id], packed.append());
  }
  open_ = std::move(packed);
}

bool Search::over_limit() {
  const std::uint64_t most = std::min(bounds_.limits().worlds, Store::kMost);
  if (store_.size() > most) stopped_ = "the limit of " + std::to_string(most) + " worlds was reached";
  else if (!relation_.defect().empty()) stopped_ = relation_.defect();
  else if (bounds_.look() || bounds_.pass(footprint() + steps_of_.growth())) stopped_ = bounds_.reason();
  return !stopped_.empty();
}

void Search::row(std::uint32_t id, std::vector<Number>& row) const {
  if (row.size() != relation_.places()) row.resize(relation_.places());
  assert(!print_ || id >= open_.first());
  packing_.unpack(packed(id), row.data());
}

std::vector<std::vector<Number>> Search::path_to(std::uint32_t id) {
  std::vector<std::uint32_t> ids{id};
  while (ids.back() >= starts_) ids.push_back(parent(ids.back()));
  std::reverse(ids.begin(), ids.end());
  std::vector<std::vector<Number>> path(ids.size());
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!print_) row(ids[i], path[i]);
    else path[i] = i == 0 ? start_with(ids[i]) : step_to(path[i - 1], ids[i]);
    if (path[i].empty()) return {};
  }
  return path;
}

/// The id of the world that shares this row's fingerprint.
std::uint32_t Search::id_of(Row row) const {
  std::array<std::uint64_t, kMostPrintWords> print;
  print_->of(row, print.data());
  return store_.find(print.data(), store_.hash_of(print.data()));
}

std::vector<Number> Search::start_with(std::uint32_t id) const {
  for (std::vector<Number> row : first_) {
    if (symmetry_ != nullptr) symmetry_->canonical(row);
    if (id_of(row) == id) return row;
  }
  return {};
}

/// The row of a world, from that of the world before it: it was the first step from there to its fingerprint.
std::vector<Number> Search::step_to(const std::vector<Number>& row, std::uint32_t id) {
  std::vector<Number> found, next(relation_.places());
  std::uint32_t events = 0;
  each_step(row, [&](const Move&, const std::uint64_t* key) {
    packing_.unpack(key, next.data());
    if (found.empty() && id_of(next) == id) found = next;
  }, events);
  return found;
}

}  // namespace commitlab
