#include "commands/attended.hpp"

#include <algorithm>
#include <atomic>
#include <ostream>

#include "reports/progress_text.hpp"

namespace commitlab {

static std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler sets it");

extern "C" {
static void ask_to_stop(int) { stop = true; }
}

Attended::Attended(ProgressLine line) : line_(line) {
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
  if (line_.out != nullptr) method.progress = [this](const Progress& progress) { show(progress_text(progress)); };
}

// A terminal goes on to a next line behind its last column, and then nothing is written over: so one column less. What is left out is
// the end, part by part.
static std::string cut_to(std::string line, std::size_t width) {
  const std::size_t most = std::max<std::size_t>(width, 2) - 1;
  while (line.size() > most) {
    const std::size_t part = line.rfind(", ");
    if (part == line.npos) line.resize(most);
    else line.resize(part);
  }
  return line;
}

void Attended::show(const std::string& all) {
  const std::string line = cut_to(all, line_.width);
  if (line_.out == nullptr || (line.empty() && shown_ == 0)) return;
  const std::string blanks(shown_ > line.size() ? shown_ - line.size() : 0, ' ');
  *line_.out << '\r' << line << blanks << (line.empty() ? "\r" : "") << std::flush;
  shown_ = line.size();
}

}  // namespace commitlab
