// `sweep` as its caller sees it: rows that are right, files that can be gone on with, and what is refused.
#include <nlohmann/json.hpp>

#include <cmath>
#include <csignal>
#include <sstream>

#include "commands/axes.hpp"
#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

static bool has(const std::string& text, const std::string& words) { return text.find(words) != std::string::npos; }

static std::vector<json> rows_of(const std::string& text) {
  std::vector<json> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) rows.push_back(json::parse(line));
  return rows;
}

static std::vector<std::string> values(const std::string& varied) { return axes_of({varied}, catalogue()).at(0).values; }

TEST_CASE("the values on an axis are exact decimals, or fractions where there is none") {
  CHECK(values("loss=0..0.1:11") == std::vector<std::string>{"0", "0.01", "0.02", "0.03", "0.04", "0.05", "0.06", "0.07", "0.08", "0.09", "0.1"});
  CHECK(values("crash=0..1:4") == std::vector<std::string>{"0", "1/3", "2/3", "1"});
  CHECK(values("success=0.90,0.5,1e-3,1/3") == std::vector<std::string>{"0.9", "0.5", "0.001", "1/3"});
  CHECK(values("participants=2..5") == std::vector<std::string>{"2", "3", "4", "5"});
  CHECK(values("participants=2..10:5") == std::vector<std::string>{"2", "4", "6", "8", "10"});
  CHECK(values("participants=3..3") == std::vector<std::string>{"3"});
  CHECK(values("timeout=10..50:3") == std::vector<std::string>{"10", "30", "50"});
  CHECK(values("timeout=0.5,20") == std::vector<std::string>{"0.5", "20"});
  CHECK(values("protocol=3pc,2pc") == std::vector<std::string>{"3pc", "2pc"});
}

TEST_CASE("points are all combinations, the last axis fastest") {
  const auto axes = axes_of({"loss=0,0.1", "participants=1..3"}, catalogue());
  REQUIRE(points_of(axes) == 6);
  CHECK(values_at(axes, 0) == std::vector<std::string>{"0", "1"});
  CHECK(values_at(axes, 2) == std::vector<std::string>{"0", "3"});
  CHECK(values_at(axes, 5) == std::vector<std::string>{"0.1", "3"});
}

TEST_CASE("each row asks the scenario with its values in place") {
  fakes() = {};
  std::vector<Scenario> asked;
  fakes().while_estimating = [&] { asked.push_back(fakes().scenario); };
  const Called called = call({"sweep", "fake", "--vary", "loss=0.1,1/3", "--vary", "participants=1,3", "--vary", "success=0.9", "--vary", "timeout=20", "--chance", "crash=0.2,loss=0.5", "--runs", "7"});
  CHECK(called.exit_code == 0);
  REQUIRE(asked.size() == 4);
  CHECK(fakes().runs == 7);
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(asked[i].chances.loss == (i < 2 ? Probability{1, 10} : Probability{1, 3}));
    CHECK(asked[i].chances.crash == Probability{1, 5});
    CHECK(asked[i].participants.size() == (i % 2 == 0 ? 1 : 3));
    CHECK(asked[i].participants.back().success == Probability{9, 10});
    CHECK(asked[i].delays.timeout == 20'000'000);
  }
  fakes() = {};
}

