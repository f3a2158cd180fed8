// Several threads say what one says, word for word, where each has a part of a level.
#include "checker/ask.hpp"
#include "checker/check.hpp"
#include "checker/verdicts_for_tests.hpp"
#include "protocols/three_phase_textbook.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("several threads find the witness that one finds, in levels of thousands of worlds") {
  Question question = ask(3, {.left = {.crashes = 1}}, {Property::AC1});
  const std::string words = words_of(check(TextbookThreePhase{}, question));
  for (const unsigned threads : {2u, 3u}) {
    question.method.threads = threads;
    CHECK(words_of(check(TextbookThreePhase{}, question)) == words);
  }
}

}  // namespace commitlab
