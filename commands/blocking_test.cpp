// `blocking` as its caller sees it, with the protocols themselves.
#include <nlohmann/json.hpp>

#include "commands/fake_protocols_for_tests.hpp"
#include "test.hpp"

namespace commitlab {

using nlohmann::json;

namespace {

Called blocking(std::vector<std::string> args) {
  args.insert(args.begin(), "blocking");
  return call(std::move(args), catalogue());
}

json told(std::vector<std::string> args) {
  args.push_back("--json");
  const Called called = blocking(std::move(args));
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  return json::parse(called.out);
}

void check_refused(std::vector<std::string> args, int exit_code, const std::string& words) {
  const Called called = blocking(std::move(args));
  CAPTURE(called.err);
  CHECK(called.exit_code == exit_code);
  CHECK(called.out.empty());
  CHECK(called.err.find(words) != std::string::npos);
}

std::vector<std::string> protocols_of(const json& document) {
  std::vector<std::string> names;
  for (const auto& one : document["protocols"]) names.push_back(one["protocol"]);
  return names;
}

/// A message takes 2 ms, a forced write 5 ms; words for a script may be added.
std::string scenario(const std::string& more) {
  return R"({"schema": "commitlab-scenario/1", "title": "Steady", "protocol": "2pc", "participants": [{"name": "alice"}, {"name": "bob"}],
    "delays": {"unit": "ms", "message": 2, "force": 5, "timeout": 50, "horizon": 2000})" + more + "}";
}

}  // namespace

TEST_CASE("the doubt of 2pc, of cooperative termination and of 3pc stand side by side, to the nanosecond where nothing fails") {
  const TemporaryFolder folder;
  const Called called = blocking({folder.write("s.json", scenario("")), "--runs", "100", "--at", "16ms,2ms,0,0.002s"});
  CAPTURE(called.err);
  CHECK(called.exit_code == 0);
  CHECK(called.err.empty());
  CHECK(called.out.find("  in doubt, ms    yes votes  median    90 %    99 %  longest    mean  cut off\n"
                        "  2pc                   200  14.000  14.000  14.000   14.000  14.000        0\n"
                        "  2pc-ctp               200  14.000  14.000  14.000   14.000  14.000        0\n"
                        "  3pc                   200  28.000  28.000  28.000   28.000  28.000        0\n") != std::string::npos);
  CHECK(called.out.find("  after 0 ms       0       [0, 0.037]") != std::string::npos);
  CHECK(called.out.find("  after 2 ms       1       [0.963, 1]") != std::string::npos);
  CHECK(called.out.find("  after 16 ms      0       [0, 0.037]  0       [0, 0.037]  1       [0.963, 1]\n") != std::string::npos);
  CHECK(called.out.find("warning   nothing fails: the scenario has neither chances nor a script") != std::string::npos);
}

TEST_CASE("along an axis each protocol has a row at each value, and the least doubt is told: one command for the best timeout") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", scenario(", \"chances\": {\"crash\": 0.05}"));
  const std::vector<std::string> asking = {file, "--runs", "200", "--vary", "timeout=1ms,20ms,50ms", "--protocols", "2pc,3pc"};
  const Called called = blocking(asking);
  CAPTURE(called.err, called.out);
  CHECK(called.exit_code == 0);
  CHECK(called.out.find("  timeout, ms  protocol  commits  decided  median") != std::string::npos);
  CHECK(called.out.find("\nleast doubt  2pc at timeout 1 ms, ") != std::string::npos);
  CHECK(called.out.find("(commits 0); 3pc at timeout 1 ms, ") != std::string::npos);
  CHECK(called.out.find("timeout as varied") != std::string::npos);
  const json document = told(asking);
  REQUIRE(document["points"].size() == 3);
  CHECK(document["axes"] == json({"timeout"}));
  for (std::size_t i = 0; i < 3; ++i) {
    const json& point = document["points"][i];
    CHECK(point["values"]["timeout"] == std::vector<int>{1, 20, 50}[i]);
    CHECK(point["delays"]["timeout"] == 1'000'000 * std::vector<int>{1, 20, 50}[i]);
    CHECK(point["protocols"][1]["protocol"] == "3pc");
  }
  // A row is the answer that its values get alone.
  json alone = told({file, "--runs", "200", "--delay", "timeout=20ms", "--protocols", "2pc,3pc"})["protocols"];
  for (std::size_t i = 0; i < 2; ++i)
    for (const char* key : {"in_doubt", "locks_held", "blocked", "breaks"}) CHECK(document["points"][1]["protocols"][i][key] == alone[i][key]);
  const json estimated = json::parse(call({"estimate", file, "--protocol", "3pc", "--runs", "200", "--delay", "timeout=20ms", "--json"}, catalogue()).out);
  CHECK(document["points"][1]["protocols"][1]["commits"]["count"] == estimated["commits"]["count"]);
}

