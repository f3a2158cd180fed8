#include "commands/values.hpp"

#include "commands/refusal.hpp"
#include "test.hpp"

namespace commitlab {

TEST_CASE("an integer is all digits and in range") {
  CHECK(integer({"--x", "0"}, 0, 9) == 0);
  CHECK(integer({"--x", "9"}, 0, 9) == 9);
  CHECK(integer({"--x", "18446744073709551615"}, 0, ~std::uint64_t{0}) == ~std::uint64_t{0});
  for (const char* text : {"", " ", "-1", "+1", "10", "1e0", "1.0", "01", "00", "0x1", "1 ", " 1", "1,0", "one", "18446744073709551616", "4x", "\xd9\xa3"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(integer({"--x", text}, 0, 9), Refusal);
  }
}

TEST_CASE("a seed is decimal or hexadecimal, of 64 bits") {
  CHECK(seed({"--seed", "0"}) == 0);
  CHECK(seed({"--seed", "0x10"}) == 16);
  CHECK(seed({"--seed", "0XfF"}) == 255);
  CHECK(seed({"--seed", "0xffffffffffffffff"}) == ~std::uint64_t{0});
  for (const char* text : {"", "-1", "0x", "0x-1", "0x10000000000000000", "18446744073709551616", "ff", "010", "Random", "0x1g"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(seed({"--seed", text}), Refusal);
  }
  CHECK(seed({"--seed", "random"}) != seed({"--seed", "random"}));
}

TEST_CASE("a time limit is a decimal number above 0") {
  CHECK(seconds({"--time-limit", "60"}) == 60.0);
  CHECK(seconds({"--time-limit", "0.5"}) == 0.5);
  for (const char* text : {"", "0", "-1", "nan", "inf", "1e3", "0,5", "1.2.3", ".5", "1s", "99999999999"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(seconds({"--time-limit", text}), Refusal);
  }
}

TEST_CASE("a memory limit has a unit and is at least 16M") {
  CHECK(memory_size({"--memory-limit", "16M"}) == std::uint64_t{16} << 20);
  CHECK(memory_size({"--memory-limit", "16384K"}) == std::uint64_t{16} << 20);
  CHECK(memory_size({"--memory-limit", "3G"}) == std::uint64_t{3} << 30);
  CHECK(memory_size({"--memory-limit", "1T"}) == std::uint64_t{1} << 40);
  for (const char* text : {"", "M", "10", "10Q", "-1G", "0.0001K", "1180591620717411303424", "15M", "16777216T", "99999999999999999999G", "16m", "16MB", "016M"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(memory_size({"--memory-limit", text}), Refusal);
  }
}

TEST_CASE("an unknown word is answered with those that are allowed, and the nearest") {
  CHECK(word<Timing>({"--timing", "synchronous"}) == Timing::synchronous);
  try {
    word<Timing>({"--timing", "synchronus"});
    FAIL("not refused");
  } catch (const Refusal& refused) {
    CHECK(refused.findings.errors().front().message ==
          "expected one of asynchronous, synchronous, got \"synchronus\"; did you mean \"synchronous\"?");
  }
}

TEST_CASE("a list has names between its commas, each once") {
  CHECK(list({"--x", "a,b"}) == std::vector<std::string>{"a", "b"});
  for (const char* text : {"", ",", "a,", ",a", "a,,b", "a,a"}) CHECK_THROWS_AS(list({"--x", text}), Refusal);
}

TEST_CASE("properties and what is expected of them are read by name") {
  CHECK(properties({"--check", "AC1,NB,conserve"}) == std::vector{Property::AC1, Property::NB, Property::conserve});
  CHECK(expectations({"--expect", "AC1=violated,NB=holds"}) == Expected{{Property::AC1, Status::violated}, {Property::NB, Status::holds}});
  for (const char* text : {"AC9", "ac1", "custom", "AC1,AC1"}) CHECK_THROWS_AS(properties({"--check", text}), Refusal);
  for (const char* text : {"", "AC1", "AC1=", "=holds", "AC1=true", "AC1=holds,AC1=violated", "custom=holds"}) CHECK_THROWS_AS(expectations({"--expect", text}), Refusal);
}

TEST_CASE("to check nothing is an error of its own") {
  try {
    properties({"--check", ""});
    FAIL("not refused");
  } catch (const Refusal& refused) {
    CHECK(refused.exit_code == kUsage);
    CHECK(refused.findings.errors().front().code == "E1304");
  }
}

TEST_CASE("chances are read exactly") {
  Chances chances{};
  chances.duplicate = {1, 7};
  const std::vector<std::string> names{"coordinator", "alice", "b.ob"};
  set_chances({"--chance", "loss=0.1,crash=1/3,disk-loss=1,recovery=1/2"}, names, chances);
  CHECK(chances.loss == Probability{1, 10});
  CHECK(chances.crash == Probability{1, 3});
  CHECK(chances.disk_loss == Probability{1, 1});
  CHECK(chances.duplicate == Probability{1, 7});
  CHECK(chances.recovery == Probability{1, 2});
  for (const char* text : {"", "loss", "loss=", "loss=0,1", "loss=1.1", "loss=-0.1", "loss=1/0", "loss=nan", "los=0.1", "loss=0.1,loss=0.2", "loss=1e-300", "crash:bob=0.1", "crash:=0.1",
                           "loss:alice=0.1", "crash:alice=1.1", "crash:alice=0,crash:alice=1"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(set_chances({"--chance", text}, names, chances), Refusal);
  }
}

TEST_CASE("a chance of crashes for one node goes before that for all, in whatever order they are given") {
  const std::vector<std::string> names{"coordinator", "alice", "b.ob"};
  const auto crashes = [&](Chances chances, const std::string& text) {
    set_chances({"--chance", text}, names, chances);
    CHECK((chances.crash_by_node.empty() || chances.crash == Probability{}));
    return std::vector{chances.crash_of(node_id(0)), chances.crash_of(node_id(1)), chances.crash_of(node_id(2))};
  };
  const Probability tenth{1, 10}, half{1, 2}, none{};
  CHECK(crashes({}, "crash:b.ob=1/10") == std::vector{none, none, tenth});
  CHECK(crashes({.crash = half}, "crash:b.ob=1/10") == std::vector{half, half, tenth});
  CHECK(crashes({}, "crash:alice=0,crash=0.1,crash:coordinator=0.5") == std::vector{half, none, tenth});
  Chances before;
  before.crash_by_node = {half};
  CHECK(crashes(before, "crash:alice=0.1") == std::vector{half, tenth, none});
  CHECK(crashes(before, "crash=0.1") == std::vector{tenth, tenth, tenth});
  CHECK(crashes(before, "loss=0.1") == std::vector{half, none, none});
  try {
    crashes({}, "crash:alcie=0.1");
    FAIL("not refused");
  } catch (const Refusal& refused) {
    CHECK(refused.findings.errors().front().message == "expected one of coordinator, alice, b.ob, got \"alcie\"; did you mean \"alice\"?");
  }
}

}  // namespace commitlab
