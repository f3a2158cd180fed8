// Several threads say what one says, word for word, where each has a part of a level.
#include "checker/ask.hpp"
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

}  // namespace

TEST_CASE("several threads find the witness that one finds, in levels of thousands of worlds") {
  compare_with_one_thread(TwoPhase{}, ask(3, {.left = {.crashes = 1}}, {Property::NB}));
  compare_with_one_thread(TextbookThreePhase{}, all_yes(ask(5, {.left = {.crashes = 1}, .timing = Timing::synchronous}, {Property::AC1})));
}

}  // namespace commitlab
