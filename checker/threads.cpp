#include "checker/threads.hpp"

#include <algorithm>
#include <system_error>

namespace commitlab {

namespace {
constexpr std::uint32_t kPart = 256;       // worlds that a thread takes at a time
constexpr std::size_t kOnTheirWay = 256;   // lookups for which memory is on its way at once
}  // namespace

Crew::Crew(unsigned threads) {
  try {
    for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { help(); });
  } catch (const std::system_error&) {
    // The system gives no more: fewer find the same.
  }
}

Crew::~Crew() {
  {
    const std::lock_guard lock(mutex_);
    over_ = true;
  }
  begin_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void Crew::help() {
  std::uint64_t seen = 0;
  for (;;) {
    std::unique_lock lock(mutex_);
    begin_.wait(lock, [&] { return over_ || round_ != seen; });
    if (over_) return;
    seen = round_;
    const auto* work = work_;
    const std::size_t count = count_;
    lock.unlock();
    for (std::size_t i = next_++; i < count; i = next_++) (*work)(i);
    lock.lock();
    if (--busy_ == 0) end_.notify_one();
  }
}

void Crew::share(std::size_t count, const std::function<void(std::size_t)>& work) {
  {
    const std::lock_guard lock(mutex_);
    work_ = &work, count_ = count, next_ = 0, busy_ = threads_.size(), ++round_;
  }
  begin_.notify_all();
  for (std::size_t i = next_++; i < count; i = next_++) work(i);
  std::unique_lock lock(mutex_);
  end_.wait(lock, [&] { return busy_ == 0; });
}

void Crew::expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) {
  const auto known = static_cast<std::uint32_t>(search.worlds());
  const std::uint64_t packed = search.times_packed();
  const std::size_t count = (last - first + kPart - 1) / kPart;
  if (parts_.size() < count) parts_.resize(count);
  share(count, [&](std::size_t i) {
    const auto begin = first + static_cast<std::uint32_t>(i) * kPart;
    explore(search, begin, std::min(begin + kPart, last), parts_[i]);
  });
  // One thread takes them in, in order. What was not known, or is packed otherwise by now, it works out itself.
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t next = 0;
    watch.take(parts_[i].events);
    for (std::uint32_t k = 0; k < parts_[i].worlds.size(); ++k) {
      const auto& world = parts_[i].worlds[k];
      if (world.known && search.times_packed() == packed) search.take(parts_[i].fresh, next, world.fresh, world.steps);
      else search.expand_one(first + static_cast<std::uint32_t>(i) * kPart + k, watch);
      next += world.fresh;
    }
  }
  search.reach_all();
  look(search, known, static_cast<std::uint32_t>(search.worlds()), watch);
}

void Crew::explore(const Search& search, std::uint32_t first, std::uint32_t last, Part& part) const {
  part.worlds.clear(), part.events = 0;
  Steps::Batch& fresh = part.fresh;
  const std::size_t words = search.entry_words();
  fresh.shrink(0, words);
  std::vector<Number> row(search.relation().places());
  std::size_t looked_up = 0;
  // Moves those that the store does not know to the front, behind those of which that is known already.
  const auto look_up = [&] {
    for (std::size_t i = looked_up; i < fresh.size(); ++i) search.store().prefetch_row(fresh.hashes[i]);
    std::size_t kept = looked_up;
    for (std::size_t i = looked_up; i < fresh.size(); ++i) {
      if (search.store().find(&fresh.keys[i * words], fresh.hashes[i]) != Store::kUnknown) {
        --part.worlds[fresh.parents[i] - first].fresh;
        continue;
      }
      std::copy_n(&fresh.keys[i * words], words, &fresh.keys[kept * words]);
      fresh.hashes[kept] = fresh.hashes[i], fresh.parents[kept] = fresh.parents[i];
      ++kept;
    }
    fresh.shrink(kept, words);
    looked_up = kept;
  };
  for (std::uint32_t id = first; id < last; ++id) {
    const std::size_t before = fresh.size();
    search.row(id, row);
    std::uint32_t steps = 0;
    const bool known = search.each_known_step(row, [&](const Move&, const std::uint64_t* key) { search.note(fresh, key, id); }, steps, part.events);
    if (!known) fresh.shrink(before, words);
    part.worlds.push_back({static_cast<std::uint32_t>(fresh.size() - before), steps, known});
    if (fresh.size() - looked_up >= kOnTheirWay) look_up();
  }
  look_up();
}

void Crew::look(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) {
  const std::size_t count = (last - first + kPart - 1) / kPart;
  if (!watch.separable() || search.has_symmetry()) {
    std::vector<Number> row;
    for (std::uint32_t id = first; id < last; ++id) search.row(id, row), search.look(row, id, watch);
    return;
  }
  std::vector<Watch> watches(count, watch);
  share(count, [&](std::size_t i) {
    std::vector<Number> row;
    const auto begin = first + static_cast<std::uint32_t>(i) * kPart;
    for (std::uint32_t id = begin; id < std::min(begin + kPart, last); ++id) search.row(id, row), watches[i].look(row, id);
  });
  for (const Watch& other : watches) watch.join(other);
}

}  // namespace commitlab
