// Bounds of time and memory: what is counted comes first and repeats, the process stands behind it, and what is reached stays reached.
#include "checker/bounds.hpp"

#include <string>
#include <vector>

#include "checker/resident.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

/// As if the verb had begun so long ago.
Beginning ago(double seconds, std::uint64_t resident = 0) {
  return {.at = Bounds::Clock::now() - std::chrono::duration_cast<Bounds::Clock::duration>(std::chrono::duration<double>(seconds)), .resident = resident};
}

}  // namespace

TEST_CASE("time counts from when the verb began, whoever asks") {
  Limits limits{.seconds = 5, .began = ago(4)};
  CHECK_FALSE(Bounds(limits).look());
  CHECK(Bounds(limits).seconds_left() <= 1);
  limits.began = ago(6);
  Bounds first(limits), second(limits);
  CHECK(first.reached());  // the first call looks
  CHECK(first.reason() == "the time limit was reached");
  CHECK(second.look());
  limits.began.reset();
  CHECK_FALSE(Bounds(limits).look());  // alone, from its own beginning
}

TEST_CASE("a search that goes on counts the time before") {
  Bounds bounds({.seconds = 5});
  CHECK_FALSE(bounds.look());
  bounds.count_before(6);
  CHECK(bounds.look());
}

TEST_CASE("bounds are looked at every so often, by the work done") {
  std::atomic<bool> interrupt = false;
  Bounds bounds({}, &interrupt);
  CHECK_FALSE(bounds.reached());
  interrupt = true;
  int calls = 0;
  while (!bounds.reached()) ++calls;
  CHECK(calls == 255);
  CHECK(bounds.reason() == "interrupted");
  Bounds heavy({}, &interrupt);
  interrupt = false;
  CHECK_FALSE(heavy.reached());
  interrupt = true;
  CHECK_FALSE(heavy.reached(255));
  CHECK(heavy.reached(4096));
}

TEST_CASE("what is held is compared before it grows, and a bound that is reached stays so") {
  Bounds bounds({.worlds = 10, .bytes = 1000});
  CHECK_FALSE(bounds.pass(1000));
  CHECK_FALSE(bounds.pass_worlds(10));
  CHECK(bounds.pass(1001));
  CHECK(bounds.pass(0));
  CHECK(bounds.pass_worlds(11));
  CHECK(bounds.reason() == "the memory limit was reached");
  Bounds worlds({.worlds = 10});
  CHECK(worlds.pass_worlds(11));
  CHECK(worlds.reason() == "the limit of 10 worlds was reached");
  Bounds other;
  other.take(worlds);
  CHECK(other.is_reached());
}

TEST_CASE("memory that nobody counts is that of the process, from the size it had when the verb began") {
  if (resident_bytes() == 0) return;  // this system does not say
  constexpr std::uint64_t kMega = std::uint64_t{1} << 20;
  const Limits limits{.bytes = 16 * kMega, .began = Beginning::now()};
  Bounds bounds(limits);
  CHECK_FALSE(bounds.pass_with(8 * kMega));
  {
    Bounds ahead(limits);
    CHECK(ahead.pass_with(17 * kMega));  // more than all that is allowed
  }
  std::vector<char> much(64 * kMega, 'x');
  CHECK(resident_bytes() >= much.size());
  CHECK(bounds.pass_with(0));
  Bounds alone({.bytes = 16 * kMega});
  CHECK_FALSE(alone.pass_with(0));  // without a verb only what is counted bounds
  much = std::vector<char>();
  return_freed_memory();
  CHECK_FALSE(Bounds(limits).pass_with(0));
}

TEST_CASE("the machine has memory") {
  if (machine_bytes() == 0) return;
  CHECK(machine_bytes() > resident_bytes());
}

}  // namespace commitlab
