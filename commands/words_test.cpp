#include "commands/words.hpp"

#include "commands/refusal.hpp"
#include "test.hpp"

namespace commitlab {

static Words words_of_check(std::vector<std::string> words) {
  const auto allowed = options_of(Verb::check);
  return read_words(std::move(words), allowed);
}

static Diagnostic refused(std::vector<std::string> words) {
  try {
    words_of_check(std::move(words));
  } catch (const Refusal& refusal) {
    CHECK(refusal.exit_code == kUsage);
    REQUIRE(refusal.findings.errors().size() == 1);
    return refusal.findings.errors().front();
  }
  FAIL("not refused");
  return {};
}

TEST_CASE("words are operands and options in any order") {
  for (const auto& words : std::vector<std::vector<std::string>>{{"x", "-n", "3", "--crashes", "1"}, {"--crashes=1", "x", "-n3"}, {"-n", "3", "--crashes=1", "--", "x"}}) {
    const Words read = words_of_check(words);
    CHECK(read.operands == std::vector<std::string>{"x"});
    REQUIRE(read.given.size() == 2);
    CHECK(*read.find("participants") == "3");
    CHECK(*read.find("crashes") == "1");
  }
}

TEST_CASE("values are kept as they were written, numbers too") {
  for (const std::string value : {"-1", "010", "1e3", "18446744073709551616", "", " 1", "+1", "0x10", "[1,2]", "a b", "%s"}) {
    CAPTURE(value);
    CHECK(*words_of_check({"--crashes", value}).find("crashes") == value);
    if (!value.empty()) CHECK(*words_of_check({"--crashes=" + value}).find("crashes") == value);
  }
}

TEST_CASE("an option takes one value and leaves the operand alone") {
  CHECK(words_of_check({"--check", "AC1", "x"}).operands == std::vector<std::string>{"x"});
  CHECK(words_of_check({"--recovery", "x"}).operands == std::vector<std::string>{"x"});
  CHECK(words_of_check({"-q", "x"}).operands == std::vector<std::string>{"x"});
}

TEST_CASE("an option given twice is one option if the value is the same") {
  CHECK(words_of_check({"--crashes", "1", "--crashes", "1", "-q", "--quiet"}).given.size() == 2);
  const auto error = refused({"--crashes", "1", "--losses", "0", "--crashes", "2"});
  CHECK(error.pointer == "--crashes");
  CHECK(error.message == "given twice, as \"1\" and as \"2\"");
  CHECK(refused({"-n", "2", "--participants", "3"}).code == "E1604");
}

TEST_CASE("an unknown option is answered with the one that was meant") {
  CHECK(refused({"--crahses", "1"}).message == "unknown option \"--crahses\"; did you mean \"--crashes\"?");
  CHECK(refused({"--max-state=3"}).message == "unknown option \"--max-state\"; did you mean \"--max-states\"?");
  CHECK(refused({"-z"}).code == "E1602");
  CHECK(refused({"-qz"}).code == "E1602");
  CHECK(refused({"--\x1b[31m"}).message == "unknown option \"--\\u{1B}[31m\"");
}

TEST_CASE("an option of another verb is answered with its verbs") {
  const auto error = refused({"--runs", "5"});
  CHECK(error.pointer == "--runs");
  CHECK(error.hint == "an option of: estimate, blocking, report, sweep");
}

TEST_CASE("an option without its value says what it wants") {
  CHECK(refused({"--crashes"}).message == "expected a value: N");
  CHECK(refused({"-n"}).pointer == "--participants");
  CHECK(refused({"--protocol", "--crashes", "1"}).message == "expected a value, got the option \"--crashes\"");
  CHECK(refused({"--json=yes"}).pointer == "--json");
}

TEST_CASE("options that contradict each other are refused") {
  CHECK(refused({"--recovery", "--no-recovery"}).code == "E1604");
  CHECK(refused({"-q", "-v"}).pointer == "--quiet");
}

TEST_CASE("words are spelled out as they can be given again") {
  const Words read = words_of_check({"--recovery", "x", "--participants", "3", "-q"});
  const auto again = spelled_out(read, [](const Option& option) { return option.asks(); });
  CHECK(again == std::vector<std::string>{"x", "--recovery", "-n", "3"});
}

TEST_CASE("recovery and no-recovery replace each other") {
  Words words = words_of_check({"--recovery"});
  words.set("no-recovery", "");
  CHECK(words.has("no-recovery"));
  CHECK_FALSE(words.has("recovery"));
}

}  // namespace commitlab
