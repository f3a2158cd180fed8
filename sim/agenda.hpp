// What is due, and when: a heap of small entries, first by virtual time, then by the order in which they were scheduled.
#pragma once

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
    friend bool operator<(const Entry& a, const Entry& b) { return a.at != b.at ? a.at < b.at : a.order < b.order; }
  };
  static constexpr unsigned kWhichBits = 20;
  static constexpr std::uint64_t kMaxSerial = std::uint64_t{1} << (64 - kWhichBits - 4);

  void clear() { heap_.clear(), serial_ = 0; }
  /// All that is scheduled, in no order.
  const std::vector<Entry>& entries() const { return heap_; }
  bool empty() const { return heap_.empty(); }
  const Entry& first() const { return heap_.front(); }
  /// Everything scheduled so far, done or not; kMaxSerial is the limit.
  std::uint64_t serial() const { return serial_; }
  std::size_t reserved() const { return heap_.capacity() * sizeof(Entry); }

  /// Takes a place in the order without scheduling anything yet.
  Entry entry(Nanoseconds at, Kind kind, std::uint32_t which) {
    assert(which < 1u << kWhichBits && serial_ < kMaxSerial);
    return {at, ++serial_ << (kWhichBits + 4) | static_cast<std::uint64_t>(kind) << kWhichBits | which};
  }
  void schedule(Nanoseconds at, Kind kind, std::uint32_t which) { push(entry(at, kind, which)); }

  void push(const Entry& entry) {
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

  Entry pop() {
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

 private:
  std::size_t least_child(std::size_t place, std::size_t size) const {
    std::size_t least = 4 * place + 1;
    const std::size_t end = size < least + 4 ? size : least + 4;
    for (std::size_t child = least + 1; child < end; ++child)
      if (heap_[child] < heap_[least]) least = child;
    return least;
  }

  std::vector<Entry> heap_{};
  std::uint64_t serial_ = 0;
};

}  // namespace commitlab
