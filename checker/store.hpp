// The set of worlds already seen, each by a key of so many words: every bit of every key is kept and compared. Where the key
// is the packed row none is ever missed.
#pragma once

#include <algorithm>
#include <atomic>
#include <cassert>
#include <cstring>
#include <functional>
#include <vector>

#include "checker/pages.hpp"
#include "checker/packing.hpp"

namespace commitlab {

/// Calls work(i, thread) once for each i below count: by one thread, or by several at once.
using Work = std::function<void(std::size_t i, std::size_t thread)>;
using Sharing = std::function<void(std::size_t count, const Work& work)>;

class Store {
 public:
  explicit Store(std::size_t words) : rows_(words), table_(kFewestSlots) { clear(table_), make_way(); }

  static constexpr std::uint32_t kUnknown = 0xffffffff;
  /// How many worlds have room, with some to spare for those that one more block of steps adds.
  static constexpr std::uint64_t kMost = 4'000'000'000;

  struct Place {
    std::uint32_t id;
    bool fresh;
  };
  /// Ids count up from 0 in the order of arrival. `hash` must be that of the key.
  Place insert(const std::uint64_t* key, std::uint64_t hash) {
    for (std::size_t at = home(hash);; at = (at + 1) & (table_.size() - 1)) {
      const Slot slot = table_[at];
      if (slot.id == kUnknown) {
        const auto fresh = static_cast<std::uint32_t>(size());
        table_[at] = {fresh, tag(hash)};
        append(key);
        if (size() + 1 > room_) grow();
        return {fresh, true};
      }
      if (slot.tag == tag(hash) && equal(key, row(slot.id))) return {slot.id, false};
    }
  }
  std::uint32_t find(const std::uint64_t* key, std::uint64_t hash) const {
    for (std::size_t at = home(hash);; at = (at + 1) & (table_.size() - 1)) {
      const Slot slot = table_[at];
      if (slot.id == kUnknown || (slot.tag == tag(hash) && equal(key, row(slot.id)))) return slot.id;
    }
  }
  /// A search asks for random memory twice. Both can be on their way while it does something else: first its slot ...
  void prefetch_slot(std::uint64_t hash) const { prefetch(table_.data() + home(hash)); }
  /// ... then the row that the slot names.
  void prefetch_row(std::uint64_t hash) const {
    for (std::size_t at = home(hash);; at = (at + 1) & (table_.size() - 1)) {
      const Slot slot = table_[at];
      if (slot.id == kUnknown) return;
      if (slot.tag == tag(hash)) return prefetch(row(slot.id));
    }
  }

  /// Several threads can add worlds at once that the store does not know, and that differ: once there is room for them ...
  void make_room(std::size_t count, const Sharing& share) {
    if (grows_with(count)) rebuild(slots_for(count), share);
    rows_.extend(count);
  }
  /// ... each is added with an id of its own, from the size before on.
  void add(std::uint32_t id, const std::uint64_t* key, std::uint64_t hash) {
    std::copy_n(key, words(), rows_[id]);
    claim(id, hash);
  }

  /// Would its table have to grow for so many more?
  bool grows_with(std::size_t count) const { return size() + count + 1 > room_; }
  /// Bytes of the table that it would get then: the old one is freed before.
  std::uint64_t bytes_with(std::size_t count) const { return slots_for(count) * sizeof(Slot); }
  /// A search that ends soon needs no larger table: up to so many more find a slot in this one, if it is large. Lookups get slow.
  void stay_small(std::size_t count) {
    const std::size_t most = table_.size() - table_.size() / 16;
    if (size() + count + 1 <= most) room_ = most;
  }

  std::size_t size() const { return rows_.size(); }
  std::size_t words() const { return rows_.stride(); }
  const std::uint64_t* row(std::uint32_t id) const { return rows_[id]; }

  /// The same worlds with the same ids, each packed anew by repack(old key, new key).
  void repack(std::size_t words, auto&& repack) {
    Column<std::uint64_t> packed(words);
    for (std::size_t id = 0; id < size(); ++id) {
      rows_.release_before(id);
      repack(rows_[id], packed.append());
    }
    rows_ = std::move(packed);
    rebuild(table_.size());
  }

  /// 0, unless what was read is not sound.
  std::size_t first() const { return rows_.first(); }
  std::uint64_t footprint() const { return table_.bytes() + rows_.bytes(); }
  void persist(Archive& archive) {
    rows_.persist(archive);
    archive.require(rows_.first() == 0);
    if (!archive.reads() || archive.failed()) return;
    room_ = 0;
    rebuild(slots_for(0, kFewestSlots));
  }