TEST_CASE("several axes give all combinations, and what cannot be varied is refused") {
  const json document = told({"2pc", "--runs", "10", "--vary", "loss=0,0.1", "--vary", "participants=1,2", "--protocols", "2pc"});
  REQUIRE(document["points"].size() == 4);
  CHECK(document["points"][2]["values"] == json{{"loss", 0.1}, {"participants", 1}});
  CHECK(blocking({"--vary", "timeout=20ms", "--runs", "10"}).out.find("nothing fails: the scenario has neither chances nor a script") != std::string::npos);
  CHECK(blocking({"--vary", "loss=0,0.1", "--runs", "10"}).out.find("nothing fails") == std::string::npos);
  check_refused({"2pc", "--vary", "protocol=2pc,3pc"}, 64, "--protocols 2pc,3pc says which");
  check_refused({"2pc", "--vary", "loss=0,0.1", "--at", "10ms"}, 64, "--at: not with --vary");
  check_refused({"2pc", "--vary", "timeout=1ms..400ms:400"}, 64, "more than 1000 rows");
  check_refused({"2pc", "--vary", "timeout=1ms", "--delay", "timeout=2ms"}, 64, "contradicts --vary timeout");
  check_refused({"2pc", "--vary", "timeot=1ms"}, 64, "did you mean \"timeout\"?");
}

