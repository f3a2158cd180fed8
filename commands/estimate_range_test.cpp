// The range over all orders of every shipped scenario contains its exact chances, and stays small enough to be solved.
#include <nlohmann/json.hpp>

#include <sstream>

#include "commands/command_line.hpp"
#include "scenarios/shipped.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("every shipped scenario has a range around its exact chances, or says why not") {
  int ranges = 0;
  for (const auto& name : shipped_scenarios()) {
    INFO(name);
    std::ostringstream out, err;
    REQUIRE(run_command({"estimate", name, "--runs", "1", "--json"}, out, err, catalogue()) == 0);
    const auto json = nlohmann::json::parse(out.str());
    const auto& range = json["range"];
    if (range["kind"] == "refused") {
      CHECK(name == "alice-stops");
      CHECK(range["why"].get<std::string>().find("script") != std::string::npos);
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
  CHECK(ranges == 7);
}

}  // namespace commitlab