TEST_CASE("a CSV has a header, and its rows are the closed forms: commits with (p (1-l)^2)^n") {
  const Called called = call({"sweep", "2pc", "--vary", "success=0.9,1", "--vary", "participants=1..2", "--runs", "100"}, catalogue());
  CAPTURE(called.err);
  CHECK(called.exit_code == 0);
  CHECK(called.out.starts_with("success,participants,runs,seed,product,conclusive,commits_low,commits_high,aborts_low,aborts_high,blocked_low,blocked_high,breaks_low,breaks_high,"
                               "messages,forced_writes,counted_commits,share_commits,share_commits_low,share_commits_high,"));
  CHECK(has(called.out, "\r\n0.9,1,100,"));
  CHECK(has(called.out, ",0.81,true,0.8"));
  CHECK(called.out.ends_with("\r\n"));
  const Called lossy = call({"sweep", "2pc", "--vary", "loss=0,0.1", "--vary", "participants=1..2", "--runs", "100", "--format", "ndjson"}, catalogue());
  const auto rows = rows_of(lossy.out);
  REQUIRE(rows.size() == 4);
  for (const auto& row : rows) {
    const double commits = std::pow(1 - row["loss"].get<double>(), 2 * row["participants"].get<int>());
    CHECK(std::abs(row["commits_low"].get<double>() - commits) < 1e-9);
    CHECK(row["commits_low"].get<double>() <= row["commits_high"].get<double>());
    CHECK(row["conclusive"] == true);
    CHECK(row["product"] == 1);
    CHECK(row["counted_commits"].get<int>() + row["counted_aborts"].get<int>() + row["counted_blocked"].get<int>() == 100);
    CHECK(row["share_commits_low"].get<double>() <= commits);
    CHECK(row["messages"].get<double>() >= 4);
  }
}

TEST_CASE("a row has the runs of estimate with its seed, wherever it stands and however it is asked for") {
  const auto rows = rows_of(call({"sweep", "2pc", "--vary", "loss=0,0.2", "--vary", "protocol=2pc", "--runs", "200", "--format", "ndjson"}, catalogue()).out);
  const auto other = rows_of(call({"sweep", "2pc", "--vary", "protocol=2pc", "--chance", "loss=0.2", "--runs", "200", "--format", "ndjson"}, catalogue()).out);
  REQUIRE(rows.size() == 2);
  REQUIRE(other.size() == 1);
  CHECK(rows[1]["seed"] == other[0]["seed"]);
  CHECK(rows[1]["counted_commits"] == other[0]["counted_commits"]);
  CHECK(rows[0]["seed"] != rows[1]["seed"]);
  const json alone = json::parse(call({"estimate", "2pc", "--chance", "loss=0.2", "--runs", "200", "--seed", rows[1]["seed"].dump(), "--json"}, catalogue()).out);
  CHECK(alone["commits"]["count"] == rows[1]["counted_commits"]);
  const auto seeded = rows_of(call({"sweep", "2pc", "--vary", "protocol=2pc", "--chance", "loss=0.2", "--runs", "200", "--seed", "5", "--format", "ndjson"}, catalogue()).out);
  CHECK(seeded[0]["seed"] != rows[1]["seed"]);
}

