#include "checker/bounds.hpp"

#include "checker/resident.hpp"

namespace commitlab {

namespace {

constexpr auto kBetweenLooksAtMemory = std::chrono::milliseconds(4);
/// What the process may take beside what is counted: a sixteenth, and what any program has.
constexpr std::uint64_t beside(std::uint64_t bytes) { return bytes / 16 + (std::uint64_t{16} << 20); }

}  // namespace

Beginning Beginning::now() {
  return_freed_memory();  // it would hide as much of what is taken later
  return {std::chrono::steady_clock::now(), resident_bytes()};
}

Bounds::Bounds(const Limits& limits, const std::atomic<bool>* interrupt)
    : limits_(limits), interrupt_(interrupt), begin_(limits.began ? limits.began->at : Clock::now()), next_look_at_memory_(begin_) {}

bool Bounds::look() {
  if (why_ != Why::none) return true;
  left_ = kBetweenLooks;
  const auto now = Clock::now();
  if (interrupt_ != nullptr && interrupt_->load(std::memory_order_relaxed)) why_ = Why::interrupt;
  else if (seconds_before_ + std::chrono::duration<double>(now - begin_).count() > limits_.seconds) why_ = Why::time;
  else if (now >= next_look_at_memory_) {
    next_look_at_memory_ = now + kBetweenLooksAtMemory;
    if (too_large(0)) why_ = Why::memory;
  }
  return why_ != Why::none;
}

/// Memory that was freed and not given back says nothing of what is needed.
bool Bounds::too_large(std::uint64_t more) {
  if (!limits_.began || limits_.began->resident == 0) return false;
  const std::uint64_t most = limits_.began->resident + limits_.bytes + beside(limits_.bytes);
  if (resident_bytes() + more <= most) return false;
  return_freed_memory();
  return resident_bytes() + more > most;
}

bool Bounds::pass(std::uint64_t held) {
  if (why_ == Why::none && held > limits_.bytes) why_ = Why::memory;
  return why_ != Why::none;
}

bool Bounds::pass_with(std::uint64_t more) {
  if (why_ == Why::none && (more > limits_.bytes || too_large(more))) why_ = Why::memory;
  return why_ != Why::none;
}

bool Bounds::pass_uncounted(std::uint64_t held) {
  if (why_ != Why::none || !limits_.began || limits_.began->resident == 0) return why_ != Why::none;
  const std::uint64_t resident = resident_bytes(), counted = limits_.began->resident + held + beside(limits_.bytes);
  return pass_with(resident > counted ? resident - counted : 0);
}

bool Bounds::pass_worlds(std::uint64_t worlds) {
  if (why_ == Why::none && worlds > limits_.worlds) why_ = Why::worlds;
  return why_ != Why::none;
}

void Bounds::take(const Bounds& other) {
  if (why_ == Why::none) why_ = other.why_;
}

std::string Bounds::reason() const {
  switch (why_) {
    case Why::none: return "";
    case Why::worlds: return "the limit of " + std::to_string(limits_.worlds) + " worlds was reached";
    case Why::time: return "the time limit was reached";
    case Why::memory: return "the memory limit was reached";
    case Why::interrupt: return kInterrupted;
  }
  return "";
}

}  // namespace commitlab
