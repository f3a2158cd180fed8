#include "checker/resident.hpp"

#include <algorithm>

#if defined(__linux__)
#include <fcntl.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#endif

namespace commitlab {

#if defined(__linux__)

namespace {

/// The number with which a small file begins, behind so many others; 0 if there is none.
std::uint64_t number_in(const char* path, int others) {
  const int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  char text[128];
  const ssize_t length = ::read(file, text, sizeof text);
  ::close(file);
  if (length <= 0) return 0;
  const char *at = text, *const end = text + length;
  for (; others > 0; --others) {
    at = static_cast<const char*>(std::memchr(at, ' ', static_cast<std::size_t>(end - at)));
    if (at == nullptr || ++at == end) return 0;
  }
  std::uint64_t number = 0;
  return std::from_chars(at, end, number).ec == std::errc() ? number : 0;
}

std::uint64_t page() { return static_cast<std::uint64_t>(std::max(::sysconf(_SC_PAGESIZE), 0L)); }

}  // namespace

std::uint64_t resident_bytes() {
  static const std::uint64_t bytes = page();
  return number_in("/proc/self/statm", 1) * bytes;
}

std::uint64_t machine_bytes() {
  std::uint64_t bytes = static_cast<std::uint64_t>(std::max(::sysconf(_SC_PHYS_PAGES), 0L)) * page();
  for (const char* limit : {"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"})  // "max": no limit
    if (const std::uint64_t allowed = number_in(limit, 0); allowed > 0) bytes = std::min(bytes, allowed);
  return bytes;
}

#else

std::uint64_t resident_bytes() { return 0; }
std::uint64_t machine_bytes() { return 0; }

#endif

void return_freed_memory() {
#if defined(__GLIBC__)
  malloc_trim(0);
#endif
}

}  // namespace commitlab
