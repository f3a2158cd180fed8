// What long work may take: worlds, time and memory, and whether somebody wants it to end. Asked in innermost loops, where it costs a subtraction.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

#include "checker/limits.hpp"

namespace commitlab {

inline constexpr const char* kInterrupted = "interrupted";

/// Once a bound is reached it stays reached, whatever is freed later. A value of one thread: each thread asks a copy of its own.
class Bounds {
 public:
  using Clock = std::chrono::steady_clock;

  /// Time counts from when the verb began, or, without one, from now. `interrupt`, if there is one, must live as long as this.
  explicit Bounds(const Limits& limits = {}, const std::atomic<bool>* interrupt = nullptr);

  /// Is a bound of time or memory reached, or has somebody interrupted? Looks only every so often: `work` says how much was
  /// done since the last call, in steps or in what takes as long as one. The first call looks.
  bool reached(std::uint64_t work = 1) {
    if (why_ != Why::none) return true;
    if (work < left_) return left_ -= work, false;
    return look();
  }
  /// The same, and looks now.
  bool look();
  /// As was seen so far: looks at nothing.
  bool is_reached() const { return why_ != Why::none; }
  /// "the time limit was reached"; empty as long as none is.
  std::string reason() const;

  /// To be asked with all that is counted, and before a large growth with what is held while old and new are there together:
  /// true, and reached for good, if that is more than the limit. The same whenever it is asked, as far as `held` is.
  bool pass(std::uint64_t held);
  /// Before a growth that nobody counts: would it take the process past the limit?
  bool pass_with(std::uint64_t more);
  /// With so much that is counted: what nobody counts may be a list that is soon copied into one twice as long.
  bool pass_uncounted(std::uint64_t held);
  /// True, and reached for good, if these are more worlds than the limit.
  bool pass_worlds(std::uint64_t worlds);
  /// Reached from now on, for what another has seen.
  void take(const Bounds& other);
  /// Time that was used before these bounds were made, by a search that goes on from a checkpoint.
  void count_before(double seconds) { seconds_before_ = seconds; }

  const Limits& limits() const { return limits_; }
  double seconds_left() const { return limits_.seconds - seconds(); }
  double seconds() const { return seconds_before_ + std::chrono::duration<double>(Clock::now() - begin_).count(); }

 private:
  enum class Why : std::uint8_t { none, worlds, time, memory, interrupt };
  static constexpr std::uint64_t kBetweenLooks = 256;

  bool too_large(std::uint64_t more);

  Limits limits_;
  const std::atomic<bool>* interrupt_;
  Clock::time_point begin_, next_look_at_memory_;
  double seconds_before_ = 0;
  std::uint64_t left_ = 0;
  Why why_ = Why::none;
};

}  // namespace commitlab
