// The exact chances of every shipped scenario lie inside what is counted, and inside the range over all orders.
#include <nlohmann/json.hpp>

#include <sstream>

#include "checker/interval.hpp"
#include "commands/command_line.hpp"
#include "scenarios/shipped.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("every shipped scenario has a range around its exact chances, or says why not") {
  int ranges = 0;
  for (const auto& name : shipped_scenarios()) {
    INFO(name);
    std::ostringstream out, err;
    REQUIRE(run_command({"estimate", name, "--weaken", "none", "--runs", "1", "--json"}, out, err, catalogue()) == 0);
    const auto json = nlohmann::json::parse(out.str());
    const auto& range = json["range"];
    if (range["kind"] == "refused") {
      CHECK((name == "alice-stops" || name == "trip-booking"));
      CHECK(range["why"].get<std::string>().find(name == "alice-stops" ? "script" : "returns") != std::string::npos);
      continue;
    }
    ++ranges;
    CHECK(range["kind"] == "range");
    for (const std::string outcome : {"commits", "aborts", "blocked", "breaks"}) {
      INFO(outcome << ": " << json["exact"][outcome].dump() << " in " << range[outcome].dump());
      CHECK(range[outcome]["least"]["low"].get<double>() <= json["exact"][outcome]["high"].get<double>() + 1e-12);
      CHECK(json["exact"][outcome]["low"].get<double>() <= range[outcome]["greatest"]["high"].get<double>() + 1e-12);
    }
    const double wide = range["commits"]["greatest"]["high"].get<double>() - range["commits"]["least"]["low"].get<double>();
    CHECK((range["timing"] == "asynchronous" || wide < 0.001));  // in step, orders matter little here
  }
  CHECK(ranges == 13);
}

TEST_CASE("the exact chances of every shipped scenario are what is counted") {
  constexpr std::uint64_t kRuns = 20'000;
  int scenarios = 0, uncertain = 0;
  for (const auto& name : shipped_scenarios()) {
    INFO(name);
    std::ostringstream out, err;
    REQUIRE(run_command({"estimate", name, "--weaken", "none", "--runs", std::to_string(kRuns), "--json"}, out, err, catalogue()) == 0);
    const auto json = nlohmann::json::parse(out.str());
    ++scenarios;
    CHECK(json["exact"]["kind"] == "exact");
    for (const std::string outcome : {"commits", "aborts", "blocked", "breaks"}) {
      const Interval counted = clopper_pearson({json[outcome]["count"].get<std::uint64_t>(), kRuns}, 0.9999);
      INFO(outcome << ": " << json["exact"][outcome].dump() << " in [" << counted.low << ", " << counted.high << "]");
      CHECK(counted.low <= json["exact"][outcome]["high"].get<double>());
      CHECK(json["exact"][outcome]["low"].get<double>() <= counted.high);
      uncertain += counted.low > 0 && counted.high < 1 ? 1 : 0;
    }
  }
  CHECK(scenarios == 15);
  CHECK(uncertain >= 8);  // else nothing here is a matter of chance
}

}  // namespace commitlab
