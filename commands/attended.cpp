#include "commands/attended.hpp"

#include <atomic>
#include <ostream>

#include "reports/progress_text.hpp"

namespace commitlab {

static std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" {
static void ask_to_stop(int) { stop = true; }
}

Attended::Attended(std::ostream* err) : err_(err) {
  stop = false;
  struct sigaction once {};
  once.sa_handler = ask_to_stop;
  once.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &once, &interrupt_before_);
  sigaction(SIGTERM, &once, &terminate_before_);
}

Attended::~Attended() {
  show("");
  sigaction(SIGINT, &interrupt_before_, nullptr);
  sigaction(SIGTERM, &terminate_before_, nullptr);
}

bool Attended::stopped() const { return stop; }

void Attended::attend(Method& method) {
  method.interrupt = &stop;
  if (err_ != nullptr) method.progress = [this](const Progress& progress) { show(progress_text(progress)); };
}

void Attended::show(const std::string& line) {
  if (err_ == nullptr || (line.empty() && shown_ == 0)) return;
  const std::string blanks(shown_ > line.size() ? shown_ - line.size() : 0, ' ');
  *err_ << '\r' << line << blanks << (line.empty() ? "\r" : "") << std::flush;
  shown_ = line.size();
}

}  // namespace commitlab