static std::vector<std::string> sweeping(const std::string& file, const std::vector<std::string>& more = {}) {
  std::vector<std::string> args = {"sweep", "2pc", "--vary", "loss=0..0.2:3", "--vary", "participants=1,2", "--runs", "50", "--to", file};
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

TEST_CASE("a file that was left anywhere is gone on with, and becomes the same to the last byte") {
  for (const char* format : {"csv", "ndjson"}) {
    const TemporaryFolder folder;
    const Called whole = call(sweeping(folder / "whole", {"--format", format}), catalogue());
    CAPTURE(whole.err);
    CHECK(whole.exit_code == 0);
    CHECK(has(whole.out, "whole: 6 of 6 rows\n"));
    const std::string text = folder.read("whole");
    for (const std::size_t size : {std::size_t{0}, std::size_t{5}, text.size() / 4, text.size() / 2, text.size() - 1, text.size()}) {
      const std::string file = folder.write("part", text.substr(0, size));
      CAPTURE(format, size);
      CHECK(call(sweeping(file, {"--format", format}), catalogue()).exit_code == 0);
      CHECK(folder.read("part") == text);
    }
  }
}

TEST_CASE("rows that are there are not computed again") {
  const TemporaryFolder folder;
  const std::vector<std::string> args = {"sweep", "fake", "--vary", "loss=0..0.3:4", "--to", folder / "a"};
  fakes() = {};
  CHECK(call(args).exit_code == 0);
  CHECK(fakes().estimates == 4);
  const std::string text = folder.read("a");
  folder.write("a", text.substr(0, text.size() - 3));
  fakes().estimates = 0;
  CHECK(has(call(args).out, "4 of 4 rows, 3 of them from before\n"));
  CHECK(fakes().estimates == 1);
  CHECK(has(call(args).out, "4 of 4 rows, 4 of them from before\n"));
  CHECK(fakes().estimates == 1);
}

TEST_CASE("a file of another sweep, or of something else, is left alone unless told") {
  const TemporaryFolder folder;
  const std::string file = folder / "a";
  REQUIRE(call(sweeping(file), catalogue()).exit_code == 0);
  const std::string text = folder.read("a");
  const auto refused = [&](const std::vector<std::string>& args, const std::string& words) {
    const Called called = call(args, catalogue());
    CAPTURE(called.err);
    CHECK(called.exit_code == 73);
    CHECK(has(called.err, "is not of this sweep: " + words));
    CHECK(has(called.err, "--force"));
  };
  refused({"sweep", "2pc", "--vary", "loss=0..0.2:3", "--runs", "50", "--to", file}, "it begins otherwise");
  refused(sweeping(file, {"--seed", "3"}), "its row 1 is another");
  refused(sweeping(file, {"--chance", "crash=0.1"}), "its row 1 is another");
  refused(sweeping(file, {"--format", "ndjson"}), "its row 1 is another");
  refused({"sweep", "2pc", "--vary", "loss=0..0.1:2", "--vary", "participants=1,2", "--runs", "50", "--to", file}, "it has more rows");
  CHECK(folder.read("a") == text);
  folder.write("notes", "remember the milk");
  refused(sweeping(folder / "notes"), "it begins otherwise");
  CHECK(folder.read("notes") == "remember the milk");
  CHECK(call(sweeping(folder / "notes", {"--force"}), catalogue()).exit_code == 0);
  CHECK(folder.read("notes") == text);
}

TEST_CASE("a signal lets the row under way be finished, and the same command goes on") {
  for (const int signal : {SIGINT, SIGTERM}) {
    const TemporaryFolder folder;
    const std::vector<std::string> args = {"sweep", "fake", "--vary", "loss=0..0.3:4", "--to", folder / "a"};
    fakes() = {};
    fakes().while_estimating = [&] {
      if (fakes().estimates == 2) std::raise(signal);
    };
    const Called stopped = call(args);
    CHECK(stopped.exit_code == 2);
    CHECK(has(stopped.out, "a: 2 of 4 rows\n"));
    CHECK(has(stopped.out, "go on    commitlab sweep fake --vary loss=0..0.3:4 --to " + (folder / "a") + "\n"));
    CHECK(folder.read("a").ends_with("\r\n"));
    fakes() = {};
    CHECK(call(args).exit_code == 0);
    CHECK(fakes().estimates == 2);
    const std::string text = folder.read("a");
    CHECK(call({"sweep", "fake", "--vary", "loss=0..0.3:4"}).out == text);
  }
  fakes() = {};
  fakes().while_estimating = [] { std::raise(SIGINT); };
  const Called printed = call({"sweep", "fake", "--vary", "loss=0..0.3:4"});
  CHECK(printed.exit_code == 2);
  CHECK(printed.err == "stopped after 1 of 4 rows\n");
  fakes() = {};
}

TEST_CASE("progress says which row it is, and is erased in the end") {
  fakes() = {};
  const Called called = call({"sweep", "fake", "--vary", "loss=0,0.1", "--progress", "on"});
  CHECK(called.err.starts_with("\rrow 1 of 2, 0.00 s"));
  CHECK(has(called.err, "row 2 of 2, 0.00 s, about 0.00 s left"));
  CHECK(called.err.ends_with("\r"));
  CHECK(call({"sweep", "fake", "--vary", "loss=0,0.1"}).err.empty());
}

TEST_CASE("as JSON the rows are in the answer, or the name of their file") {
  const json rows = json::parse(call({"sweep", "2pc", "--vary", "participants=1..2", "--runs", "10", "--json"}, catalogue()).out);
  CHECK(rows["schema"] == "commitlab-sweep/1");
  CHECK(rows["rows"][1]["participants"] == 2);
  const TemporaryFolder folder;
  const json told = json::parse(call({"sweep", "2pc", "--vary", "participants=1..2", "--runs", "10", "--json", "--to", folder / "a"}, catalogue()).out);
  CHECK(told["rows"] == 2);
  CHECK(told["file"] == folder / "a");
}

TEST_CASE("what cannot be swept is refused in words, before anything is made") {
  const TemporaryFolder folder;
  const auto refused = [&](std::vector<std::string> varied, const std::string& words, int exit_code = 64) {
    fakes() = {};
    std::vector<std::string> args = {"sweep", "fake", "--to", folder / "a"};
    for (auto& one : varied) args.insert(args.end(), {"--vary", std::move(one)});
    const Called called = call(args);
    CAPTURE(called.err);
    CHECK(called.exit_code == exit_code);
    CHECK(has(called.err, words));
    CHECK(fakes().estimates == 0);
    CHECK(std::filesystem::is_empty(folder / ""));
  };
  refused({}, "error[E1605] --vary: what is to be varied?");
  refused({"los=0.1"}, "unknown axis \"los\"; did you mean \"loss\"?");
  refused({"loss"}, "loss: expected its values");
  refused({"loss="}, "loss: expected its values");
  refused({"loss=0.1..0:3"}, "the range \"0.1..0:3\" runs backwards");
  refused({"loss=0..0.1"}, "expected how many values the range \"0..0.1\" has\n  hint: loss=0..0.1:11");
  refused({"loss=0..0.1:1"}, "expected an integer from 2 to 10000, got \"1\"");
  refused({"loss=0..0.1:x"}, "expected an integer from 2 to 10000, got \"x\"");
  refused({"loss=0.1..0.1:3"}, "has one value only");
  refused({"loss=0..1.5:2"}, "loss: expected a chance from 0 to 1, such as 0.01 or 1/3, got \"1.5\"");
  refused({"loss=-0.1,0"}, "loss: expected a chance from 0 to 1");
  refused({"loss=0.1,,0.2"}, "expected names with a comma between them");
  refused({"loss=0.1,0.10"}, "\"0.1\" listed twice");
  refused({"loss=0.1", "loss=0.2"}, "the axis loss given twice");
  refused({"participants=0..2"}, "participants: expected a whole number from 1 to 63, got \"0\"");
  refused({"participants=2..5:3"}, "participants: expected a whole number from 1 to 63, got \"3.5\"");
  refused({"participants=1..99999999999"}, "has more than 10000 values");
  refused({"timeout=0,5"}, "timeout: expected milliseconds above 0");
  refused({"timeout=0.0000001"}, "to the nanosecond, got \"0.0000001\"");
  refused({"protocol=fake,othr"}, "did you mean \"other\"?");
  refused({"protocol=fake,other"}, "given twice, as \"fake\" and as \"other\"");
  refused({"loss=0..1:101", "crash=0..1:101"}, "more than 10000 points");
  CHECK(has(call({"sweep", "tcommit", "--vary", "loss=0,1"}, catalogue()).err, "is a specification"));
  CHECK(has(call({"sweep", "-", "--vary", "loss=0,1"}).err, "save the scenario as a file first"));
  CHECK(has(call({"sweep", "fake", "--vary", "loss=0,1", "--runs", "0"}).err, "--runs: expected an integer from 1"));
  CHECK(has(call({"estimate", "fake", "--vary", "loss=0,1"}).err, "an option of: sweep"));
}

TEST_CASE("of a file that is not of the sweep no more is read than tells so") {
  const TemporaryFolder folder;
  const std::string file = folder.write("big", "");
  std::filesystem::resize_file(file, std::uintmax_t{1} << 36);  // that takes no room
  const std::vector<std::string> sweep = {"sweep", "2pc", "--vary", "loss=0,0.1", "--runs", "10", "--to", file};
  const Called other = call(sweep, catalogue());
  CHECK(other.exit_code == 73);
  CHECK(other.err.find("it begins otherwise") != std::string::npos);
  std::vector<std::string> rows = sweep;
  rows.insert(rows.end(), {"--format", "ndjson"});
  CHECK(call(rows, catalogue()).err.find("its row 1 is another") != std::string::npos);
}

}  // namespace commitlab
