// Trying again, by closed forms and by a count of all that can happen.
#include "checker/retries.hpp"

#include <vector>

#include "checker/rational.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

Rational read(const std::string& text) { return rational_from(text).value(); }

/// Chance of success and expected tries, by the tree of all tries.
struct Tree {
  Rational success, tries;
};
Tree tree(const Rational& chance, unsigned left) {
  if (left == 0) return {0, 0};
  const Tree later = tree(chance, left - 1);
  return {chance + (1 - chance) * later.success, 1 + (1 - chance) * later.tries};
}

}  // namespace

TEST_CASE("three participants of 0.9 and three tries: once 0.729, all again 0.980097, each by itself 0.997003") {
  const std::vector<Rational> chances(3, Rational(9, 10));
  const Retries three = retries(chances, 3);
  CHECK(three.once == "0.729");
  CHECK(three.whole_exact == "0.980097489");
  CHECK(three.selective_exact == "0.997002999");
}

TEST_CASE("one try is the product rule, and calls everybody once") {
  const std::vector<Rational> chances{Rational(99, 100), Rational(199, 200)};
  const Retries one = retries(chances, 1);
  CHECK(one.once == "0.98505");
  CHECK(one.whole == one.once);
  CHECK(one.selective == one.once);
  CHECK(one.whole_calls == "2");
  CHECK(one.selective_calls == "2");
}

TEST_CASE("more tries agree with the tree of all that can happen, and each by itself is never worse") {
  for (const Rational& p : {Rational(0), Rational(1, 3), Rational(1, 2), Rational(1)})
    for (const Rational& q : {Rational(1, 5), Rational(9, 10)})
      for (unsigned tries = 1; tries <= 6; ++tries) {
        const Retries found = retries(std::vector{p, q}, tries);
        const Tree all = tree(p * q, tries), first = tree(p, tries), second = tree(q, tries);
        CHECK(found.whole_exact == exact_text(all.success));
        CHECK(found.selective_exact == exact_text(first.success * second.success));
        CHECK(found.whole_calls == decimal_text(2 * all.tries, 10));
        CHECK(found.selective_calls == decimal_text(first.tries + second.tries, 10));
        CHECK(read(found.whole) <= read(found.selective));
      }
}

}  // namespace commitlab
