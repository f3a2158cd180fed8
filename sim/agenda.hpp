// What is due, and when: small entries, first by virtual time, then by the order in which they were scheduled.
//
// An entry is in one of two places, whichever is cheaper, and the first of both is next. A short sorted list takes what is
// mostly due after all that it holds already, as a message is; a heap takes timers, few of which ever ring, and what the list has no
// room for.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "sim/delays.hpp"

namespace commitlab {

class Agenda {
 public:
  enum class Kind : std::uint8_t { script, begin, wake, recover, part, start, message, timer, report, act };

  /// `order` is unique: a serial number, and below it what is due.
  struct Entry {
    Nanoseconds at = 0;
    std::uint64_t order = 0;

    Kind kind() const { return static_cast<Kind>(order >> kWhichBits & 0xf); }
    std::uint32_t which() const { return static_cast<std::uint32_t>(order & ((1u << kWhichBits) - 1)); }
    friend bool operator==(const Entry&, const Entry&) = default;
    friend bool operator<(const Entry& a, const Entry& b) { return a.key() < b.key(); }

   private:
    Uint128 key() const { return Uint128{static_cast<std::uint64_t>(at)} << 64 | order; }  // no time is negative
  };
  static constexpr unsigned kWhichBits = 20;
  static constexpr std::uint64_t kMaxSerial = std::uint64_t{1} << (64 - kWhichBits - 4);

  void clear() {
    heap_.clear(), read_ = end_ = 0, serial_ = 0;
  }
  /// All that is scheduled, in no order.
  std::vector<Entry> entries() const {
    std::vector<Entry> all(list_.begin() + read_, list_.begin() + end_);
    all.insert(all.end(), heap_.begin(), heap_.end());
    return all;
  }
  bool empty() const { return read_ == end_ && heap_.empty(); }
  const Entry& first() const { return heap_is_next() ? heap_.front() : list_[read_]; }
  /// Everything scheduled so far, done or not; kMaxSerial is the limit.
  std::uint64_t serial() const { return serial_; }
  std::size_t reserved() const { return sizeof(list_) + heap_.capacity() * sizeof(Entry); }

  /// Takes a place in the order without scheduling anything yet.
  Entry entry(Nanoseconds at, Kind kind, std::uint32_t which) {
    assert(which < 1u << kWhichBits && serial_ < kMaxSerial);
    return {at, ++serial_ << (kWhichBits + 4) | static_cast<std::uint64_t>(kind) << kWhichBits | which};
  }
  void schedule(Nanoseconds at, Kind kind, std::uint32_t which) { push(entry(at, kind, which)); }

  /// Times and orders are moved by themselves: both at once, right after either has been written, would have to wait for that.
  void push(Entry entry) {
    if (entry.kind() == Kind::timer || end_ == kRoom) return push_heap(entry);
    Entry* place = &list_[end_++];
    for (const Entry* const first = &list_[read_]; place > first && entry < place[-1]; --place)
      place->at = place[-1].at, place->order = place[-1].order;
    place->at = entry.at, place->order = entry.order;
  }

  Entry pop() {
    if (heap_is_next()) return pop_heap();
    const Nanoseconds at = list_[read_].at;
    const std::uint64_t order = list_[read_].order;
    ++read_;
    if (read_ == end_) read_ = end_ = 0;
    else if (end_ == kRoom) close_up();
    return {at, order};
  }

 private:
  static constexpr std::uint32_t kRoom = 32;

  bool heap_is_next() const { return read_ == end_ || (!heap_.empty() && heap_.front() < list_[read_]); }
  [[gnu::noinline]] void close_up() {
    std::copy(list_.begin() + read_, list_.begin() + end_, list_.begin());
    end_ -= read_, read_ = 0;
  }

  [[gnu::noinline]] void push_heap(Entry entry) {
    std::size_t place = heap_.size();
    heap_.push_back(entry);
    while (place > 0) {
      const std::size_t parent = (place - 1) / 4;
      if (!(entry < heap_[parent])) break;
      heap_[place] = heap_[parent];
      place = parent;
    }
    heap_[place] = entry;
  }
  [[gnu::noinline]] Entry pop_heap() {
    const Entry first = heap_.front(), last = heap_.back();
    heap_.pop_back();
    const std::size_t size = heap_.size();
    if (size == 0) return first;
    std::size_t place = 0;
    while (4 * place + 1 < size) {
      const std::size_t child = least_child(place, size);
      if (!(heap_[child] < last)) break;
      heap_[place] = heap_[child];
      place = child;
    }
    heap_[place] = last;
    return first;
  }
  std::size_t least_child(std::size_t place, std::size_t size) const {
    std::size_t least = 4 * place + 1;
    const std::size_t end = size < least + 4 ? size : least + 4;
    for (std::size_t child = least + 1; child < end; ++child)
      if (heap_[child] < heap_[least]) least = child;
    return least;
  }

  std::array<Entry, kRoom> list_{};  // ascending, from place `read_` to place `end_`
  std::vector<Entry> heap_{};
  std::uint32_t read_ = 0, end_ = 0;
  std::uint64_t serial_ = 0;
};

}  // namespace commitlab