  std::uint64_t hash_of(const std::uint64_t* key) const {
    std::uint64_t hash = 0x9e3779b97f4a7c15;
    for (std::size_t i = 0; i < words(); ++i) {
      hash = (hash ^ key[i]) * 0xbf58476d1ce4e5b9;
      hash ^= hash >> 32;
    }
    hash *= 0x94d049bb133111eb;
    return hash ^ hash >> 29;
  }

 private:
  struct alignas(8) Slot {
    std::uint32_t id;
    std::uint32_t tag;  // half of the hash: nearly all strangers are told apart without a look at their rows
  };

  static constexpr std::size_t kFewestSlots = std::size_t{1} << 12;

  static std::uint32_t tag(std::uint64_t hash) { return static_cast<std::uint32_t>(hash); }
  std::size_t home(std::uint64_t hash) const { return static_cast<std::size_t>(hash >> 32) & (table_.size() - 1); }
  bool equal(const std::uint64_t* a, const std::uint64_t* b) const {
    std::uint64_t differ = 0;
    for (std::size_t i = 0; i < words(); ++i) differ |= a[i] ^ b[i];
    return differ == 0;
  }
  static void clear(Pages<Slot>& table) { std::memset(static_cast<void*>(table.data()), 0xff, table.bytes()); }

  void append(const std::uint64_t* key) {
    std::uint64_t* row = rows_.append();
    for (std::size_t i = 0; i < words(); ++i) row[i] = key[i];
  }
  std::size_t slots_for(std::size_t count) const { return slots_for(count, table_.size()); }
  std::size_t slots_for(std::size_t count, std::size_t slots) const {
    while (4 * (size() + count + 1) > 3 * slots) slots *= 2;
    return slots;
  }
  void make_way() { room_ = table_.size() / 4 * 3; }
  void grow() { rebuild(2 * table_.size()); }
  void rebuild(std::size_t slots) {
    table_ = {};
    table_ = Pages<Slot>(slots);
    clear(table_), make_way();
    each_hash(0, size(), [&](std::uint32_t id, std::uint64_t hash) {
      std::size_t at = home(hash);
      while (table_[at].id != kUnknown) at = (at + 1) & (table_.size() - 1);
      table_[at] = {id, tag(hash)};
    });
  }
  void rebuild(std::size_t slots, const Sharing& share) {
    if (size() < kSmall) return rebuild(slots);
    table_ = {};
    table_ = Pages<Slot>(slots);
    make_way();
    share(kShares, [&](std::size_t i, std::size_t) { std::memset(static_cast<void*>(table_.data() + slots / kShares * i), 0xff, slots / kShares * sizeof(Slot)); });
    share(kShares, [&](std::size_t i, std::size_t) {
      each_hash(size() * i / kShares, size() * (i + 1) / kShares, [&](std::uint32_t id, std::uint64_t hash) { claim(id, hash); });
    });
  }
  /// In a table that is large enough, and from which nobody reads meanwhile: where a world comes to lie depends on who was
  /// first, and nothing on that.
  void claim(std::uint32_t id, std::uint64_t hash) {
    for (std::size_t at = home(hash);; at = (at + 1) & (table_.size() - 1)) {
      const std::atomic_ref slot(table_[at]);
      Slot free = slot.load(std::memory_order_relaxed);
      if (free.id == kUnknown && slot.compare_exchange_strong(free, {id, tag(hash)}, std::memory_order_relaxed)) return;
    }
  }
  /// Of these worlds, while their slots are on their way.
  void each_hash(std::size_t first, std::size_t last, auto&& visit) const {
    constexpr std::size_t kAhead = 16;
    std::uint64_t ahead[kAhead];
    for (std::size_t id = first; id < last + kAhead; ++id) {
      if (id >= first + kAhead) visit(static_cast<std::uint32_t>(id - kAhead), ahead[id % kAhead]);
      if (id >= last) continue;
      ahead[id % kAhead] = hash_of(row(static_cast<std::uint32_t>(id)));
      prefetch_slot(ahead[id % kAhead]);
    }
  }

  static constexpr std::size_t kShares = 64, kSmall = 1u << 16;  // the table has a multiple of so many slots

  Column<std::uint64_t> rows_;
  Pages<Slot> table_;  // open addressing, linear probes, a power of two, at most three quarters full but at the end
  std::size_t room_ = 0;  // worlds that find a slot before it grows
};

}  // namespace commitlab