TEST_CASE("a coordinator that may stop blocks 2pc and not 3pc, and both are looked at the same moments") {
  const json document = told({"window-of-doubt", "--chance", "crash=0.05", "--runs", "1000", "--seed", "3"});
  CHECK(document["schema"] == "commitlab-blocking/1");
  CHECK(document["exit_code"] == 0);
  CHECK(document["runs"] == 1000);
  CHECK(document["horizon_ns"] == 2'000'000'000);
  CHECK(protocols_of(document) == std::vector<std::string>{"2pc", "2pc-ctp", "3pc"});
  const auto& two = document["protocols"][0];
  const auto& asking = document["protocols"][1];
  const auto& three = document["protocols"][2];
  CHECK(two["blocked"]["somebody"]["count"] > 0);
  CHECK(two["blocked"]["number"]["sum"] == two["in_doubt"]["cut_off"]);
  CHECK(two["in_doubt"]["longest"]["at_least"] == true);
  CHECK(asking["blocked"]["number"]["sum"] < two["blocked"]["number"]["sum"]);
  CHECK(three["blocked"]["number"]["sum"] == 0);
  CHECK(three["in_doubt"]["longest"]["at_least"] == false);
  std::vector<std::int64_t> at;
  for (const auto& point : three["curve"]) at.push_back(point["at_ns"].get<std::int64_t>() / 1'000'000);
  CHECK(at == std::vector<std::int64_t>{3, 10, 30, 100, 300, 1000, 2000});
  CHECK(three["curve"].back()["somebody"]["count"] == 0);
  CHECK(two["curve"].back()["number"]["sum"] == two["blocked"]["number"]["sum"]);
}

TEST_CASE("a page is no wider than a hundred columns, whatever is compared") {
  for (const std::vector<std::string>& args : {std::vector<std::string>{"bank-transfer"}, {"2pc", "-n", "63", "--chance", "crash=0.01", "--recovery"},
                                               {"window-of-doubt", "--chance", "crash=0.3", "--protocols", "2pc,2pc-ctp,3pc,3pc-for-all,3pc-flooding,3pc-textbook"}}) {
    auto asking = args;
    asking.insert(asking.end(), {"--runs", "50"});
    const Called called = blocking(asking);
    CAPTURE(called.out, called.err);
    CHECK(called.exit_code == 0);
    std::istringstream lines(called.out);
    for (std::string line; std::getline(lines, line);)
      if (!line.starts_with("repeat")) CHECK(line.size() <= 100);
  }
}

TEST_CASE("the scenario's own protocol is among the usual ones, and others on request alone") {
  CHECK(protocols_of(told({"3pc-flooding", "--runs", "5"})) == std::vector<std::string>{"2pc", "2pc-ctp", "3pc", "3pc-flooding"});
  CHECK(protocols_of(told({"bank-transfer", "--runs", "5", "--protocols", "3pc-for-all,2pc"})) == std::vector<std::string>{"3pc-for-all", "2pc"});
  CHECK(protocols_of(told({"--runs", "5", "--protocols", "3pc"})) == std::vector<std::string>{"3pc"});
  CHECK(protocols_of(told({"-n", "4", "--runs", "5"})) == std::vector<std::string>{"2pc", "2pc-ctp", "3pc"});
}

TEST_CASE("a script whose words a protocol never says is no fault of that protocol, which is told") {
  const TemporaryFolder folder;
  const std::string file = folder.write("s.json", scenario(R"(, "script": [{"when": {"node": "alice", "has": "force prepared"}, "do": "crash"}])"));
  const Called called = blocking({file, "--runs", "5"});
  CHECK(called.out.find("3pc never does \"force prepared\", for which a scripted fault waits") != std::string::npos);
  CHECK(called.out.find("2pc never does") == std::string::npos);
  CHECK(called.out.find("nothing fails") == std::string::npos);
  const Called one_node = blocking({"2pc", "--chance", "crash:coordinator=0.01", "--runs", "10"});
  CHECK(one_node.out.find("nothing fails") == std::string::npos);
}

TEST_CASE("a protocol that assumes synchrony is warned of, though it is not the scenario's own") {
  const Called called = blocking({"loss-and-retransmission", "--runs", "5"});
  const Called alone = blocking({"loss-and-retransmission", "--runs", "5", "--protocols", "2pc"});
  CHECK(called.exit_code == 0);
  CHECK(alone.out.find("synchrony") == std::string::npos);
  const TemporaryFolder folder;
  std::string text = scenario("");
  text.replace(text.find("\"timeout\": 50"), 13, "\"timeout\": 3");
  const Called hasty = blocking({folder.write("s.json", text), "--runs", "5"});
  CHECK(hasty.out.find("synchrony assumption of 3pc violated by this scenario: timeout 3 ms") != std::string::npos);
}

TEST_CASE("who does not block because it contradicts itself is told") {
  const Called called = blocking({"3pc-textbook", "--chance", "crash=0.1", "--runs", "500", "--protocols", "2pc,3pc-textbook"});
  CHECK(called.out.find("atomicity  broken, two decisions differ: 3pc-textbook in ") != std::string::npos);
  CHECK(blocking({"3pc", "--chance", "crash=0.1", "--runs", "500"}).out.find("atomicity") == std::string::npos);
}

TEST_CASE("the same seed gives the same page, and the page says how to have it again") {
  const std::vector<std::string> args = {"bank-transfer", "--runs", "200", "--seed", "5", "--quiet"};
  CHECK(blocking(args).out == blocking(args).out);
  const Called called = blocking({"bank-transfer", "--runs", "20", "--seed", "5", "--at", "1ms"});
  CHECK(called.out.find("repeat    commitlab blocking bank-transfer --runs 20 --seed 5 --at 1ms\n") != std::string::npos);
}

TEST_CASE("bad times are refused with what is allowed") {
  check_refused({"2pc", "--at", "10"}, 64, "--at: expected a time with its unit, got \"10\"");
  check_refused({"2pc", "--at", "10"}, 64, "hint: one of ns, us, ms, s: 10ms");
  check_refused({"2pc", "--at", "5mss"}, 64, "expected one of ns, us, ms, s, got \"mss\"; did you mean \"ms\"?");
  check_refused({"2pc", "--at", "0,-5ms"}, 64, "expected a time of at least 0, got \"-5ms\"");
  check_refused({"2pc", "--at", "1ms,,2ms"}, 64, "expected times with a comma between them");
  check_refused({"2pc", "--at", "1ms,1ms"}, 64, "\"1ms\" listed twice");
  check_refused({"2pc", "--at", "0.5ns"}, 64, "expected a whole number of nanoseconds, got \"0.5ns\"");
  check_refused({"2pc", "--at", "11s"}, 64, "expected a time up to the horizon, 10000ms, got \"11s\"");
  check_refused({"2pc", "--at", "soon"}, 64, "expected a time with its unit, such as 10ms or 1.5s, got \"soon\"");
  check_refused({"2pc", "--at", "1e3ms"}, 64, "expected one of ns, us, ms, s, got \"e3ms\"");
  check_refused({"2pc", "--at", "01ms"}, 64, "expected a time with its unit, such as 10ms or 1.5s, got \"01ms\"");
  check_refused({"2pc", "--at"}, 64, "--at: expected a value: TIMES");
  std::string many = "0";
  for (int i = 1; i <= 100; ++i) many += "," + std::to_string(i) + "ms";
  check_refused({"2pc", "--at", many}, 64, "--at: at most 100 times, got 101");
}

TEST_CASE("what cannot be asked is refused by name") {
  check_refused({"2pc", "--protocols", "2pc,3pcc"}, 64, "did you mean \"3pc\"?");
  check_refused({"2pc", "--protocols", "2pc,2pc"}, 64, "\"2pc\" listed twice");
  check_refused({"2pc", "--protocols", "tcommit"}, 64, "\"tcommit\" is a specification: nothing takes time in it");
  check_refused({"tcommit"}, 64, "\"tcommit\" is a specification: nothing takes time in it");
  check_refused({"2pc", "--runs", "0"}, 64, "--runs: expected an integer from 1 to 5000000, got \"0\"");
  check_refused({"2pc", "-n", "63", "--runs", "400000"}, 64, "--runs: expected an integer from 1 to 158730");
  check_refused({"2pc", "--chance", "crsh=0.1"}, 64, "did you mean \"crash\"?");
  check_refused({"2pc", "--transactions", "3"}, 64, "--transactions: has no meaning here");
  check_refused({"bank-transfr"}, 66, "did you mean \"bank-transfer\"?");
  CHECK(call({"estimate", "2pc", "--at", "1ms"}, catalogue()).err.find("an option of: blocking") != std::string::npos);
  CHECK(call({"blokcing"}, catalogue()).err.find("did you mean \"blocking\"?") != std::string::npos);
}

TEST_CASE("its help says what it is for, and how to ask") {
  const Called called = blocking({"--help"});
  CHECK(called.exit_code == 0);
  CHECK(called.out.find("how long participants are in doubt and hold their locks") != std::string::npos);
  CHECK(called.out.find("--at TIMES") != std::string::npos);
  CHECK(called.out.find("--tries") == std::string::npos);
}

}  // namespace commitlab
