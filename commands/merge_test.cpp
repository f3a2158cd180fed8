// Estimates in parts, by several threads, and until they are narrow, as the caller of the program sees them.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using nlohmann::json;
using Args = std::vector<std::string>;

Args with(Args args, const Args& more) {
  args.insert(args.end(), more.begin(), more.end());
  return args;
}

std::string without_time(const std::string& text) {
  std::istringstream lines(text);
  std::string rest;
  for (std::string line; std::getline(lines, line);)
    if (!line.starts_with("time ") && line.find("\"seconds\"") == line.npos) rest += line + "\n";
  return rest;
}

std::string answer(const Args& args) {
  const Called called = call(args, catalogue());
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  return without_time(called.out);
}

const Args kAsked = {"estimate", "2pc", "-n", "2", "--chance", "loss=0.1", "--seed", "7"};

/// The parts of an estimate as files.
Args parts(const TemporaryFolder& folder, const Args& asked, int of, const std::string& name = "part") {
  Args files;
  for (int part = 1; part <= of; ++part) {
    const Called called = call(with(asked, {"--json", "--shard", std::to_string(part) + "/" + std::to_string(of)}), catalogue());
    REQUIRE(called.exit_code == 0);
    files.push_back(folder.write(name + std::to_string(part) + ".json", called.out));
  }
  return files;
}

void check_refused(const Args& args, int exit_code, const std::string& words) {
  const Called called = call(args, catalogue());
  CAPTURE(called.err, words);
  CHECK(called.exit_code == exit_code);
  CHECK(called.out.empty());
  const bool as_json = std::find(args.begin(), args.end(), "--json") != args.end();
  CHECK(called.err.starts_with(as_json ? "{" : "error[E"));
  const std::size_t colon = as_json ? words.find(": ") : words.npos;  // there the option is a member of its own
  CHECK(called.err.find(colon == words.npos ? words : words.substr(colon + 2)) != std::string::npos);
}

}  // namespace

TEST_CASE("parts put together in any order give the report of the whole, in text and as JSON") {
  const TemporaryFolder folder;
  const Args whole = with(kAsked, {"--runs", "1001", "--tries", "3"});
  for (const int of : {1, 2, 5}) {
    Args merged = with({"merge"}, parts(folder, whole, of));
    CHECK(answer(merged) == answer(whole));
    std::reverse(merged.begin() + 1, merged.end());
    CHECK(answer(with(merged, {"--json"})) == answer(with(whole, {"--json"})));
  }
  const std::string scenario = folder.write("mine.json", R"({"schema": "commitlab-scenario/1", "title": "Mine", "protocol": "3pc", "seed": 3,
    "participants": [{"name": "alice", "success": "1/3"}, {"name": "bob", "vote": "yes"}], "faults": {"recovery": true, "crash_only": ["bob"]},
    "chances": {"crash": 0.01}, "delays": {"unit": "us", "message": {"exponential": 900}, "force": 2, "timeout": 1500}})");
  const Args asked = {"estimate", scenario, "--runs", "500"};
  CHECK(answer(with({"merge"}, parts(folder, asked, 3))) == answer(asked));
  CHECK(answer(with(with({"merge"}, parts(folder, asked, 3)), {"--json"})) == answer(with(asked, {"--json"})));
}

TEST_CASE("threads change nothing but the time of an estimate") {
  const Args asked = with(kAsked, {"--runs", "2000", "--rare", "blocked"});
  const std::string alone = answer(asked);
  for (const char* threads : {"1", "2", "5"}) CHECK(answer(with(asked, {"--threads", threads})) == alone);
}

TEST_CASE("parts that are not of one estimate are refused") {
  const TemporaryFolder folder;
  const Args whole = with(kAsked, {"--runs", "100"});
  const Args two = parts(folder, whole, 2), three = parts(folder, whole, 3, "third");
  check_refused({"merge"}, 64, "no parts to merge");
  check_refused({"merge", two[0], folder / "none.json"}, 66, "none.json");
  check_refused({"merge", two[0]}, 65, "part 2/2 is missing");
  check_refused({"merge", two[1]}, 65, "part 1/2 is missing");
  check_refused({"merge", two[0], two[1], two[0]}, 65, "part 1/2 given twice");
  check_refused({"merge", two[0], three[1]}, 65, "another number of parts");
  const auto other = [&](const Args& asked) { return parts(folder, asked, 2, "other")[1]; };
  check_refused({"merge", two[0], other({"estimate", "2pc", "-n", "2", "--chance", "loss=0.1", "--seed", "8", "--runs", "100"})}, 65, "another scenario");
  check_refused({"merge", two[0], other({"estimate", "3pc", "-n", "2", "--chance", "loss=0.1", "--seed", "7", "--runs", "100"})}, 65, "another scenario");
  check_refused({"merge", two[0], other(with(kAsked, {"--runs", "101"}))}, 65, "another number of runs");
  check_refused({"merge", two[0], other(with(kAsked, {"--runs", "100", "--tries", "2"}))}, 65, "other options");
  check_refused({"merge", two[0], folder.write("scenario.json", kFakeScenario)}, 65, "is not that of a part of an estimate");
  check_refused({"merge", two[0], folder.write("report.json", call(with(whole, {"--json"}), catalogue()).out)}, 65, "commitlab-estimate/1");
  check_refused({"merge", two[0], folder.write("list.json", "[1, 2]")}, 65, "expected an object");
  check_refused({"merge", two[0], folder.write("empty.json", "")}, 65, "empty document");
  check_refused({"merge", two[0], folder.write("text.json", "commit 5")}, 65, "text.json:1:1");
}

