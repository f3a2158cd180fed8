// Memory in large pieces: on Linux in huge pages, as a search reads it at random.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <vector>

#include "checker/archive.hpp"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace commitlab {

/// Asks for memory that will soon be read.
inline void prefetch(const void* where) {
#if defined(__GNUC__)
  __builtin_prefetch(where);
#else
  (void)where;
#endif
}

/// Memory for so many bytes, freed by std::free.
inline void* take_pages(std::size_t bytes) {
  constexpr std::size_t kHuge = std::size_t{2} << 20;
  const bool large = bytes >= kHuge;
  const std::size_t alignment = large ? kHuge : std::size_t{64};
  void* memory = std::aligned_alloc(alignment, (bytes + alignment - 1) / alignment * alignment);
  if (memory == nullptr) throw std::bad_alloc();
#if defined(__linux__)
  if (large) madvise(memory, bytes, MADV_HUGEPAGE);  // advice: whether it is taken changes nothing but the time
#endif
  return memory;
}

/// The same for a list that grows.
template <class T>
struct PagesFor {
  using value_type = T;
  PagesFor() = default;
  template <class U>
  PagesFor(const PagesFor<U>&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(take_pages(count * sizeof(T))); }
  void deallocate(T* memory, std::size_t) { std::free(memory); }
  friend bool operator==(const PagesFor&, const PagesFor&) { return true; }
};
template <class T>
using LongList = std::vector<T, PagesFor<T>>;

/// An array that never moves. What it holds at first is undefined.
template <class T>
class Pages {
 public:
  Pages() = default;
  explicit Pages(std::size_t count) : data_(static_cast<T*>(take_pages(count * sizeof(T)))), count_(count) {}
  T* data() { return data_.get(); }
  const T* data() const { return data_.get(); }
  T& operator[](std::size_t i) { return data_.get()[i]; }
  const T& operator[](std::size_t i) const { return data_.get()[i]; }
  std::size_t size() const { return count_; }
  std::uint64_t bytes() const { return count_ * sizeof(T); }

 private:
  struct Free {
    void operator()(T* memory) const { std::free(memory); }
  };
  std::unique_ptr<T, Free> data_;
  std::size_t count_ = 0;
};

/// Rows of `stride` values each, numbered from 0: they never move, and no more is taken from the system than they need.
template <class T, std::size_t kPieceBits = 18>
class Column {
 public:
  /// The first rows may be some that are not held: rows before `first`.
  explicit Column(std::size_t stride = 1, std::size_t first = 0) : stride_(stride), first_(first), size_(first), released_(first >> kPieceBits), pieces_(released_) {}

  /// Room for one more row.
  T* append() {
    if (size_ >> kPieceBits == pieces_.size()) pieces_.emplace_back(kPiece * stride_);
    return (*this)[size_++];
  }
  /// The same for so many.
  void extend(std::size_t count) {
    size_ += count;
    while (pieces_.size() << kPieceBits < size_) pieces_.emplace_back(kPiece * stride_);
  }
  T* operator[](std::size_t i) { return pieces_[i >> kPieceBits].data() + (i & kPieceMask) * stride_; }
  const T* operator[](std::size_t i) const { return pieces_[i >> kPieceBits].data() + (i & kPieceMask) * stride_; }
  std::size_t size() const { return size_; }
  std::size_t first() const { return first_; }
  std::size_t stride() const { return stride_; }
  std::uint64_t bytes() const { return (size_ - first_) * stride_ * sizeof(T); }
  /// No earlier row is needed any more.
  void release_before(std::size_t i) {
    for (first_ = i; released_ < i >> kPieceBits; ++released_) pieces_[released_] = {};
  }

  void persist(Archive& archive) {
    std::size_t stride = stride_, first = first_, size = size_;
    archive.value(stride), archive.value(first), archive.value(size);
    archive.require(stride == stride_ && first <= size && size <= UINT32_MAX);
    if (archive.failed() || (archive.reads() && !archive.expect((size - first) * stride * sizeof(T)))) return;
    if (archive.reads()) *this = Column(stride, first, size);
    for (std::size_t i = first_; i < size_ && !archive.failed();) {
      const std::size_t end = std::min(((i >> kPieceBits) + 1) << kPieceBits, size_);
      if (archive.reads()) pieces_.emplace_back(kPiece * stride_);
      archive.raw((*this)[i], (end - i) * stride_ * sizeof(T));
      i = end;
    }
  }

 private:
  Column(std::size_t stride, std::size_t first, std::size_t size) : Column(stride, first) { size_ = size; }

  static constexpr std::size_t kPiece = std::size_t{1} << kPieceBits, kPieceMask = kPiece - 1;
  std::size_t stride_, first_, size_, released_;  // released_: pieces
  std::vector<Pages<T>> pieces_;
};

}  // namespace commitlab
