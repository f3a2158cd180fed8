// Families of decision processes whose least and greatest chances are known in closed form.
#include <algorithm>
#include <numeric>

#include "checker/families_for_tests.hpp"

namespace commitlab::families {
namespace {

using State = Rows::State;

/// A gambler who may stake any whole part that neither side cannot pay, wins with p, and stops at 0 or n.
Rows gambler(unsigned n, unsigned from, const Rational& p) {
  Rows rows;
  const State start = rows.add();
  std::vector<State> at(n + 1, start);
  for (unsigned i = 1; i < n; ++i) at[i] = rows.add();
  at[0] = rows.bad(), at[n] = rows.good();
  rows.choose(start, {{at[from], 1}});
  for (unsigned i = 1; i < n; ++i)
    for (unsigned stake = 1; stake <= std::min(i, n - i); ++stake) rows.choose(at[i], {{at[i + stake], p}, {at[i - stake], 1 - p}});
  return rows;
}

Rational ruin(unsigned n, unsigned i, const Rational& p) { return (1 - power((1 - p) / p, i)) / (1 - power((1 - p) / p, n)); }

}  // namespace

TEST_CASE("one of several coordinators: the least and the greatest of their chances") {
  for (const unsigned n : {1U, 2U, 9U}) {
    Rows rows;
    const State choose = rows.add();
    for (unsigned i = 1; i <= n; ++i) rows.choose(choose, {{rows.good(), Rational(i, n + 1)}, {rows.bad(), 1 - Rational(i, n + 1)}});
    extremes(rows, Rational(1, n + 1), Rational(n, n + 1));
  }
}

TEST_CASE("a choice at each of n steps: the products of the least and of the greatest") {
  for (const unsigned n : {1U, 3U, 20U}) {
    Rows rows;
    for (unsigned i = 0; i < n; ++i) rows.add();
    Rational least = 1, greatest = 1;
    for (unsigned i = 0; i < n; ++i) {
      for (const Rational& p : {Rational(i + 1, i + 3), Rational(i + 2, i + 3)}) rows.choose(i, {{i + 1 < n ? i + 1 : rows.good(), p}, {rows.bad(), 1 - p}});
      least *= Rational(i + 1, i + 3), greatest *= Rational(i + 2, i + 3);
    }
    extremes(rows, least, greatest);
  }
}

TEST_CASE("up to k more tries if the client wills: p without any, 1 - (1-p)^(k+1) with all") {
  for (const unsigned k : {0U, 2U, 12U})
    for (const auto& p : {Rational(1, 3), Rational(99, 100)}) {
      Rows rows;
      for (unsigned i = 0; i < 2 * k + 1; ++i) rows.add();  // try, decide, try, ...
      for (unsigned i = 0; i <= k; ++i) {
        rows.choose(2 * i, {{rows.good(), p}, {i < k ? 2 * i + 1 : rows.bad(), 1 - p}});
        if (i == k) break;
        rows.choose(2 * i + 1, {{2 * i + 2, 1}});
        rows.choose(2 * i + 1, {{rows.bad(), 1}});
      }
      extremes(rows, p, 1 - power(1 - p, k + 1));
    }
}

TEST_CASE("tries without end: one who may wait for ever need never work out, and one who tries always does") {
  for (const auto& p : {Rational(1, 2), Rational(1, 1000)}) {
    Rows rows;
    const State try_it = rows.add();
    rows.choose(try_it, {{rows.good(), p}, {try_it, 1 - p}});
    rows.choose(try_it, {{try_it, 1}});
    extremes(rows, 0, 1);
  }
}

TEST_CASE("an adversary loses up to k of m sendings, luck loses others with l: 1 - l^(m-k) at least, 1 - l^m at most") {
  for (const auto& l : {Rational(1, 10), Rational(1, 2)})
    for (const auto& [m, k] : {std::pair(3U, 1U), std::pair(4U, 4U), std::pair(10U, 3U)}) {
      Rows rows;
      for (unsigned i = 0; i < m * (k + 1); ++i) rows.add();  // sent so often, of which so many were taken
      const auto to = [&, m = m, k = k](unsigned i, unsigned taken) { return i < m ? i * (k + 1) + taken : rows.bad(); };
      for (unsigned i = 0; i < m; ++i)
        for (unsigned taken = 0; taken <= k; ++taken) {
          rows.choose(to(i, taken), {{rows.good(), 1 - l}, {to(i + 1, taken), l}});
          if (taken < k) rows.choose(to(i, taken), {{to(i + 1, taken + 1), 1}});
        }
      extremes(rows, 1 - power(l, m - k), 1 - power(l, m));
    }
}

TEST_CASE("a fair game cannot be beaten nor spoiled by any stakes: i/n (Doob)") {
  for (const auto& [n, i] : {std::pair(4U, 1U), std::pair(9U, 5U), std::pair(16U, 3U)}) extremes(gambler(n, i, Rational(1, 2)), Rational(i, n), Rational(i, n));
}

TEST_CASE("in an unfair game who has 1 of 2^m does best by bold play, p^m (Dubins and Savage 1965), and worst by the least stakes") {
  for (const auto& p : {Rational(1, 3), Rational(9, 20)})
    for (const unsigned m : {1U, 2U, 4U}) extremes(gambler(1U << m, 1, p), ruin(1U << m, 1, p), power(p, m));
}

TEST_CASE("in a favourable game the least stakes are best (Ross 1974), and bold play is the opponent's best: 1 - q^m from 2^m - 1") {
  for (const auto& p : {Rational(2, 3), Rational(11, 20)})
    for (const unsigned m : {1U, 2U, 4U}) extremes(gambler(1U << m, (1U << m) - 1, p), 1 - power(1 - p, m), ruin(1U << m, (1U << m) - 1, p));
}

TEST_CASE("the best of n is taken with the greatest of (r-1)/n (1/(r-1) + ... + 1/(n-1)), by who lets r - 1 pass (Lindley 1961)") {
  for (const unsigned n : {1U, 2U, 5U, 12U}) {
    Rows rows;
    for (unsigned i = 1; i <= n; ++i) rows.add();  // i - 1: the i-th is the best so far
    // The next best so far after i is j with i / (j (j-1)), and none follows with i/n.
    for (unsigned i = 1; i <= n; ++i) {
      Rows::Row pass{{rows.bad(), Rational(i, n)}};
      for (unsigned j = i + 1; j <= n; ++j) pass.emplace_back(j - 1, Rational(i, j * (j - 1)));
      rows.choose(i - 1, {{rows.good(), Rational(i, n)}, {rows.bad(), 1 - Rational(i, n)}});
      rows.choose(i - 1, pass);
    }
    Rational greatest(1, n);  // r = 1: the first is taken
    for (unsigned r = 2; r <= n; ++r) {
      Rational sum;
      for (unsigned j = r; j <= n; ++j) sum += Rational(1, j - 1);
      greatest = std::max(greatest, Rational(r - 1, n) * sum);
    }
    extremes(rows, 0, greatest);
  }
}

TEST_CASE("the order of independent tests makes no difference") {
  for (const unsigned n : {2U, 4U}) {
    Rows rows;
    Rational all = 1;
    for (unsigned done = 0; done + 1 < 1U << n; ++done) rows.add();
    for (unsigned i = 0; i < n; ++i) all *= Rational(i + 1, i + 2);
    for (unsigned done = 0; done + 1 < 1U << n; ++done)
      for (unsigned i = 0; i < n; ++i) {
        if ((done >> i & 1U) != 0) continue;
        const unsigned then = done | 1U << i;
        rows.choose(done, {{then + 1 < 1U << n ? then : rows.good(), Rational(i + 1, i + 2)}, {rows.bad(), Rational(1, i + 2)}});
      }
    extremes(rows, all, all);
  }
}

}  // namespace commitlab::families
