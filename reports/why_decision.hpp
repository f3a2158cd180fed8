// Who took which decision, on what, and what stands behind that: back to the first timeout, return, refusal or stale message.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "reports/why_account.hpp"

namespace commitlab {

/// A decision where it was taken.
struct Taken {
  std::size_t line = 0;
  int node = 0;
  bool commit = false;
};

/// Of one transaction: the first of each node and each kind, in their order.
std::vector<Taken> decisions(const Account& account, int transaction);

/// Tells decisions, each with its causes, and no cause twice.
class Decisions {
 public:
  explicit Decisions(Account& account) : account_(account) {}

  /// "alice aborted at step 9 on a timeout, because precommit from the coordinator had not reached alice: ..."
  std::string tell(const Taken& taken);

 private:
  std::string on_what(std::size_t i);    // " on a timeout"
  std::string behind(std::size_t i);     // ", because ..."
  std::string chain(std::size_t i);      // of the message that arrives there
  std::string root(std::size_t i);       // "a timeout of alice at step 9", with what is behind it
  std::string odd(std::size_t i);        // what is not in order with the message that arrives there: stale, or the second of two
  std::string log_found(std::size_t i);  // by a node that comes back
  std::string heard(std::size_t i);      // last, before a timer fired

  Account& account_;
  std::set<std::size_t> explained_{};  // lines
};

}  // namespace commitlab
