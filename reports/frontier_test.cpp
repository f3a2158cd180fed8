// The least faults as a reader sees them: words, grid and table, and JSON that says the same.
#include <nlohmann/json.hpp>
#include <sstream>

#include "checker/find_frontier.hpp"
#include "reports/frontier_report.hpp"
#include "reports/frontier_words.hpp"
#include "reports/traces_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

// AC1 bears crashes but neither a suspicion nor a loss with a crash, AC3 all, and of NB two crashes say nothing.
static Frontier frontier_within(const Budgets& corner) {
  const Question question{.faults = {.left = corner, .timing = Timing::synchronous}, .check = {Property::AC1, Property::AC3, Property::NB}};
  return find_frontier(question, [](const Question& one) {
    const Budgets& left = one.faults.left;
    Verdict verdict;
    verdict.worlds = 600, verdict.steps = 2'000, verdict.starts = 4, verdict.seconds = 0.01, verdict.bytes = 2'500;
    verdict.sometimes = {{"some node aborts", true}, {"the handler recover runs", false}};
    for (const Property property : one.check) {
      verdict.findings.push_back({.property = property, .name = property == Property::AC1 ? "AC1" : property == Property::NB ? "NB" : "AC3", .status = Status::holds});
      Finding& finding = verdict.findings.back();
      if (property == Property::AC1 && (left.suspicions > 0 || (left.crashes > 0 && left.losses > 0))) {
        finding.status = Status::violated, finding.why = "alice aborted, bob committed", finding.witness = short_run();
      } else if (property == Property::NB && left.crashes > 1) {
        finding.status = Status::inconclusive, finding.why = "too large";
      }
    }
    return verdict;
  });
}

TEST_CASE("faults in words: those that are none are left out") {
  CHECK(budgets_text({}) == "no fault");
  CHECK(budgets_text({.crashes = 1}) == "1 crash");
  CHECK(budgets_text({.crashes = 2, .disk_losses = 1, .losses = 1, .duplicates = 2, .reorders = 1, .partitions = 3, .suspicions = 1}) ==
        "2 crashes + 1 lost disk + 1 loss + 2 duplicates + 1 reordering + 3 partitions + 1 suspicion");
}

TEST_CASE("a frontier in words: what is borne, what breaks, and what is open") {
  Frontier frontier = frontier_within({.crashes = 2, .losses = 1, .suspicions = 1});
  CHECK(frontier_sentence(frontier.properties[0]) == "safe with 1 loss; safe with 2 crashes; broken by 1 suspicion; broken by 1 crash + 1 loss");
  frontier.properties[2].open.resize(1);
  CHECK(frontier_lines(frontier, {}) ==
        "  AC1  agreement     safe with          1 loss\n"
        "                     safe with          2 crashes\n"
        "                     broken by          1 suspicion (4 steps)             alice aborted, bob\n"
        "                                                                          committed\n"
        "                     broken by          1 crash + 1 loss (4 steps)        alice aborted, bob\n"
        "                                                                          committed\n"
        "  AC3  validity      safe with          2 crashes + 1 loss + 1 suspicion\n"
        "  NB   non-blocking  safe with          1 crash + 1 loss + 1 suspicion\n"
        "                     inconclusive with  2 crashes                         too large\n");
}

TEST_CASE("of many open vectors the first are told, and the others counted") {
  Frontier frontier = frontier_within({.crashes = 9});
  CHECK(frontier.properties[2].open.size() == 8);
  frontier.properties.erase(frontier.properties.begin(), frontier.properties.begin() + 2);
  frontier.properties[0].open[3].why.clear();
  frontier.properties[0].breaches = {{.budgets = {.crashes = 9}, .least = false}};
  CHECK(frontier_lines(frontier, {}) ==
        "  NB  non-blocking  safe with          1 crash\n"
        "                    broken by          9 crashes, perhaps by fewer\n"
        "                    inconclusive with  2 crashes                    too large\n"
        "                    inconclusive with  3 crashes                    too large\n"
        "                    inconclusive with  4 crashes                    too large\n"
        "                    inconclusive with  6 crashes                    too large\n"
        "                    inconclusive with  4 more vectors\n");
}

TEST_CASE("three budgets make a table with a row for each vector") {
  CHECK(frontier_table(frontier_within({.crashes = 2, .losses = 1, .suspicions = 1}), {}) ==
        "  crashes  losses  suspicions  AC1                  AC3    NB\n"
        "        0       0           0  holds                holds  holds\n"
        "        1       0           0  holds                holds  holds\n"
        "        0       1           0  holds                holds  holds\n"
        "        0       0           1  broken, 4 steps      holds  holds\n"
        "        2       0           0  holds                holds  inconclusive\n"
        "        1       1           0  broken, 4 steps      holds  holds\n"
        "        1       0           1  by 1 suspicion       holds  holds\n"
        "        0       1           1  by 1 suspicion       holds  holds\n"
        "        2       1           0  by 1 crash + 1 loss  holds  inconclusive\n"
        "        2       0           1  by 1 suspicion       holds  inconclusive\n"
        "        1       1           1  by 1 suspicion       holds  holds\n"
        "        2       1           1  by 1 suspicion       holds  inconclusive\n");
}

