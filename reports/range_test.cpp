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

TEST_CASE("what is tiny is told as it is known: to ten digits, or between bounds") {
  CHECK(range_text({{0, 0}, {8.31e-11, 8.32e-11}}) == "0 to 8.4e-11");
  CHECK(chance_text({0, 8.32e-11}) == "0 to 8.4e-11");
  CHECK(chance_text({1.5e-12, 1.5e-12}) == "1.5e-12");
  CHECK(chance_text({3.1234567891234e-300, 3.1234567891235e-300}) == "3.123456789e-300");
  CHECK(chance_text({0, 0}) == "0");
  CHECK(chance_text({2e-9, 2e-9}) == "0.0000000020");
}

TEST_CASE("the exact chance is compared with the product first, and only what is counted otherwise is chance") {
  Estimate estimate = ranged();
  const auto sentence = [&](const Interval& exact, bool inside, std::vector<std::string> broken, bool means = false, bool conclusive = true) {
    estimate.exact->commits = exact, estimate.product_inside = inside, estimate.broken_assumptions = std::move(broken);
    estimate.exact->means = means, estimate.exact->conclusive = conclusive;
    estimate.commits = {0.625, 0.75};
    return product_sentence(estimate);
  };
  const std::string outside = "the product, 0.5, lies outside the interval of commits, [0.62, 0.75]", inside = "the product, 0.5, lies inside the interval of commits, [0.62, 0.75]";
  const std::string acts = "; this scenario breaks an assumption of the product rule: nodes act";
  CHECK(sentence({0.5, 0.5}, true, {}) == inside);
  CHECK(sentence({0.5, 0.5}, false, {}) == outside + "; it is the exact chance, so this is chance: try more runs");
  CHECK(sentence({0.65, 0.65}, false, {"nodes act"}) == outside + acts);
  CHECK(sentence({0.65, 0.65}, false, {}) == outside + ", and is not the exact chance, 0.6500000000; the protocol and its delays make the difference");
  CHECK(sentence({0.65, 0.65}, true, {"nodes act"}) == inside + ", but is not the exact chance, 0.6500000000" + acts);
  CHECK(sentence({0.5, 0.5}, false, {"nodes act"}, true) == outside + acts);  // the runs do not have mean delays
  CHECK(sentence({0, 1}, false, {}, false, false) == outside + "; the exact chance is not known, and so not whether this is chance: try more runs");
  CHECK(sentence({0.625, 0.75}, true, {"nodes act"}, false, false) == inside + ", but is not the exact chance, [0.62, 0.75], inconclusive" + acts);
}

TEST_CASE("what could not be settled says so in its cell, with the reason below") {
  Estimate estimate = ranged();
  estimate.exact = ExactOdds{.commits = {0.4, 0.6}, .aborts = {0.25, 0.25}, .blocked = {0, 1}, .breaks = {0, 1e-11}, .conclusive = false, .stopped = "the time limit was reached"};
  estimate.range = OddsRange{.commits = {{0, 0}, {1, 1}}, .conclusive = false, .stopped = "the memory limit was reached"};
  estimate.gap.emplace().stopped = "the exact chance is not known";
  estimate.stopped = "the time limit was reached";
  const std::string page = estimate_text({}, estimate, {});
  INFO(page);
  CHECK(page.find("[0.40, 0.60], inconclusive") != std::string::npos);
  CHECK(page.find("0.2500000000 ") != std::string::npos);
  CHECK(page.find("0 to 1, inconclusive") != std::string::npos);
  CHECK(page.find("inconclusive, since the time") != std::string::npos);
  CHECK(page.find("10 runs, fewer than were asked for: the time limit was reached") != std::string::npos);
  CHECK(page.find("what explains it is left out: the exact chance is not known") != std::string::npos);
  const auto json = nlohmann::json::parse(estimate_json({}, estimate, 0));
  CHECK(json["exact"]["why"] == "the time limit was reached");
  CHECK(json["range"]["why"] == "the memory limit was reached");
  CHECK(json["gap"]["why"] == "the exact chance is not known");
  CHECK(json["stopped"] == "the time limit was reached");
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
