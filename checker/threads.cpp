#include "checker/threads.hpp"

#include <algorithm>
#include <bit>
#include <numeric>
#include <system_error>
#include <tuple>

namespace commitlab {

namespace {
constexpr std::uint32_t kPart = 256;       // worlds that a thread takes at a time
constexpr std::size_t kOnTheirWay = 256;   // lookups for which memory is on its way at once
constexpr int kPatience = 4000;            // looks before a thread goes to sleep

void pause() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}
}  // namespace

Crew::Crew(unsigned threads) {
  try {
    for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this, i] { help(i); });
  } catch (const std::system_error&) {
    // The system gives no more: fewer find the same.
  }
  recent_.assign(threads_.size() + 1, Recent(1));
  sieves_.resize(2 * std::bit_ceil(threads_.size() + 1));
}

Crew::~Crew() {
  over_ = true;
  wake();
  for (auto& thread : threads_) thread.join();
}

void Crew::help(std::size_t thread) {
  for (std::uint64_t seen = 0;;) {
    wait_for([&] { return over_ || round_ != seen; });
    if (over_) return;
    seen = round_;
    for (std::size_t i = next_++; i < count_; i = next_++) (*work_)(i, thread);
    if (--busy_ == 0) wake();
  }
}

void Crew::share(std::size_t count, const Work& work) {
  work_ = &work, count_ = count, next_ = 0, busy_ = threads_.size(), ++round_;
  wake();
  for (std::size_t i = next_++; i < count; i = next_++) work(i, 0);
  wait_for([&] { return busy_ == 0; });
}

/// What one thread waits for comes mostly soon: it sleeps only if it does not.
void Crew::wait_for(auto&& come) {
  for (int i = 0; i < kPatience; ++i) {
    if (come()) return;
    pause();
  }
  std::unique_lock lock(mutex_);
  news_.wait(lock, come);
}

void Crew::wake() {
  { const std::lock_guard lock(mutex_); }  // who has looked and not yet slept is woken too
  news_.notify_all();
}

std::uint32_t Crew::expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) {
  if (search.times_packed() != packed_)
    for (Recent& recent : recent_) recent.forget(search.packed_words());
  packed_ = search.times_packed();
  std::size_t count = (last - first + kPart - 1) / kPart;
  if (parts_.size() < count) parts_.resize(count);
  const auto begin_of = [&](std::size_t i) { return first + static_cast<std::uint32_t>(i) * kPart; };
  share(count, [&](std::size_t i, std::size_t thread) { explore(search, begin_of(i), std::min(begin_of(i) + kPart, last), parts_[i], recent_[thread]); });
  std::uint32_t end = first;
  for (std::size_t i = 0; i < count; ++i) {
    if (!parts_[i].left.empty()) complete(search, begin_of(i), parts_[i]);
    search.bounds().take(parts_[i].bounds);
    end = parts_[i].end;
    if (end < std::min(begin_of(i) + kPart, last)) count = i + 1;  // what comes behind is left to whoever goes on
  }
  if (search.packs_all()) {
    share(sieves_.size(), [&](std::size_t i, std::size_t) { sieve(i, count, search); });
    for (std::size_t i = 0; i < count; ++i) watch.take(parts_[i].events);
    take_in(search, count, watch);
    return end;
  } else {
    // Rows of the worlds that were found need more bits than there were.
    search.repack();
    return expand(search, first, last, watch);
  }
}

void Crew::explore(const Search& search, std::uint32_t first, std::uint32_t last, Part& part, Recent& recent) const {
  part.fresh_of.clear(), part.left.clear(), part.steps_of.clear(), part.events = 0;
  part.bounds = search.bounds(), part.end = last;
  Batch& fresh = part.fresh;
  fresh.clear(search.entry_words());
  std::vector<Number> row(search.relation().places()), next(search.relation().places());
  std::size_t looked_up = 0;
  // Moves those that the store does not know to the front, behind those of which that is known already.
  const auto look_up = [&] {
    for (std::size_t i = looked_up; i < fresh.size(); ++i) search.store().prefetch_row(fresh.hash(i));
    std::size_t kept = looked_up;
    for (std::size_t i = looked_up; i < fresh.size(); ++i) {
      if (search.store().find(fresh.key(i), fresh.hash(i)) != Store::kUnknown) {
        --part.fresh_of[fresh.parent(i) - first];
        continue;
      }
      fresh.move(i, kept++);
    }
    fresh.shrink(kept);
    looked_up = kept;
  };
  search.row(first, next);
  for (std::uint32_t id = first; id < last; ++id) {
    if (part.bounds.reached()) {
      part.end = id;
      break;
    }
    const std::size_t before = fresh.size();
    row.swap(next);
    if (id + 1 < last) search.row(id + 1, next), search.prefetch_steps(next);
    std::uint32_t steps = 0;
    // What this thread has seen before comes from an earlier world, of this block or of an earlier one.
    const bool known = search.each_known_step(row, [&](const Move&, const std::uint64_t* key) {
      if (!recent.seen(key)) search.note(fresh, key, id);
    }, steps, part.events);
    if (!known) fresh.shrink(before), part.left.push_back(id);
    part.steps_of.push_back(known ? steps : 0);
    part.bounds.reached(steps);
    part.fresh_of.push_back(static_cast<std::uint32_t>(fresh.size() - before));
    if (fresh.size() - looked_up >= kOnTheirWay) look_up();
  }
  look_up();
  part.is_first.assign(fresh.size(), 0);
}

