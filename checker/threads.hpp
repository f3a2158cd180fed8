// A search by several threads. They work out the steps of a block of worlds, look up what is known, and leave of each key that
// is new its first finder alone; what is left is numbered in the order in which one thread would have found it, and added by all.
// So counts, depth and witnesses are the same for any number of them.
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

  std::uint32_t expand(Search& search, std::uint32_t first, std::uint32_t last, Watch& watch) override;

 private:
  /// What one thread has found out about some worlds in a row.
  struct Part {
    Batch fresh{};                  // steps to worlds that the store does not know
    std::vector<std::uint8_t> is_first{};  // of each: no step before it leads to the same world
    std::vector<std::uint32_t> fresh_of{};  // of each world, how many
    std::vector<std::uint32_t> left{};     // worlds of which something was not known: left to one thread
    std::vector<std::uint32_t> steps_of{};  // of each world, how many, known or not
    std::uint32_t events = 0;
    std::uint32_t end = 0;                 // the first world of those that were left out as a bound was reached, or behind the last
    Bounds bounds{};
  };
  /// A table in which one thread finds out which steps of all parts lead to the same world.
  struct Sieve {
    struct Place {
      std::uint32_t part, step;
    };
    static constexpr Place kFree{0xffffffff, 0};
    std::vector<Place> steps{}, table{};
  };

  void explore(const Search& search, std::uint32_t first, std::uint32_t last, Part& part, Recent& recent) const;
  /// Works out what was left of a part, or of its first worlds.
  static void complete(Search& search, std::uint32_t first, Part& part);
  /// Of the steps whose keys fall to this sieve.
  void sieve(std::size_t which, std::size_t parts, const Search& search);
  /// Adds and looks at the worlds that are new.
  void take_in(Search& search, std::size_t parts, Watch& watch);
  /// Calls work once for each i below count, by all threads.
  void share(std::size_t count, const Work& work);
  void help(std::size_t thread);
  void wait_for(auto&& come);
  void wake();

  std::vector<Part> parts_;
  std::vector<Sieve> sieves_;
  std::vector<Recent> recent_;  // of each thread
  std::optional<std::uint64_t> packed_{};  // how often the rows had been packed that these are
  std::vector<std::thread> threads_;
  std::mutex mutex_;
  std::condition_variable news_;
  const Work* work_ = nullptr;
  std::size_t count_ = 0;
  std::atomic<std::size_t> next_{0}, busy_{0};
  std::atomic<std::uint64_t> round_{0};
  std::atomic<bool> over_ = false;
};

}  // namespace commitlab
