// Rows of a sweep become curves, and what is no such row is refused with its place.
#include "reports/curves.hpp"

#include "reports/sweep_report.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

std::string rows(const std::vector<std::pair<std::string, std::string>>& points, bool conclusive) {
  std::string csv;
  for (const auto& [loss, protocol] : points) {
    const SweepPoint point{.values = {{"protocol", protocol}, {"loss", loss}}, .runs = 10, .seed = 7};
    Estimate estimate;
    estimate.product_decimal = "0.9";
    estimate.outcomes = {.commits = 8, .aborts = 2};
    estimate.commits = {0.5, 0.9}, estimate.aborts = {0.1, 0.5}, estimate.blocked = estimate.breaks = {0, 0.3};
    estimate.exact = ExactOdds{.commits = {0.75, 0.75}, .aborts = {0.25, 0.25}, .blocked = {0, 4e-77}, .breaks = {0, 0}, .conclusive = conclusive};
    if (csv.empty()) csv = head_of_rows(point, RowFormat::csv);
    csv += row_of(point, estimate, std::nullopt, RowFormat::csv);
  }
  return csv;
}

std::string flaw(const std::string& csv) {
  try {
    curves_of_rows(csv);
  } catch (const BadRows& bad) {
    return std::to_string(bad.line) + ": " + bad.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a sweep of two axes is a curve for each protocol along the numbers") {
  const Curves curves = curves_of_rows(rows({{"0.1", "2pc"}, {"1/3", "2pc"}, {"0.1", "3pc"}, {"0", "3pc"}}, true));
  CHECK(curves.along == "loss");
  REQUIRE(curves.lines.size() == 2);
  CHECK(curves.lines[0].name == "2pc");
  REQUIRE(curves.lines[0].points.size() == 2);
  CHECK(curves.lines[0].points[1][0].x == 1.0 / 3);
  CHECK(curves.lines[0].points[1][0].y == 0.75);
  CHECK(curves.lines[1].name == "3pc");
  CHECK(curves.lines[1].points[0][0].x == 0);  // in ascending order, whatever that of the rows
  CHECK(curves.from == "4 rows of a sweep: exact chances");
}

TEST_CASE("where the exact chances are not settled, the counted share is drawn with its interval") {
  const Curves curves = curves_of_rows(rows({{"0.1", "2pc"}, {"0.2", "2pc"}}, false));
  const Curve::Point& commits = curves.lines.at(0).points.at(0)[0];
  CHECK(commits.y == 0.8);
  CHECK(commits.band.low == 0.5);
  CHECK(commits.band.high == 0.9);
  CHECK(curves.from.find("not conclusive") != std::string::npos);
}

TEST_CASE("an outcome that never comes has no chart, and the others have a title and marks") {
  const std::string html = charts_of(curves_of_rows(rows({{"0.1", "2pc"}, {"0.2", "2pc"}}, true)));
  CHECK(html.find("<title>commits</title>") != std::string::npos);
  CHECK(html.find("<title>aborts</title>") != std::string::npos);
  CHECK(html.find("blocked") == std::string::npos);
  CHECK(html.find("<circle cx=\"54.00\"") != std::string::npos);   // the first point, at the left end of the plot
  CHECK(html.find("<circle cx=\"408.00\"") != std::string::npos);  // the last one, at the right
  CHECK(html.find("style") == std::string::npos);
}

TEST_CASE("what no sweep wrote is refused with its line") {
  const std::string good = rows({{"0.1", "2pc"}, {"0.2", "2pc"}}, true);
  CHECK(flaw("") == "1: expected the rows that the verb sweep writes, got nothing");
  CHECK(flaw("a,b\r\n1,2\r\n") == "1: no column runs: these are no rows of a sweep");
  CHECK(flaw(good.substr(0, good.find('\n') + 1)) == "1: there is no row");
  CHECK(flaw(good + "1,2\r\n") == "4: expected 41 fields as in the first line, got 2");
  CHECK(flaw(good + "\"1,2\r\n") == "4: a quoted field does not end");
  CHECK(flaw(rows({{"0.1", "2pc"}}, true)) == "1: nothing to draw along: no axis has several numbers");
  std::string bad = good;
  bad.replace(bad.rfind("0.75"), 4, "7.50");
  CHECK(flaw(bad) == "3: column commits_high: expected a chance from 0 to 1, got 7.50");
  bad = good;
  bad.replace(bad.rfind("0.75"), 4, "x<y>");
  CHECK(flaw(bad) == "3: column commits_high: expected a chance from 0 to 1, got x<y>");
  std::vector<std::pair<std::string, std::string>> many;
  for (int i = 0; i < 7; ++i) many.insert(many.end(), {{"0.1", "p" + std::to_string(i)}, {"0.2", "p" + std::to_string(i)}});
  CHECK(flaw(rows(many, true)).find("14: more than 6 curves") == 0);
}

TEST_CASE("chances are drawn on one scale that they fill") {
  using Drawn = ChanceRow::Drawn;
  const std::string svg = chances_chart("A <title>", {{"low", "0.2", {0.2, 0.2}, Drawn::tick}, {"band", "[0.2, 0.4]", {0.2, 0.4}, Drawn::band}}, AxisScale::linear);
  CHECK(svg.find("<title>A &lt;title&gt;</title>") != std::string::npos);
  // From 0.2 to 0.4 with 8 % of air on both sides, between 22 and 398: the tick stands where the band begins.
  CHECK(svg.find("<line x1=\"47.93\"") != std::string::npos);
  CHECK(svg.find("<rect x=\"47.93\"") != std::string::npos);
  CHECK(svg.find("width=\"324.14\" height=\"10\"") != std::string::npos);
  CHECK(svg.find("style") == std::string::npos);
}

}  // namespace commitlab
