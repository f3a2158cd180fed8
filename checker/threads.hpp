// A search by several threads. They look up what is known, each a part of a block of worlds; what is new is then taken in
// the order in which one thread would have found it. So counts, depth and witnesses are the same for any number of them.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "checker/search.hpp"

namespace commitlab {

class Crew final : public Expansion {
 public:
  explicit Crew(unsigned threads);
  ~Crew() override;
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

  void expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) override;

 private:
  /// What one thread has found out about some worlds in a row.
  struct Part {
    Steps::Batch fresh{};  // steps to worlds that the store did not know
    struct World {
      std::uint32_t fresh, steps;
      bool known;  // all of its steps: the others are left to one thread
    };
    std::vector<World> worlds{};
    std::uint32_t events = 0;
  };

  void explore(const Search& search, std::uint32_t first, std::uint32_t last, Part& part) const;
  void look(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch);
  /// Calls work(i) once for each i below count, by all threads.
  void share(std::size_t count, const std::function<void(std::size_t)>& work);
  void help();

  std::vector<Part> parts_;
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable begin_, end_;
  const std::function<void(std::size_t)>* work_ = nullptr;
  std::size_t count_ = 0, busy_ = 0;
  std::uint64_t round_ = 0;
  std::atomic<std::size_t> next_{0};
  bool over_ = false;
};

}  // namespace commitlab
