// How the range over all orders is told.
#include <nlohmann/json.hpp>

#include "reports/estimate_report.hpp"
#include "reports/range_report.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

OddsRange short_range() {
  return {.commits = {{0.25, 0.25}, {0.75, 0.75}}, .aborts = {{0.25, 0.25}, {0.25, 0.25 + 1e-12}}, .blocked = {{0, 0}, {0.5, 0.5}}, .breaks = {{0, 0}, {0, 0}},
          .timing = Timing::synchronous, .states = 1234, .choices = 5678};
}

Estimate ranged() {
  Estimate estimate;
  estimate.product = estimate.product_decimal = "0.5", estimate.one_less_product = "0.5";
  estimate.outcomes = {.commits = 5, .aborts = 5};
  estimate.exact = ExactOdds{.commits = {0.5, 0.5}, .aborts = {0.25, 0.25}, .blocked = {0.25, 0.25}, .breaks = {0, 0}, .means = true};
  estimate.range = short_range();
  return estimate;
}

}  // namespace

TEST_CASE("a range is told from end to end, rounded outwards, and as one number where that is all there is") {
  const OddsRange range = short_range();
  CHECK(range_text(range.commits) == "0.2500 to 0.7500");
  CHECK(range_text(range.aborts) == "0.2500000000");
  CHECK(range_text(range.blocked) == "0 to 0.5000");
  CHECK(range_text(range.breaks) == "0");
  CHECK(range_text({{0, 0}, {0.65473, 0.654788456}}) == "0 to 0.6548");
  CHECK(range_text({{0.1234567, 0.2}, {0.2, 0.1239876}}) == "0.12345 to 0.12399");
}

TEST_CASE("an estimate has a column for the range, and says who chooses the order") {
  const std::string page = estimate_text({}, ranged(), {});
  INFO(page);
  CHECK(page.find("exact         over all orders") != std::string::npos);
  CHECK(page.find("0.5000000000  0.2500 to 0.7500") != std::string::npos);
  CHECK(page.find("timers keep step") != std::string::npos);
  CHECK(page.find("1,234 states and 5,678 choices") != std::string::npos);
  CHECK(page.find("inconclusive") == std::string::npos);

  const auto json = nlohmann::json::parse(estimate_json({}, ranged(), 0))["range"];
  CHECK(json["kind"] == "range");
  CHECK(json["timing"] == "synchronous");
  CHECK(json["commits"] == nlohmann::json::parse(R"({"least": {"low": 0.25, "high": 0.25}, "greatest": {"low": 0.75, "high": 0.75}})"));
}

TEST_CASE("a range that a limit has widened is inconclusive, and one that there is not says why") {
  Estimate estimate = ranged();
  estimate.range->conclusive = false, estimate.range->timing = Timing::asynchronous;
  const std::string page = estimate_text({}, estimate, {});
  CHECK(page.find("inconclusive") != std::string::npos);
  CHECK(page.find("timers fire at any time") != std::string::npos);
  CHECK(nlohmann::json::parse(estimate_json({}, estimate, 0))["range"]["kind"] == "inconclusive");

  estimate.range->refused = "a script says when";
  const std::string without = estimate_text({}, estimate, {});
  CHECK(without.find("over all orders") == std::string::npos);
  CHECK(without.find("no range over them: a script says when") != std::string::npos);
  CHECK(nlohmann::json::parse(estimate_json({}, estimate, 0))["range"]["why"] == "a script says when");
}

}  // namespace commitlab
