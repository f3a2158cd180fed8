#include "checker/retries.hpp"

#include "checker/rational.hpp"

namespace commitlab {
namespace {

Rational power(const Rational& base, unsigned exponent) {
  Rational result = 1;
  for (unsigned i = 0; i < exponent; ++i) result *= base;
  return result;
}

/// That one of so many tries works out.
Rational in_the_end(const Rational& chance, unsigned tries) { return 1 - power(1 - chance, tries); }

/// How many of them are made: the next only if all before it failed.
Rational tries_made(const Rational& chance, unsigned tries) { return chance == 0 ? Rational(tries) : in_the_end(chance, tries) / chance; }

}  // namespace

Retries retries(std::span<const Rational> chances, unsigned tries) {
  constexpr int kDigits = 10;
  const Rational once = product(chances), whole = in_the_end(once, tries);
  Rational selective = 1, selective_calls = 0;
  for (const Rational& chance : chances) selective *= in_the_end(chance, tries), selective_calls += tries_made(chance, tries);
  const Rational whole_calls = Rational(chances.size()) * tries_made(once, tries);
  return {.tries = tries,
          .once = decimal_text(once, kDigits),
          .whole = decimal_text(whole, kDigits),
          .selective = decimal_text(selective, kDigits),
          .whole_exact = exact_text(whole),
          .selective_exact = exact_text(selective),
          .whole_calls = decimal_text(whole_calls, kDigits),
          .selective_calls = decimal_text(selective_calls, kDigits)};
}

}  // namespace commitlab
