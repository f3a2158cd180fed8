#include "checker/fingerprint.hpp"

#include <boost/multiprecision/cpp_int.hpp>

namespace commitlab {

namespace {

using Integer = boost::multiprecision::cpp_int;

/// A fraction below one with two digits, rounded up: "4.2e-11".
std::string rounded_up(Integer numerator, const Integer& denominator) {
  if (numerator == 0) return "0";
  unsigned tens = 0;
  for (; numerator < denominator; numerator *= 10) ++tens;
  numerator *= 10;
  numerator += denominator;
  numerator -= 1;
  numerator /= denominator;
  auto digits = static_cast<unsigned>(numerator);
  if (digits == 100) digits = 10, --tens;  // it was nearly ten
  return std::to_string(digits / 10) + "." + std::to_string(digits % 10) + "e-" + std::to_string(tens);
}

}  // namespace

std::string odds_of_omission(std::uint64_t worlds, unsigned bits) {
  Integer pairs = worlds, all = 1;
  pairs *= worlds == 0 ? 0 : worlds - 1;
  all <<= bits + 1;
  const std::string n = std::to_string(worlds), odds = pairs < all ? rounded_up(pairs, all) : "1";
  return "only " + std::to_string(bits) + " bits of each of " + n + " worlds were kept: the odds that any was missed are at most " + n + " x (" + n + " - 1) / 2^" +
         std::to_string(bits + 1) + " = " + odds;
}

}  // namespace commitlab
