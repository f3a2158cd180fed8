// Families of Markov chains whose chances and costs are known in closed form: commits and retries, and the classics of the textbooks.
#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>

#include "checker/families_for_tests.hpp"

namespace commitlab::families {
namespace {

using State = Rows::State;

const std::vector<Rational> kChances{Rational(1, 2), Rational(9, 10), Rational(1, 7), Rational(999, 1000)};

/// So many states in a row, each of which goes on to the next with a chance and else to `otherwise`; the last to the good end.
Rows line(const std::vector<Rational>& chances) {
  Rows rows;
  for (std::size_t i = 0; i < chances.size(); ++i) rows.add();
  for (std::size_t i = 0; i < chances.size(); ++i)
    rows.choose(static_cast<State>(i), {{i + 1 < chances.size() ? static_cast<State>(i + 1) : rows.good(), chances[i]}, {rows.bad(), 1 - chances[i]}}, 1);
  return rows;
}

/// A walk on 0 ... n from `from`, up with up(i), down with down(i), else it stays; n ends well, 0 badly. A step costs 1.
Rows walk(unsigned n, unsigned from, auto up, auto down) {
  Rows rows;
  const State start = rows.add();
  std::vector<State> at(n + 1, start);
  for (unsigned i = 1; i < n; ++i) at[i] = rows.add();
  at[0] = rows.bad(), at[n] = rows.good();
  rows.choose(start, {{at[from], 1}});
  for (unsigned i = 1; i < n; ++i) rows.choose(at[i], {{at[i + 1], up(i)}, {at[i - 1], down(i)}, {at[i], 1 - up(i) - down(i)}}, 1);
  return rows;
}

}  // namespace

TEST_CASE("1. the product rule: n independent votes, all yes with p^n") {
  for (const auto& p : kChances)
    for (const unsigned n : {1U, 2U, 5U, 30U}) holds(line(std::vector<Rational>(n, p)), power(p, n));
}

TEST_CASE("2. votes with 1/2, 2/3, ..., n/(n+1): the product telescopes to 1/(n+1)") {
  for (const unsigned n : {1U, 4U, 40U}) {
    std::vector<Rational> chances;
    for (unsigned i = 1; i <= n; ++i) chances.emplace_back(i, i + 1);
    holds(line(chances), Rational(1, n + 1));
  }
}

TEST_CASE("3. the whole transaction up to k times: all fail with (1 - p^n)^k, and try t + 1 is made with (1 - p^n)^t") {
  for (const auto& p : kChances)
    for (const auto& [n, k] : {std::pair(1U, 3U), std::pair(3U, 3U), std::pair(4U, 10U)}) {
      Rows rows;
      for (unsigned i = 0; i < n * k; ++i) rows.add();
      for (unsigned t = 0; t < k; ++t)
        for (unsigned i = 0; i < n; ++i)
          rows.choose(t * n + i, {{i + 1 < n ? t * n + i + 1 : rows.good(), p}, {t + 1 < k ? (t + 1) * n : rows.bad(), 1 - p}}, i == 0 ? 1 : 0);
      const Rational all = power(p, n), good = 1 - power(1 - all, k);
      holds(rows, good, good / all);
    }
}

TEST_CASE("4. the whole transaction until it works out: geometric, 1/p^n tries") {
  for (const auto& p : kChances)
    for (const unsigned n : {1U, 3U, 6U}) {
      Rows rows;
      for (unsigned i = 0; i < n; ++i) rows.add();
      for (unsigned i = 0; i < n; ++i) rows.choose(i, {{i + 1 < n ? i + 1 : rows.good(), p}, {0, 1 - p}}, i == 0 ? 1 : 0);
      holds(rows, 1, 1 / power(p, n));
    }
}

TEST_CASE("5. each participant up to k times: (1 - (1-p)^k)^n, and the next is asked only if those before it worked out") {
  for (const auto& p : kChances)
    for (const auto& [n, k] : {std::pair(1U, 3U), std::pair(3U, 3U), std::pair(5U, 4U)}) {
      Rows rows;
      for (unsigned i = 0; i < n * k; ++i) rows.add();
      for (unsigned i = 0; i < n; ++i)
        for (unsigned t = 0; t < k; ++t) rows.choose(i * k + t, {{i + 1 < n ? (i + 1) * k : rows.good(), p}, {t + 1 < k ? i * k + t + 1 : rows.bad(), 1 - p}}, 1);
      const Rational one = 1 - power(1 - p, k);
      Rational calls;
      for (unsigned i = 0; i < n; ++i) calls += power(one, i) * one / p;
      holds(rows, power(one, n), calls);
    }
}

TEST_CASE("6. each participant until it works out: n/p calls") {
  for (const auto& p : kChances)
    for (const unsigned n : {1U, 7U}) {
      Rows rows;
      for (unsigned i = 0; i < n; ++i) rows.add();
      for (unsigned i = 0; i < n; ++i) rows.choose(i, {{i + 1 < n ? i + 1 : rows.good(), p}, {i, 1 - p}}, 1);
      holds(rows, 1, Rational(n) / p);
    }
}

TEST_CASE("7. requests and votes that may be lost: (p (1-l)^2)^n") {
  for (const auto& loss : {Rational(1, 10), Rational(1, 1000), Rational(0)})
    for (const auto& p : kChances)
      for (const unsigned n : {1U, 2U, 9U}) {
        std::vector<Rational> chances;
        for (unsigned i = 0; i < n; ++i) chances.insert(chances.end(), {1 - loss, p, 1 - loss});
        holds(line(chances), power(p * (1 - loss) * (1 - loss), n));
      }
}

TEST_CASE("8. a decision told until it arrives, by one who may stop before each time: x = (1-c)(1-l) + (1-c) l x") {
  for (const auto& c : kChances)
    for (const auto& l : kChances) {
      Rows rows;
      const State tell = rows.add(), on_its_way = rows.add();
      rows.choose(tell, {{on_its_way, 1 - c}, {rows.bad(), c}});
      rows.choose(on_its_way, {{rows.good(), 1 - l}, {tell, l}}, 1);
      holds(rows, (1 - c) * (1 - l) / (1 - (1 - c) * l), (1 - c) / (1 - (1 - c) * l));
    }
}

TEST_CASE("9. a window of n steps, in each of which the coordinator may stop: it does not with (1-c)^n, and lives (1 - (1-c)^n) / c steps") {
  for (const auto& c : kChances)
    for (const unsigned n : {1U, 3U, 20U}) holds(line(std::vector<Rational>(n, 1 - c)), power(1 - c, n), (1 - power(1 - c, n)) / c);
}

TEST_CASE("10. in doubt: the coordinator returns with r before patience ends with g: x = r + (1-r)(1-g) x") {
  for (const auto& r : kChances)
    for (const auto& g : kChances) {
      Rows rows;
      const State wait = rows.add(), impatient = rows.add();
      rows.choose(wait, {{rows.good(), r}, {impatient, 1 - r}}, 1);
      rows.choose(impatient, {{rows.bad(), g}, {wait, 1 - g}});
      const Rational end = 1 - (1 - r) * (1 - g);
      holds(rows, r / end, 1 / end);
    }
}

TEST_CASE("11. at least k of n copies answer: the upper tail of the binomial distribution") {
  for (const auto& p : kChances)
    for (const auto& [n, k] : {std::pair(3U, 2U), std::pair(5U, 3U), std::pair(7U, 7U), std::pair(9U, 1U)}) {
      Rows rows;
      std::map<std::pair<unsigned, unsigned>, State> at;  // asked, answered
      for (unsigned i = 0; i < n; ++i)
        for (unsigned j = 0; j <= i; ++j) at[{i, j}] = rows.add();
      const auto to = [&, n = n, k = k](unsigned i, unsigned j) { return i < n ? at[{i, j}] : j >= k ? rows.good() : rows.bad(); };
      for (const auto& [place, s] : at) rows.choose(s, {{to(place.first + 1, place.second + 1), p}, {to(place.first + 1, place.second), 1 - p}}, 1);
      Rational tail;
      for (unsigned j = k; j <= n; ++j) tail += binomial(n, j) * power(p, j) * power(1 - p, n - j);
      holds(rows, tail, Rational(n));
    }
}

TEST_CASE("12. an odd number of yes among n: (1 - (1-2p)^n) / 2") {
  for (const auto& p : kChances)
    for (const unsigned n : {1U, 2U, 17U}) {
      Rows rows;
      for (unsigned i = 0; i < 2 * n; ++i) rows.add();  // 2 asked + odd
      for (unsigned i = 0; i < n; ++i)
        for (unsigned odd = 0; odd < 2; ++odd) {
          const auto to = [&](unsigned parity) { return i + 1 < n ? 2 * (i + 1) + parity : parity == 1 ? rows.good() : rows.bad(); };
          rows.choose(2 * i + odd, {{to(1 - odd), p}, {to(odd), 1 - p}});
        }
      holds(rows, (1 - power(1 - 2 * p, n)) / 2);
    }
}

TEST_CASE("13. a message sent up to k times: arrives with 1 - l^k, after (1 - l^k) / (1-l) sendings") {
  for (const auto& l : kChances)
    for (const unsigned k : {1U, 2U, 25U}) {
      Rows rows;
      for (unsigned t = 0; t < k; ++t) rows.add();
      for (unsigned t = 0; t < k; ++t) rows.choose(t, {{rows.good(), 1 - l}, {t + 1 < k ? t + 1 : rows.bad(), l}}, 1);
      holds(rows, 1 - power(l, k), (1 - power(l, k)) / (1 - l));
    }
}

TEST_CASE("14. the gambler's ruin, fair: i/n, after i (n-i) rounds") {
  const auto half = [](unsigned) { return Rational(1, 2); };
  for (const auto& [n, i] : {std::pair(2U, 1U), std::pair(10U, 3U), std::pair(60U, 59U)}) holds(walk(n, i, half, half), Rational(i, n), Rational(i * (n - i)));
}

TEST_CASE("15. the gambler's ruin: (1 - r^i) / (1 - r^n) with r = q/p, by Wald after (n x - i) / (p - q) rounds") {
  for (const auto& p : {Rational(9, 10), Rational(1, 7), Rational(51, 100)})
    for (const auto& [n, i] : {std::pair(2U, 1U), std::pair(10U, 3U), std::pair(25U, 20U)}) {
      const Rational q = 1 - p, r = q / p, good = (1 - power(r, i)) / (1 - power(r, n));
      holds(walk(n, i, [&](unsigned) { return p; }, [&](unsigned) { return q; }), good, (n * good - i) / (p - q));
    }
}

TEST_CASE("16. a lazy gambler stays with s: the same chance, 1/(1-s) times the rounds") {
  for (const auto& s : kChances)
    for (const auto& [n, i] : {std::pair(4U, 1U), std::pair(12U, 6U)}) {
      const auto move = [&](unsigned) { return (1 - s) / 2; };
      holds(walk(n, i, move, move), Rational(i, n), Rational(i * (n - i)) / (1 - s));
    }
}

TEST_CASE("17. birth and death: the sum of the first i products of d/b over that of all n (Karlin and Taylor 1975)") {
  const auto birth = [](unsigned i) { return Rational(i, 2 * i + 1); };
  const auto death = [](unsigned i) { return Rational(1, i + 2); };
  for (const auto& [n, i] : {std::pair(3U, 1U), std::pair(8U, 4U), std::pair(20U, 2U)}) {
    Rational ratio = 1, below, all;
    for (unsigned j = 0; j < n; ++j) {
      if (j > 0) ratio *= death(j) / birth(j);
      if (j < i) below += ratio;
      all += ratio;
    }
    holds(walk(n, i, birth, death), below / all);
  }
}

TEST_CASE("18. Moran's process with fitness r: up r times as likely as down, (1 - r^-i) / (1 - r^-n)") {
  for (const auto& r : {Rational(2), Rational(1, 3), Rational(11, 10)})
    for (const auto& [n, i] : {std::pair(3U, 1U), std::pair(12U, 5U)}) {
      const auto pair = [n = n](unsigned j) { return Rational(j * (n - j), n); };  // one of each kind meets: to the n-th part
      const auto up = [&, n = n](unsigned j) { return r * pair(j) / (r * j + (n - j)); };
      const auto down = [&, n = n](unsigned j) { return pair(j) / (r * j + (n - j)); };
      holds(walk(n, i, up, down), (1 - 1 / power(r, i)) / (1 - 1 / power(r, n)));
    }
}

TEST_CASE("19. a walk that is reflected at 0 takes n^2 steps from there to n: h(i) = n^2 - i^2") {
  for (const unsigned n : {1U, 2U, 30U}) {
    Rows rows;
    for (unsigned i = 0; i < n; ++i) rows.add();
    for (unsigned i = 0; i < n; ++i) {
      const State up = i + 1 < n ? i + 1 : rows.good();
      if (i == 0) rows.choose(0, {{up, 1}}, 1);
      else rows.choose(i, {{up, Rational(1, 2)}, {i - 1, Rational(1, 2)}}, 1);
    }
    holds(rows, 1, Rational(n * n));
  }
}

TEST_CASE("20. all n coupons: n (1 + 1/2 + ... + 1/n) draws") {
  for (const unsigned n : {1U, 2U, 6U, 50U}) {
    Rows rows;
    Rational draws;
    for (unsigned have = 0; have < n; ++have) rows.add(), draws += Rational(n, n - have);
    for (unsigned have = 0; have < n; ++have) rows.choose(have, {{have + 1 < n ? have + 1 : rows.good(), Rational(n - have, n)}, {have, Rational(have, n)}}, 1);
    holds(rows, 1, draws);
  }
}

TEST_CASE("21. all n coupons in m draws: the sum of (-1)^j C(n,j) (1 - j/n)^m, since those without j given ones are so likely") {
  for (const auto& [n, m] : {std::pair(2U, 2U), std::pair(4U, 6U), std::pair(6U, 20U)}) {
    Rows rows;
    std::map<std::pair<unsigned, unsigned>, State> at;  // drawn, have
    for (unsigned i = 0; i < m; ++i)
      for (unsigned have = 0; have < n; ++have) at[{i, have}] = rows.add();
    const auto to = [&, n = n, m = m](unsigned i, unsigned have) { return have == n ? rows.good() : i < m ? at[{i, have}] : rows.bad(); };
    for (const auto& [place, s] : at) {
      const auto [i, have] = place;
      rows.choose(s, {{to(i + 1, have + 1), Rational(n - have, n)}, {to(i + 1, have), Rational(have, n)}});
    }
    Rational sum;
    for (unsigned j = 0; j <= n; ++j) sum += (j % 2 == 0 ? Rational(1) : Rational(-1)) * binomial(n, j) * power(Rational(n - j, n), m);
    holds(rows, sum);
  }
}

TEST_CASE("22. a walk on a ring of n: each of the others is the last one visited with 1/(n-1), by the gambler's ruin on both sides") {
  for (const auto& [n, target] : {std::pair(3U, 1U), std::pair(5U, 2U), std::pair(8U, 7U)}) {
    Rows rows;
    std::map<std::tuple<unsigned, unsigned, unsigned>, State> at;  // visited from -left to right, and where it is, counted from the leftmost
    for (unsigned left = 0; left < n; ++left)
      for (unsigned right = 0; left + right + 2 < n; ++right)
        for (unsigned here = 0; here <= left + right; ++here) at[{left, right, here}] = 0;
    for (auto& [place, s] : at) s = rows.add();  // the first is 0, 0, 0
    // When only one is left it is the last: at left + 1 to the left, which is n - left - 1 to the right.
    const auto to = [&, n = n, target = target](unsigned left, unsigned right, unsigned here) {
      return left + right + 2 == n ? (n - left - 1 == target ? rows.good() : rows.bad()) : at[{left, right, here}];
    };
    for (const auto& [place, s] : at) {
      const auto [left, right, here] = place;
      const State down = here == 0 ? to(left + 1, right, 0) : to(left, right, here - 1);
      const State up = here == left + right ? to(left, right + 1, here + 1) : to(left, right, here + 1);
      rows.choose(s, {{down, Rational(1, 2)}, {up, Rational(1, 2)}});
    }
    holds(rows, Rational(1, n - 1));
  }
}

TEST_CASE("23. k stages in a row, in each of which a crash may come first: (x^k) with x = (1-c) p + (1-c)(1-p) x") {
  for (const auto& p : kChances)
    for (const auto& c : {Rational(1, 100), Rational(1, 3)})
      for (const unsigned k : {1U, 4U, 12U}) {
        Rows rows;
        for (unsigned i = 0; i < k; ++i) rows.add();
        for (unsigned i = 0; i < k; ++i) rows.choose(i, {{rows.bad(), c}, {i + 1 < k ? i + 1 : rows.good(), (1 - c) * p}, {i, (1 - c) * (1 - p)}}, 1);
        const Rational x = (1 - c) * p / (1 - (1 - c) * (1 - p)), good = power(x, k);
        holds(rows, good, (1 - good) / c);  // each step crashes with c, so that 1 - x^k = c steps
      }
}

TEST_CASE("24. one of several servers is chosen: the mean of their chances, and of their times") {
  for (const unsigned n : {1U, 2U, 9U}) {
    Rows rows;
    const State choose = rows.add();
    Rows::Row row;
    Rational chance, time;
    for (unsigned i = 1; i <= n; ++i) {
      const State server = rows.add();
      row.emplace_back(server, Rational(1, n));
      const Rational done(1, i + 1), fails(1, 2 * i + 3);  // 1 / (done + fails) steps until either
      rows.choose(server, {{rows.good(), done}, {rows.bad(), fails}, {server, 1 - done - fails}}, 1);
      chance += done / (done + fails) / n, time += 1 / (done + fails) / n;
    }
    rows.choose(choose, row);
    holds(rows, chance, time);
  }
}

TEST_CASE("25. k heads in a row take (1 - p^k) / ((1-p) p^k) tosses: h(k) = (h(k-1) + 1) / p") {
  for (const auto& p : {Rational(1, 2), Rational(9, 10), Rational(1, 3)})
    for (const unsigned k : {1U, 2U, 10U}) {
      Rows rows;
      for (unsigned i = 0; i < k; ++i) rows.add();
      for (unsigned i = 0; i < k; ++i) rows.choose(i, {{i + 1 < k ? i + 1 : rows.good(), p}, {0, 1 - p}}, 1);
      holds(rows, 1, (1 - power(p, k)) / ((1 - p) * power(p, k)));
    }
}

TEST_CASE("26. k heads in a row before m tails in a row: p^(k-1) (1 - q^m) / (p^(k-1) + q^(m-1) - p^(k-1) q^(m-1)) (Feller 1968, VIII.1)") {
  for (const auto& p : {Rational(1, 2), Rational(4, 5), Rational(1, 7)})
    for (const auto& [k, m] : {std::pair(1U, 1U), std::pair(2U, 3U), std::pair(6U, 4U)}) {
      Rows rows;
      const State start = rows.add();
      std::vector<State> heads{start}, tails{start};
      for (unsigned i = 1; i < k; ++i) heads.push_back(rows.add());
      for (unsigned i = 1; i < m; ++i) tails.push_back(rows.add());
      heads.push_back(rows.good()), tails.push_back(rows.bad());
      const Rational q = 1 - p;
      rows.choose(start, {{heads[1], p}, {tails[1], q}});
      for (unsigned i = 1; i < k; ++i) rows.choose(heads[i], {{heads[i + 1], p}, {tails[1], q}});
      for (unsigned i = 1; i < m; ++i) rows.choose(tails[i], {{heads[1], p}, {tails[i + 1], q}});
      const Rational a = power(p, k - 1), b = power(q, m - 1);
      holds(rows, a * (1 - power(q, m)) / (a + b - a * b));
    }
}

TEST_CASE("27. two races each round: a before b with a / (a+b)") {
  for (const auto& [a, b] : {std::pair(Rational(1, 6), Rational(1, 9)), std::pair(Rational(1, 1000), Rational(1, 7)), std::pair(Rational(1, 3), Rational(2, 3))}) {
    Rows rows;
    const State round = rows.add();
    rows.choose(round, {{rows.good(), a}, {rows.bad(), b}, {round, 1 - a - b}}, 1);
    holds(rows, a / (a + b), 1 / (a + b));
  }
}

TEST_CASE("28. a fair coin from one that is not: 1/2 by symmetry, in pairs that differ with 2pq, so 1/(pq) tosses (von Neumann 1951)") {
  for (const auto& p : kChances) {
    Rows rows;
    const State pair = rows.add(), head = rows.add(), tail = rows.add();
    rows.choose(pair, {{head, p}, {tail, 1 - p}}, 1);
    rows.choose(head, {{pair, p}, {rows.good(), 1 - p}}, 1);
    rows.choose(tail, {{rows.bad(), p}, {pair, 1 - p}}, 1);
    holds(rows, Rational(1, 2), 1 / (p * (1 - p)));
  }
}

TEST_CASE("29. a number below n by coins, all drawn again if too large: g/n for g of them, m 2^m / n coins (after Knuth and Yao 1976)") {
  for (const auto& [m, n, g] : {std::tuple(3U, 6U, 1U), std::tuple(5U, 17U, 16U), std::tuple(8U, 129U, 100U)}) {
    Rows rows;
    std::vector<std::vector<State>> at(m);  // by bits drawn and their value
    for (unsigned bits = 0; bits < m; ++bits)
      for (unsigned value = 0; value < 1U << bits; ++value) at[bits].push_back(rows.add());
    for (unsigned bits = 0; bits < m; ++bits)
      for (unsigned value = 0; value < 1U << bits; ++value) {
        const auto to = [&, m = m, n = n, g = g](unsigned next) { return bits + 1 < m ? at[bits + 1][next] : next < g ? rows.good() : next < n ? rows.bad() : at[0][0]; };
        rows.choose(at[bits][value], {{to(2 * value), Rational(1, 2)}, {to(2 * value + 1), Rational(1, 2)}}, 1);
      }
    holds(rows, Rational(g, n), Rational(m * (1U << m), n));
  }
}

TEST_CASE("30. Polya's urn: of 1 red and 1 blue, after n draws each number of reds is equally likely, so j or more with (n-j+1)/(n+1)") {
  for (const auto& [n, j] : {std::pair(1U, 1U), std::pair(6U, 2U), std::pair(30U, 29U)}) {
    Rows rows;
    std::map<std::pair<unsigned, unsigned>, State> at;
    for (unsigned i = 0; i < n; ++i)
      for (unsigned reds = 0; reds <= i; ++reds) at[{i, reds}] = rows.add();
    const auto to = [&, n = n, j = j](unsigned i, unsigned reds) { return i < n ? at[{i, reds}] : reds >= j ? rows.good() : rows.bad(); };
    for (const auto& [place, s] : at) {
      const auto [i, reds] = place;
      rows.choose(s, {{to(i + 1, reds + 1), Rational(reds + 1, i + 2)}, {to(i + 1, reds), Rational(i - reds + 1, i + 2)}});
    }
    holds(rows, Rational(n - j + 1, n + 1));
  }
}

TEST_CASE("31. the ballot: the winner of a to b is ahead all the time with (a-b)/(a+b), by reflection (Bertrand 1887)") {
  for (const auto& [a, b] : {std::pair(1U, 0U), std::pair(3U, 2U), std::pair(12U, 5U)}) {
    Rows rows;
    std::map<std::pair<unsigned, unsigned>, State> at;  // ahead all the time so far
    for (unsigned i = 0; i <= a; ++i)
      for (unsigned j = 0; j <= b; ++j)
        if ((i > j || i + j == 0) && i + j < a + b) at[{i, j}] = rows.add();
    const auto to = [&, a = a, b = b](unsigned i, unsigned j) { return i <= j ? rows.bad() : i + j == a + b ? rows.good() : at[{i, j}]; };
    for (const auto& [place, s] : at) {
      const auto [i, j] = place;
      const Rational for_a(a - i, a + b - i - j);
      Rows::Row row;
      if (for_a != 0) row.emplace_back(to(i + 1, j), for_a);
      if (for_a != 1) row.emplace_back(to(i, j + 1), 1 - for_a);
      rows.choose(s, row);
    }
    holds(rows, Rational(a - b, a + b));
  }
}

TEST_CASE("32. k drawn of n without return, all among the g good ones: C(g,k) / C(n,k)") {
  for (const auto& [n, g, k] : {std::tuple(2U, 1U, 1U), std::tuple(10U, 7U, 3U), std::tuple(60U, 55U, 20U)}) {
    std::vector<Rational> chances;
    for (unsigned i = 0; i < k; ++i) chances.emplace_back(g - i, n - i);
    holds(line(chances), binomial(g, k) / binomial(n, k));
  }
}

TEST_CASE("33. n in turn, each with p: the i-th is the first with p (1-p)^i / (1 - (1-p)^n)") {
  for (const auto& p : kChances)
    for (const auto& [n, i] : {std::pair(1U, 0U), std::pair(2U, 1U), std::pair(7U, 3U)}) {
      Rows rows;
      for (unsigned j = 0; j < n; ++j) rows.add();
      for (unsigned j = 0; j < n; ++j) rows.choose(j, {{j == i ? rows.good() : rows.bad(), p}, {j + 1 < n ? j + 1 : 0, 1 - p}}, 1);
      holds(rows, p * power(1 - p, i) / (1 - power(1 - p, n)), 1 / p);
    }
}

TEST_CASE("34. the longest wait: THH..H (k heads) comes before k + 1 heads in a row unless these come first, 1 - p^(k+1)") {
  for (const auto& p : kChances)
    for (const unsigned k : {1U, 2U, 6U}) {
      Rows rows;
      std::vector<State> fresh, after;  // so many heads from the beginning, or after a tail
      for (unsigned i = 0; i <= k; ++i) fresh.push_back(rows.add());
      for (unsigned i = 0; i < k; ++i) after.push_back(rows.add());
      for (unsigned i = 0; i <= k; ++i) rows.choose(fresh[i], {{i < k ? fresh[i + 1] : rows.bad(), p}, {after[0], 1 - p}});
      for (unsigned i = 0; i < k; ++i) rows.choose(after[i], {{i + 1 < k ? after[i + 1] : rows.good(), p}, {after[0], 1 - p}});
      holds(rows, 1 - power(p, k + 1));
    }
}

}  // namespace commitlab::families
