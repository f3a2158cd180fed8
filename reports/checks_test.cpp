// Several scenarios and plays on one page, as golden text.
#include "reports/checks_for_tests.hpp"
#include "reports/told_run.hpp"
#include "test.hpp"

namespace commitlab {

static Checks checks_with_plain_names() {
  Checks checks = all_kinds_of_checks();
  checks.all[2].path = "scenarios/bad.json";
  checks.all[4].path = "scenarios/mine.json";
  return checks;
}

TEST_CASE("a page of all that was checked: a row for each, what is wrong, and how many are as they should be") {
  CHECK(checks_text(checks_with_plain_names(), {}) ==
        "4 scenarios and 1 play in scenarios/\n"
        "\n"
        "  name                result           worlds    time  what was found\n"
        "  bank-transfer.json  inconclusive      3,774  0.25 s  violated: NB; inconclusive: AC5; holds: AC1\n"
        "  torn.play           differs                          see below\n"
        "  bad.json            error                            see below\n"
        "  scripted.json       skipped                          it has a script\n"
        "  mine.json           not as expected       0  0.00 s  violated: AC1 and once; holds: AC2\n"
        "\n"
        "  scenarios/bank-transfer.json\n"
        "    AC5  inconclusive  the limit of 20 worlds was reached\n"
        "    repeat  ./lab check bank-transfer --crashes 1\n"
        "\n"
        "  scenarios/torn.play\n"
        "    play  differs  line 5 says so\n"
        "    repeat  ./lab check bank-transfer --crashes 1\n"
        "\n"
        "  scenarios/bad.json\n"
        "    error[E1101]: unknown key\n"
        "\n"
        "  scenarios/mine.json\n"
        "    AC1   violated  alice aborted, bob committed\n"
        "    AC2   holds     AC2 is kept, expected violated\n"
        "    once  violated  twice\n"
        "    repeat  ./lab check bank-transfer --crashes 1\n"
        "    replay  ./lab replay p.play\n"
        "\n"
        "verdict  1 not as expected, 1 differs, 1 could not be asked, 1 inconclusive, 1 skipped\n"
        "time     0.25 s\n"
        "repeat   ./lab check scenarios\n");
}

TEST_CASE("the long page shows the runs of what fails, and of nothing else") {
  const std::string text = checks_text(checks_with_plain_names(), {.detail = Detail::verbose});
  CHECK(text.find("\n  As far as the play goes\n  votes  alice votes yes, bob no\n" + numbered_lines(short_run(), {})) != text.npos);
  CHECK(text.find("\n  A run that breaks AC1\n") != text.npos);
  CHECK(text.find("breaks NB") == text.npos);
}

TEST_CASE("the worst of what was judged is the result") {
  const Checks checks = all_kinds_of_checks();
  using Result = Judged::Result;
  const std::vector<Result> results = {Result::inconclusive, Result::differs, Result::error, Result::skipped, Result::unexpected};
  for (std::size_t i = 0; i < results.size(); ++i) CHECK(result_of(checks.all[i]) == results[i]);
}

}  // namespace commitlab