void Crew::complete(Search& search, std::uint32_t first, Part& part) {
  Batch all(search.entry_words());
  std::vector<Number> row;
  std::size_t next = 0;
  auto left = part.left.begin();
  for (std::uint32_t i = 0; i < part.fresh_of.size(); ++i) {
    for (const std::size_t end = next + part.fresh_of[i]; next < end; ++next) std::copy_n(part.fresh.key(next), search.entry_words(), all.add(part.fresh.hash(next), part.fresh.parent(next)));
    if (left == part.left.end() || *left != first + i) continue;
    if (search.bounds().reached()) {
      part.fresh_of.resize(i), part.steps_of.resize(i), part.end = first + i;
      break;
    }
    search.row(*left, row);
    const std::size_t before = all.size();
    const std::uint64_t steps = search.each_step(row, [&](const Move&, const std::uint64_t* key) { search.note(all, key, *left); }, part.events);
    part.steps_of[i] = static_cast<std::uint32_t>(steps);
    search.bounds().reached(steps);
    std::size_t kept = before;
    for (std::size_t step = before; step < all.size(); ++step)
      if (search.store().find(all.key(step), all.hash(step)) == Store::kUnknown) all.move(step, kept++);
    all.shrink(kept);
    ++left;
  }
  part.fresh = std::move(all);
  part.is_first.assign(part.fresh.size(), 0);
}

void Crew::sieve(std::size_t which, std::size_t parts, const Search& search) {
  const std::size_t words = search.store().words();
  auto& [steps, table] = sieves_[which];
  steps.clear();
  for (std::uint32_t part = 0; part < parts; ++part) {
    const Batch& fresh = parts_[part].fresh;
    for (std::uint32_t i = 0; i < fresh.size(); ++i)
      if ((fresh.hash(i) & (sieves_.size() - 1)) == which) steps.push_back({part, i});
  }
  table.assign(std::bit_ceil(2 * steps.size() + 1), Sieve::kFree);
  const std::size_t mask = table.size() - 1;
  const auto key_of = [&](Sieve::Place place) { return parts_[place.part].fresh.key(place.step); };
  for (const Sieve::Place step : steps) {
    const std::uint64_t* key = key_of(step);
    std::size_t at = parts_[step.part].fresh.hash(step.step) >> 8 & mask;
    while (table[at].part != Sieve::kFree.part && !std::equal(key, key + words, key_of(table[at]))) at = (at + 1) & mask;
    if (table[at].part != Sieve::kFree.part) continue;
    table[at] = step;
    parts_[step.part].is_first[step.step] = 1;
  }
}

void Crew::take_in(Search& search, std::size_t parts, Watch& watch) {
  std::vector<std::uint32_t> ids{static_cast<std::uint32_t>(search.worlds())};  // of the first new world of each part
  for (std::size_t i = 0; i < parts; ++i) {
    const auto& is_first = parts_[i].is_first;
    ids.push_back(ids.back() + static_cast<std::uint32_t>(std::count(is_first.begin(), is_first.end(), 1)));
    search.count(std::accumulate(parts_[i].steps_of.begin(), parts_[i].steps_of.end(), std::uint64_t{0}));
  }
  const bool at_once = watch.separable() && !search.has_symmetry();
  std::vector<Watch> watches(at_once ? parts : 0, watch);
  search.make_room(ids.back() - ids.front(), [this](std::size_t count, const Work& work) { share(count, work); });
  share(parts, [&](std::size_t i, std::size_t) {
    const auto& [fresh, is_first] = std::tie(parts_[i].fresh, parts_[i].is_first);
    for (std::size_t step = 0; step < fresh.size(); ++step)
      if (is_first[step]) search.store().prefetch_slot(fresh.hash(step));
    std::uint32_t id = ids[i];
    for (std::size_t step = 0; step < fresh.size(); ++step)
      if (is_first[step]) search.add(id++, fresh, step);
    std::vector<Number> row;
    if (at_once)
      for (id = ids[i]; id < ids[i + 1]; ++id) search.row(id, row), watches[i].look(row, id);
  });
  for (const Watch& other : watches) watch.join(other);
  std::vector<Number> row;
  if (!at_once)
    for (std::uint32_t id = ids.front(); id < ids.back(); ++id) search.row(id, row), search.look(row, id, watch);
}

}  // namespace commitlab
