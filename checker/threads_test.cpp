// Several threads say what one says, word for word, where each has a part of a level.
#include "checker/threads.hpp"

#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "checker/instances_for_tests.hpp"
#include "checker/verdicts_for_tests.hpp"
#include "protocols/three_phase_textbook.hpp"
#include "protocols/two_phase.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

template <Protocol P>
void compare_with_one_thread(const P& p, Question question) {
  const std::string words = words_of(check(p, question));
  for (const unsigned threads : {2u, 3u}) {
    question.method.threads = threads;
    CHECK(words_of(check(p, question)) == words);
  }
}

/// From which world each was first found.
template <Protocol P>
std::vector<std::uint32_t> finders(const P& p, const Question& question, Expansion& by) {
  checking::Setup<P> setup(p, question, checking::starts_of<P>(question, question.votes, question.faults));
  Search search(setup.relation(), setup.asked().starts, question.limits);
  Watch watch(question, setup.relation(), {});
  search.run(watch, false, by);
  std::vector<std::uint32_t> all;
  for (auto id = static_cast<std::uint32_t>(search.starts()); id < search.worlds(); ++id) all.push_back(search.parent(id));
  return all;
}

}  // namespace

TEST_CASE("several threads find the witness that one finds, in levels of thousands of worlds") {
  compare_with_one_thread(TwoPhase{}, ask(3, {.left = {.crashes = 1}}, {Property::NB}));
  compare_with_one_thread(TextbookThreePhase{}, all_yes(ask(5, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1})));
}

TEST_CASE("several threads find each world from the one that one thread finds it from, in levels of thousands of worlds") {
  const Question question = ask(3, {.left = {.crashes = 1}}, {Property::AC1});
  OneThread alone;
  const auto expected = finders(TwoPhase{}, question, alone);
  REQUIRE(expected.size() > 100'000);
  for (const unsigned threads : {2u, 3u}) {
    Crew crew(threads);
    CHECK((finders(TwoPhase{}, question, crew) == expected));
  }
}

}  // namespace commitlab
