#include "checker/search.hpp"

#include <algorithm>

namespace commitlab {

namespace {
constexpr std::uint32_t kBlock = 8192;    // worlds between two looks at the limits
constexpr std::size_t kBatch = 512;       // steps on their way at once
}  // namespace

Search::Search(Relation& relation, const std::vector<std::vector<Number>>& starts, const Limits& limits, Symmetry* symmetry, PartialOrder* order)
    : relation_(relation), symmetry_(symmetry), order_(order), steps_of_(relation), packing_(relation), store_(packing_.words()), limits_(limits), row_(relation.places()), fresh_(relation.places()) {
  parts_packed_ = relation.parts();
  begin(starts);
}

void Search::begin(const std::vector<std::vector<Number>>& starts) {
  std::uint64_t key[kMostWords];
  std::vector<std::vector<Number>> rows = starts;
  if (symmetry_ != nullptr)
    for (auto& row : rows) symmetry_->canonical(row);
  if (!packing_.fits(relation_)) repack();
  for (const auto& row : rows) {
    packing_.pack(row, key);
    if (store_.insert(key, store_.hash_of(key)).fresh) *parents_.append() = static_cast<std::uint32_t>(store_.size() - 1);
  }
  starts_ = store_.size();
}

void OneThread::expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) {
  std::uint32_t next = static_cast<std::uint32_t>(search.worlds());
  for (std::uint32_t id = first; id < last; ++id) search.expand_one(id, watch);
  search.reach_all();
  std::vector<Number> row;
  for (; next < search.worlds(); ++next) search.row(next, row), search.look(row, next, watch);
}

void Search::run(Watch& watch, bool stop_early, Expansion& by) {
  const auto begin = Clock::now();
  for (std::uint32_t id = 0; id < starts_; ++id) {
    row(id, fresh_);
    look(fresh_, id, watch);
  }
  depth_ = 1;
  std::uint64_t level_end = store_.size();
  for (std::uint64_t next = 0; next < store_.size();) {
    if (next == level_end) level_end = store_.size(), ++depth_;
    const std::uint64_t block_end = std::min<std::uint64_t>(next + kBlock, level_end);
    by.expand(*this, static_cast<std::uint32_t>(next), static_cast<std::uint32_t>(block_end), watch);
    next = block_end;
    if (over_limit(begin) || (stop_early && watch.satisfied())) return;
  }
  finished_ = true;
}

void Search::expand_one(std::uint32_t id, Watch& watch) {
  packing_.unpack(store_.row(id), row_.data());
  const std::size_t before = batch_.size(), words = packing_.words();
  const std::uint64_t steps = each_step(row_, [&](const Move& move, const std::uint64_t* key) {
    watch.take(move.event);
    const std::uint64_t hash = store_.hash_of(key);
    store_.prefetch_slot(hash);
    batch_.add(key, words, hash, id);
  });
  if (relation_.parts() != parts_packed_) {
    parts_packed_ = relation_.parts();
    if (!packing_.fits(relation_)) {
      batch_.shrink(before, words);
      reach_all();
      repack();
      return expand_one(id, watch);
    }
  }
  steps_ += steps;
  if (batch_.size() >= kBatch) reach_all();
}

void Search::take(const Steps::Batch& batch, std::size_t first, std::size_t count, std::uint64_t steps) {
  const std::size_t words = packing_.words();
  for (std::size_t i = first; i < first + count; ++i) batch_.add(&batch.keys[i * words], words, batch.hashes[i], batch.parents[i]);
  steps_ += steps;
  if (batch_.size() >= kBatch) reach_all();
}

void Search::reach_all() {
  const std::size_t words = packing_.words();
  for (const std::uint64_t hash : batch_.hashes) store_.prefetch_row(hash);
  for (std::size_t i = 0; i < batch_.size(); ++i)
    if (store_.insert(&batch_.keys[i * words], batch_.hashes[i]).fresh) *parents_.append() = batch_.parents[i];
  batch_.shrink(0, words);
}

void Search::look(Row row, std::uint32_t id, Watch& watch) {
  watch.look(row, id);
  if (symmetry_ != nullptr) stands_for_ += symmetry_->orbit(row);
}

void Search::repack() {
  ++times_packed_;
  const Packing before = packing_;
  packing_ = Packing(relation_);
  store_.repack(packing_.words(), [&](const std::uint64_t* old_key, std::uint64_t* key) {
    before.unpack(old_key, fresh_.data());
    packing_.pack(fresh_, key);
  });
}

bool Search::over_limit(Clock::time_point begin) {
  const std::chrono::duration<double> took = Clock::now() - begin;
  const std::uint64_t most = std::min(limits_.worlds, Store::kMost);
  if (store_.size() > most) stopped_ = "the limit of " + std::to_string(most) + " worlds was reached";
  else if (!relation_.defect().empty()) stopped_ = relation_.defect();
  else if (took.count() > limits_.seconds) stopped_ = "the time limit was reached";
  else if (footprint() > limits_.bytes) stopped_ = "the memory limit was reached";
  return !stopped_.empty();
}

void Search::row(std::uint32_t id, std::vector<Number>& row) const {
  row.resize(relation_.places());
  packing_.unpack(store_.row(id), row.data());
}

std::vector<std::vector<Number>> Search::path_to(std::uint32_t id) const {
  std::vector<std::vector<Number>> path(1);
  row(id, path.back());
  while (id >= starts_) {
    id = *parents_[id];
    row(id, path.emplace_back());
  }
  std::reverse(path.begin(), path.end());
  return path;
}

}  // namespace commitlab