TEST_CASE("two budgets make a grid for each property that is not safe throughout") {
  CHECK(frontier_table(frontier_within({.losses = 1, .suspicions = 2}), {}) ==
        "  AC1           0 losses         1 loss\n"
        "  0 suspicions  holds            holds\n"
        "  1 suspicion   broken, 4 steps  by 1 suspicion\n"
        "  2 suspicions  by 1 suspicion   by 1 suspicion\n"
        "\n"
        "  AC3 and NB hold in every field\n");
  CHECK(frontier_table(frontier_within({.losses = 1, .duplicates = 1}), {}) == "  AC1, AC3 and NB hold in every field\n");
}

TEST_CASE("one budget is a list, and none a line") {
  CHECK(frontier_table(frontier_within({.suspicions = 1}), {}) ==
        "  suspicions  AC1              AC3    NB\n"
        "           0  holds            holds  holds\n"
        "           1  broken, 4 steps  holds  holds\n");
  CHECK(frontier_table(frontier_within({}), {}) ==
        "  faults  AC1    AC3    NB\n"
        "  none    holds  holds  holds\n");
}

TEST_CASE("a table is no wider than a terminal, and says less rather") {
  for (const Budgets& corner : {Budgets{.crashes = 1, .losses = 9}, Budgets{.crashes = 9, .losses = 9}, Budgets{.crashes = 2, .losses = 2, .duplicates = 1, .partitions = 1}}) {
    std::istringstream table(frontier_table(frontier_within(corner), {}));
    std::size_t lines = 0;
    for (std::string line; std::getline(table, line); ++lines) CHECK(line.size() <= 80);
    CHECK(lines > 3);
  }
  CHECK(frontier_table(frontier_within({.crashes = 2, .losses = 2, .duplicates = 1, .partitions = 1}), {}).find("broken already") != std::string::npos);
}

TEST_CASE("the page of a frontier ends with its bounds, what was searched, and how to ask again") {
  About about = about_short_run();
  about.faults.left = {.crashes = 1, .suspicions = 1};
  const Frontier frontier = frontier_within(about.faults.left);
  const std::string table = frontier_text(about, frontier, FrontierView::table, {}, {}, {});
  CHECK(table.starts_with("Transfer 100 from Alice's bank to Bob's\n"));
  CHECK(table.find("A shortest run") == std::string::npos);
  CHECK(table.ends_with("verdict   violated: AC1; holds: AC3 and NB\n"
                        "warning   in no search that came to its end: the handler recover runs\n"
                        "up to     1 crash anywhere in a step (effects cut, broadcasts torn); no recovery; 1 false suspicion\n"
                        "          (early timeout)\n"
                        "timing    synchronous: timers fire only when no message is under way; messages overtake each other\n"
                        "votes     alice yes; bob either way (4 starts)\n"
                        "searched  4 of 4 vectors of faults, 2,400 worlds, 8,000 steps\n"
                        "time      0.04 s, 2.5 kB\n"
                        "repeat    ./lab check bank-transfer --crashes 1\n"));
  const std::string runs = frontier_text(about, frontier, FrontierView::runs, {}, {{"p.play", {"replay", "p.play"}}}, {});
  CHECK(runs.find("A shortest run that breaks AC1 with 1 suspicion\n  votes  alice votes yes, bob no\n") != std::string::npos);
  CHECK(runs.find("0 suspicions") == std::string::npos);
  CHECK(runs.ends_with("replay    ./lab replay p.play\n"));
  CHECK(frontier_text(about, frontier, FrontierView::runs, {}, {}, {.detail = Detail::quiet}) ==
        frontier_lines(frontier, {}) + "verdict  violated: AC1; holds: AC3 and NB\n");
}

TEST_CASE("what is counted as searched, as following, and as not searched, are all vectors") {
  CHECK(searched_text(frontier_within({.duplicates = 2, .partitions = 1})) == "4 of 6 vectors of faults, 2,400 worlds, 8,000 steps; 2 follow from others");
  Frontier stopped = frontier_within({.losses = 1});
  stopped.rows[1].searched = false;
  stopped.rows[1].cells[0].status = Status::inconclusive;
  CHECK(searched_text(stopped).ends_with("; 1 not searched"));
}

TEST_CASE("the JSON of a frontier has its words, its vectors and its runs") {
  const Frontier frontier = frontier_within({.crashes = 2, .losses = 1, .suspicions = 1});
  const json document = json::parse(frontier_json(about_short_run(), frontier, {}, {}, 1));
  CHECK(document["schema"] == "commitlab-frontier/1");
  CHECK(document["status"] == "violated");
  CHECK(document["properties"][0]["words"] == frontier_sentence(frontier.properties[0]));
  const json& breach = document["properties"][0]["breaches"][1];
  CHECK(breach["words"] == "1 crash + 1 loss");
  CHECK(breach["budgets"]["crashes"] == 1);
  CHECK(breach["steps"] == 4);
  CHECK(breach["least"] == true);
  CHECK(breach["witness"]["lines"].size() == 4);
  CHECK(document["properties"][2]["open"].size() == 4);
  CHECK(document["vectors"].size() == 12);
  CHECK(document["vectors"][6]["cells"][0] == json::parse(R"({"property": "AC1", "status": "violated", "searched": false,
    "broken_by": {"crashes": 0, "disk_losses": 0, "losses": 0, "duplicates": 0, "reorders": 0, "partitions": 0, "suspicions": 1}})"));
  CHECK(document["exit_code"] == 1);
}

}  // namespace commitlab
