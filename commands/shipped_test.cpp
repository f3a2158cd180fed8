// Every scenario that comes with the program does what it says, and has a play that can be made again.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
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
bool has_lesson(const std::string& name) { return text_of(path_of(name)).find("\"lesson\"") != std::string::npos; }

const std::vector<std::string> kLessons = {"lesson-3pc-and-partition", "lesson-3pc-without-termination", "lesson-commit-is-forced",
                                           "lesson-product-rule",      "lesson-window-of-doubt",         "lesson-yes-is-forced"};

nlohmann::json lesson_of(const std::string& name) {
  const Said said = say({"show", name, "--lesson", "--json"});
  INFO(name << said.err);
  REQUIRE(said.code == 0);
  return nlohmann::json::parse(said.out);
}

}  // namespace

TEST_CASE("the shipped scenarios are the eight stories, one with a script, and six lessons") {
  std::vector<std::string> names{"alice-stops", "bank-transfer", "ecommerce-order", "loss-and-retransmission", "partition-under-3pc", "supply-chain", "torn-precommit", "trip-booking", "window-of-doubt"};
  names.insert(names.begin() + 3, kLessons.begin(), kLessons.end());
  CHECK(shipped_scenarios() == names);
  for (const auto& name : names) CHECK(has_lesson(name) == name.starts_with("lesson-"));
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
    const Said first = say({"run", name, "--weaken", "none", "--seed", "7"}), second = say({"run", name, "--weaken", "none", "--seed", "7"});
    CHECK(first.code == 0);
    CHECK(first.out == second.out);
    CHECK(first.out != say({"run", name, "--weaken", "none", "--seed", "8"}).out);
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

TEST_CASE("every shipped scenario has a play, which is made again to the end it tells, or a lesson with one of its own") {
  for (const auto& name : shipped_scenarios()) {
    if (has_lesson(name)) continue;
    const std::string play = path_of(name + ".play");
    INFO(play);
    const Said said = say({"replay", play});
    INFO(said.out << said.err);
    CHECK(said.code == 0);
    CHECK(text_of(play).find("\nend; ") != std::string::npos);
  }
}

TEST_CASE("every shipped lesson can happen, has two to four questions, and its run shows each answer") {
  for (const auto& name : kLessons) {
    INFO(name);
    const auto lesson = lesson_of(name);
    CHECK(lesson["title"].get<std::string>().starts_with("Lesson: "));
    CHECK(lesson["questions"].size() >= 2);
    CHECK(lesson["questions"].size() <= 4);
    std::set<int> answers;
    for (const auto& question : lesson["questions"]) {
      INFO(question["ask"]);
      CHECK(question["choices"].size() == 3);
      CHECK(question["shows"].size() > 0);  // which was held against the run, or there were no lesson
      answers.insert(question["answer"].get<int>());
    }
    CHECK(answers.size() > 1);  // nobody guesses by the place
    const Said told = say({"show", name, "--lesson", "--answers"});
    CHECK(told.code == 0);
    CHECK(told.out.find("because: ") != std::string::npos);
  }
}

TEST_CASE("a shipped lesson whose answer its protocol no longer shows is refused") {
  const auto path = std::filesystem::temp_directory_path() / "commitlab-other-protocol.json";
  std::string text = text_of(path_of("lesson-window-of-doubt"));
  const std::string from = "\"protocol\": \"2pc\"";
  text.replace(text.find(from), from.size(), "\"protocol\": \"2pc-ctp\"");  // there Alice asks Bob, too
  std::ofstream(path) << text;
  const Said said = say({"show", path.string(), "--lesson"});
  CHECK(said.code == 65);
  CHECK(said.err.find("behind question 3") != std::string::npos);
  std::filesystem::remove(path);
}

// What the lessons say beyond their own runs.
TEST_CASE("the lessons are right about what would not have gone wrong") {
  const auto holds = [](std::vector<std::string> args) {
    args.insert(args.begin(), "check");
    const Said said = say(args);
    INFO(said.out << said.err);
    return said.code == 0 && said.out.find("violated") == std::string::npos;
  };
  CHECK(holds({"lesson-yes-is-forced", "--weaken", "none"}));
  CHECK(holds({"lesson-commit-is-forced", "--weaken", "none"}));
  CHECK(holds({"lesson-3pc-without-termination", "--crash-points", "handlers"}));
  CHECK(holds({"lesson-3pc-without-termination", "--protocol", "3pc"}));
  CHECK(holds({"lesson-3pc-and-partition", "--partitions", "0", "--crashes", "2"}));
  CHECK(holds({"lesson-window-of-doubt", "--protocol", "3pc", "--check", "AC1,AC2,AC3,NB"}));
  CHECK_FALSE(holds({"lesson-window-of-doubt", "--protocol", "2pc-ctp", "--check", "NB"}));  // asking Bob does not help
}

TEST_CASE("the lesson on the product rule says the numbers that estimate prints, and no others") {
  const Said said = say({"estimate", "lesson-product-rule", "--json"});
  REQUIRE(said.code == 0);
  const auto odds = nlohmann::json::parse(said.out);
  const auto close = [](const nlohmann::json& number, double to) { return std::abs(number.get<double>() - to) < 1e-9; };
  INFO(odds.dump(1));
  CHECK(odds["product"]["value"] == "0.72");
  CHECK(close(odds["exact"]["commits"]["low"], 0.5864445));
  CHECK(close(odds["exact"]["commits"]["high"], 0.5864445));
  const std::string text = say({"estimate", "lesson-product-rule"}).out;
  CHECK(text.find("messages are lost                  0.7200000000                +0.1335555000     100.0 %") != std::string::npos);

  // What it is asked with, what is printed, and one wrong choice.
  const std::set<std::string> known{"0.9", "0.8", "0.05", "0.95", "0.72", "0.5864445", "0.1335555", "0.85"};
  const std::string lesson = text_of(path_of("lesson-product-rule"));
  const std::regex number("[0-9]+\\.[0-9]+");
  std::set<std::string> found;
  for (auto at = std::sregex_iterator(lesson.begin(), lesson.end(), number); at != std::sregex_iterator(); ++at) found.insert(at->str());
  CHECK(found == known);
  // The chances of the scenario are those of its text.
  CHECK(lesson.find("\"success\": 0.9}") != std::string::npos);
  CHECK(lesson.find("\"success\": 0.8}") != std::string::npos);
  CHECK(lesson.find("\"loss\": 0.05}") != std::string::npos);
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
