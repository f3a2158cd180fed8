// A search, or other long work, while it runs: a line on standard error says how far it is, and a signal ends it in order.
#pragma once

#include <csignal>
#include <iosfwd>
#include <string>

#include "checker/verdict.hpp"
#include "commands/session.hpp"

namespace commitlab {

/// From its making to its end, SIGINT and SIGTERM stop the searches that it attends, which are inconclusive then; a second
/// signal does what it always does. One at a time.
class Attended {
 public:
  /// The line is erased in the end.
  explicit Attended(ProgressLine line);
  ~Attended();
  Attended(const Attended&) = delete;
  Attended& operator=(const Attended&) = delete;

  /// A search by this method is attended, as long as this lives.
  void attend(Method& method);

  /// Whether a signal has come.
  bool stopped() const;
  /// The line from now on, as much of it as there are columns; empty: none.
  void show(const std::string& line);

 private:
  ProgressLine line_;
  std::size_t shown_ = 0;  // characters of the line
  struct sigaction interrupt_before_ {}, terminate_before_ {};
};

}  // namespace commitlab