TEST_CASE("a part in which any digit has been changed is refused") {
  const TemporaryFolder folder;
  const Args files = parts(folder, with(kAsked, {"--runs", "40"}), 1);
  const std::string text = folder.read("part1.json");
  const std::size_t end = text.find("\"timing\"");
  int changed = 0;
  for (std::size_t i = 0; i < end; ++i) {
    if (text[i] < '0' || text[i] > '9') continue;
    std::string damaged = text;
    damaged[i] = text[i] == '3' ? '4' : '3';
    const Called called = call({"merge", folder.write("damaged.json", damaged)}, catalogue());
    CAPTURE(i, damaged.substr(i, 20), called.err);
    CHECK(called.exit_code == 65);
    ++changed;
  }
  CHECK(changed > 50);
  json part = json::parse(text);
  part["sums"]["commits"] = -1;
  check_refused({"merge", folder.write("damaged.json", part.dump())}, 65, "/sums/commits: expected an integer from 0 to 1000000000");
  part["sums"]["commits"] = 1e300;
  check_refused({"merge", folder.write("damaged.json", part.dump())}, 65, "/sums/commits: expected an integer from 0 to 1000000000");
  part["sums"].erase("commits");
  check_refused({"merge", folder.write("damaged.json", part.dump())}, 65, "required key \"commits\" missing");
}

TEST_CASE("a part of a version that counts otherwise is refused") {
  const TemporaryFolder folder;
  parts(folder, with(kAsked, {"--runs", "40"}), 1);
  std::string text = folder.read("part1.json");
  const std::size_t at = text.find("\"version\": \"") + 12;
  text.replace(at, text.find('"', at) - at, "9.9");
  const Called called = call({"merge", folder.write("old.json", text)}, catalogue());
  CHECK(called.exit_code == 65);  // its digest says so before its version does
}

TEST_CASE("the options of sampling are read strictly, and refused where they contradict each other") {
  const auto refused = [](const Args& more, const std::string& words) { check_refused(with(kAsked, more), 64, words); };
  for (const std::string bad : {"0", "1", "-0.1", "x", "", "1e999", "nan", "0x1", "0,1", ".5", " 0.1"}) refused({"--width", bad}, "--width: expected a number above 0 and below 1");
  for (const std::string bad : {"1", "0/2", "3/2", "1/0", "1/2/3", "a/b", "01/2", "-1/2", "1/101"}) refused({"--runs", "100", "--json", "--shard", bad}, "--shard: expected which part of how many");
  for (const std::string bad : {"0", "-1", "1e3", "65"}) refused({"--threads", bad}, "--threads: expected an integer from 1 to 64");
  refused({"--rare", "break"}, "did you mean \"breaks\"?");
  refused({"--shard", "1/2"}, "say --json");
  refused({"--shard", "1/2", "--json", "--width", "0.1"}, "not with --width");
  refused({"--shard", "1/2", "--json", "--rare", "breaks"}, "not with --rare");
}

TEST_CASE("an estimate ends when its intervals are narrow or its runs are used up, and says which") {
  const json narrow = json::parse(call(with(kAsked, {"--width", "0.1", "--json"}), catalogue()).out);
  CHECK(narrow["stopping"]["why"] == "width");
  for (const char* outcome : {"commits", "aborts", "blocked", "breaks"}) CHECK(narrow[outcome]["high"].get<double>() - narrow[outcome]["low"].get<double>() <= 0.1);
  const json cut = json::parse(call(with(kAsked, {"--width", "0.1", "--runs", "50", "--json"}), catalogue()).out);
  CHECK(cut["stopping"]["why"] == "runs");
  CHECK(cut["runs"] == 50);
  CHECK_FALSE(json::parse(call(with(kAsked, {"--runs", "50", "--json"}), catalogue()).out).contains("stopping"));
}

}  // namespace commitlab
