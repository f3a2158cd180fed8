// What trying again is worth under the product rule: the whole transaction, or each participant's own work before it votes.
#pragma once

#include <span>
#include <string>

namespace commitlab {

class Rational;

/// Up to `tries` tries, independent of each other. Chances are exact; expectations count calls of participants, each of which does its
/// work once.
struct Retries {
  unsigned tries = 1;
  std::string once, whole, selective;           // chances of a commit: decimals of at most 10 digits
  std::string whole_exact, selective_exact;     // the same as they are
  std::string whole_calls, selective_calls;     // expected
};

/// The whole transaction up to k times: 1 - (1 - p1 x ... x pn)^k. Each participant up to k times: the product of all
/// 1 - (1 - pi)^k, which is never smaller. Needs 1 <= tries <= 1000.
Retries retries(std::span<const Rational> chances, unsigned tries);

}  // namespace commitlab
