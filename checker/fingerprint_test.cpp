// Searches that keep fingerprints only: they walk as exact ones do, find what those find, and never say that anything holds.
#include "checker/fingerprint.hpp"

#include <set>

#include "checker/ask.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/verdicts_for_tests.hpp"
#include "protocols/all.hpp"
#include "sim/rng.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

const std::vector<Property> kEverything{Property::AC1, Property::AC2, Property::AC3, Property::AC4, Property::AC5, Property::NB};

template <Protocol P>
void compare_with_exact(const P& p, Question question, Keep keep) {
  const Verdict exact = check(p, question);
  question.method.keep = keep;
  const Verdict lossy = check(p, question);
  CHECK(lossy.worlds == exact.worlds);
  CHECK(lossy.steps == exact.steps);
  CHECK(lossy.depth == exact.depth);
  CHECK(lossy.stands_for == exact.stands_for);
  REQUIRE(lossy.findings.size() == exact.findings.size());
  for (std::size_t i = 0; i < exact.findings.size(); ++i) {
    const Finding &its = lossy.findings[i], &true_one = exact.findings[i];
    const bool certain = its.property == Property::AC4 || (true_one.status == Status::violated && !is_liveness(its.property));
    if (certain) CHECK(words_of(its) == words_of(true_one));
    else CHECK(its.status == Status::inconclusive);
  }
}

}  // namespace

TEST_CASE("a search that keeps fingerprints visits what an exact one visits, and finds the same breaches with the same runs") {
  const Faults many[] = {
      {.left = {.crashes = 1}},
      {.left = {.crashes = 1}, .recovery = Recovery::any_time, .timing = Timing::synchronous},
      {.left = {.crashes = 1, .suspicions = 1}, .timing = Timing::synchronous},
      {.left = {.partitions = 1}},
  };
  std::apply([&](const auto&... p) {
    ([&] {
      for (const auto& faults : many)
        for (const Keep keep : {Keep::fingerprint64, Keep::fingerprint128})
          for (const bool symmetry : {false, true}) {
            INFO(p.name << " with " << int(faults.left.crashes) << " crashes, symmetry " << symmetry);
            Question question = ask(2, faults, kEverything);
            question.method.symmetry = symmetry;
            question.method.threads = keep == Keep::fingerprint64 ? 2 : 1;
            compare_with_exact(p, question, keep);
          }
    }(), ...);
  }, kProtocols);
}

TEST_CASE("with fingerprints nothing ever holds, and the odds that a world was missed are said") {
  Question question = ask(2, {.left = {.crashes = 1}, .recovery = Recovery::any_time}, {Property::AC1, Property::NB});
  question.method.keep = Keep::fingerprint64;
  const Verdict verdict = check(TwoPhase{}, question);
  CHECK(verdict.status() == Status::inconclusive);
  for (const Finding& found : verdict.findings) CHECK(found.status == Status::inconclusive);
  CHECK(verdict.findings[0].why == "only 64 bits of each of 39060 worlds were kept: the odds that any was missed are at most 39060 x (39060 - 1) / 2^65 = 4.2e-11");
  CHECK(verdict.findings[1].why == "NB asks of all worlds, and only fingerprints of them were kept");
  CHECK(verdict.stopped == verdict.findings[0].why);
}

TEST_CASE("the odds of an omission are rounded up, whatever their size") {
  const auto odds = [](std::uint64_t worlds, unsigned bits) {
    const std::string words = odds_of_omission(worlds, bits);
    return words.substr(words.rfind("= ") + 2);
  };
  CHECK(odds(0, 64) == "0");
  CHECK(odds(1, 64) == "0");
  CHECK(odds(2, 2) == "2.5e-1");      // 2 / 8
  CHECK(odds(3, 5) == "9.4e-2");      // 6 / 64 = 0.09375
  CHECK(odds(1'000'000'000, 64) == "2.8e-2");
  CHECK(odds(std::uint64_t{1} << 40, 64) == "1");
  CHECK(odds(4'000'000'000, 128) == "2.4e-20");
}

TEST_CASE("rows that differ in one number, or in the order of their numbers, have different fingerprints") {
  for (const Keep keep : {Keep::fingerprint64, Keep::fingerprint128}) {
    const Fingerprint print(keep);
    std::set<std::array<std::uint64_t, 2>> seen;
    std::size_t rows = 0;
    for (Number a = 0; a < 30; ++a)
      for (Number b = 0; b < 30; ++b)
        for (Number c = 0; c < 30; ++c, ++rows) {
          std::array<std::uint64_t, 2> its{};
          print.of(std::array{a, b, c, a}, its.data());
          seen.insert(its);
        }
    CHECK(seen.size() == rows);
  }
}

TEST_CASE("the two words of a long fingerprint do not tell the same") {
  const Fingerprint print(Keep::fingerprint128);
  std::set<std::uint64_t> sums;
  for (Number a = 0; a < 1'000; ++a) {
    std::array<std::uint64_t, 2> its{};
    print.of(std::array{a, a + 1, a + 2}, its.data());
    sums.insert(its[0] ^ its[1]);
  }
  CHECK(sums.size() == 1'000);
}

TEST_CASE("once all is visited fingerprints have taken less memory than whole rows of many nodes") {
  Question question = all_yes(ask(5, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1}));
  question.limits.worlds = 400'000;
  const Verdict exact = check(ThreePhase{}, question);
  question.method.keep = Keep::fingerprint64;
  const Verdict lossy = check(ThreePhase{}, question);
  CHECK(lossy.worlds == exact.worlds);
  CHECK(lossy.bytes + 8 * exact.worlds <= exact.bytes);
}

}  // namespace commitlab
