// Every scenario that comes with the program does what it says, and has a play that can be made again.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "commands/command_line.hpp"
#include "scenarios/shipped.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

struct Said {
  int code;
  std::string out, err;
};

Said say(std::vector<std::string> args) {
  std::ostringstream out, err;
  const int code = run_command(std::move(args), out, err, catalogue());
  return {code, out.str(), err.str()};
}

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string path_of(const std::string& name) {
  const auto path = shipped_scenario_path(name);
  REQUIRE(path);
  return *path;
}

bool has_script(const std::string& name) { return text_of(path_of(name)).find("\"script\"") != std::string::npos; }

}  // namespace

TEST_CASE("the shipped scenarios are the eight stories, and one with a script") {
  CHECK(shipped_scenarios() == std::vector<std::string>{"alice-stops", "bank-transfer", "ecommerce-order", "loss-and-retransmission",
                                                        "partition-under-3pc", "supply-chain", "torn-precommit", "trip-booking", "window-of-doubt"});
}

TEST_CASE("every shipped scenario is checked to the verdicts and the exact count of worlds that it expects") {
  for (const auto& name : shipped_scenarios()) {
    INFO(name);
    if (has_script(name)) continue;
    const std::string text = text_of(path_of(name));
    CHECK(text.find("\"worlds\":") != std::string::npos);
    const Said said = say({"check", name});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(said.out.find("as expected") != std::string::npos);
  }
}

TEST_CASE("an expected count that is off by one is not met") {
  const auto path = std::filesystem::temp_directory_path() / "commitlab-off-by-one.json";
  std::string text = text_of(path_of("torn-precommit"));
  const auto at = text.find("\"worlds\": ") + 10;
  text[text.find_first_of("}", at) - 1] ^= 1;
  std::ofstream(path) << text;
  CHECK(say({"check", path.string()}).code == 1);
  std::filesystem::remove(path);
}

TEST_CASE("every shipped scenario runs, and the same seed says the same") {
  for (const auto& name : shipped_scenarios()) {
    INFO(name);
    const Said first = say({"run", name, "--seed", "7"}), second = say({"run", name, "--seed", "7"});
    CHECK(first.code == 0);
    CHECK(first.out == second.out);
    CHECK(first.out != say({"run", name, "--seed", "8"}).out);
  }
}

TEST_CASE("the trip's product rule fails by its shared host, and options that take a fault away take its chance with it") {
  const Said trip = say({"estimate", "trip-booking"});
  CHECK(trip.code == 0);
  CHECK(trip.out.find("0.91286118    0.9380054035") != std::string::npos);  // by the product rule, and exactly
  CHECK(trip.out.find("lies outside the interval of commits") != std::string::npos);
  CHECK(trip.out.find("recover: 3 in 4 stopped nodes") != std::string::npos);
  const Said stays = say({"estimate", "trip-booking", "--runs", "10", "--no-recovery"});
  CHECK(stays.code == 0);
  CHECK(stays.out.find("no recovery") != std::string::npos);
  const Said other = say({"estimate", "trip-booking", "--runs", "10", "--crash-only", "hotel"});
  CHECK(other.code == 0);
  CHECK(other.out.find("handler runs") == std::string::npos);
  CHECK(say({"estimate", "2pc", "--chance", "recovery=0.5"}).code == 64);
}

TEST_CASE("every shipped scenario has a play, which is made again to the end it tells") {
  for (const auto& name : shipped_scenarios()) {
    const std::string play = path_of(name + ".play");
    INFO(play);
    const Said said = say({"replay", play});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(text_of(play).find("\nend; ") != std::string::npos);
  }
}

TEST_CASE("one word of a play changed: it differs, or cannot happen, and is told what does or could") {
  const auto path = std::filesystem::temp_directory_path() / "commitlab-changed.play";
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string text = text_of(path_of("torn-precommit.play"));
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(path) << text;
    return say({"replay", path.string()});
  };
  CHECK(with("force yes", "force no").code == 3);
  CHECK(with("1 abort; 2 commit\n", "1 commit; 2 commit\n").code == 3);
  const Said impossible = with("0 deliver yes from 1", "0 deliver no from 1");
  CHECK(impossible.code == 65);
  CHECK((impossible.out + impossible.err).find("0 deliver yes from 1") != std::string::npos);
  std::filesystem::remove(path);
}

}  // namespace commitlab
