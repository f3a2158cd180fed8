#include "checker/share_work.hpp"

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

namespace commitlab {

void share_work(unsigned threads, std::uint64_t count, const std::function<void(std::uint64_t)>& work) {
  std::atomic<std::uint64_t> next = 0;
  std::exception_ptr thrown;
  std::mutex mutex;
  const auto take = [&] {
    try {
      for (std::uint64_t i; (i = next++) < count;) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(mutex);
      if (!thrown) thrown = std::current_exception();
    }
  };
  std::vector<std::jthread> others;
  for (unsigned thread = 1; thread < std::min<std::uint64_t>(threads, count); ++thread) others.emplace_back(take);
  take();
  others.clear();
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace commitlab
