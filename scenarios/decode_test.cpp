// Scenarios read, and refused: each row of bad input with its code and place, and any damage to a good one.
#include "scenarios/decode.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "scenarios/input_file.hpp"
#include "scenarios/json_text.hpp"
#include "scenarios/schema_for_tests.hpp"
#include "sim/names.hpp"
#include "test.hpp"

namespace commitlab {

static const std::array<ProtocolFacts, 3> kProtocols = {ProtocolFacts{"2pc", {"presume", "read_only"}, false},
                                                        ProtocolFacts{"3pc", {}, true},
                                                        ProtocolFacts{"paxos-commit", {"acceptors"}, false}};

static Decoded decode(std::string_view text) { return decode_scenario(text, "folder/transfer.json", kProtocols); }

// "E1203 2:12 /faults/crashes" for each error, then each warning.
static std::string found_in(std::string_view text) {
  const Decoded decoded = decode(text);
  CHECK(decoded.scenario.has_value() == !decoded.findings.any_error());
  std::string all;
  const auto add = [&](const Diagnostic& found) {
    if (!all.empty()) all += "; ";
    all += found.code + " " + std::to_string(found.line) + ":" + std::to_string(found.column);
    if (!found.pointer.empty()) all += " " + found.pointer;
  };
  for (const Diagnostic& error : decoded.findings.errors()) add(error);
  for (const Diagnostic& warning : decoded.findings.warnings()) add(warning);
  return all;
}

static std::string first_message(std::string_view text) {
  const Decoded decoded = decode(text);
  if (decoded.findings.any_error()) return decoded.findings.errors().front().message;
  return decoded.findings.warnings().empty() ? "" : decoded.findings.warnings().front().message;
}

// A good scenario whose second line is `members`; participants are alice and bob.
static std::string with(std::string_view members) {
  return R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": [{"name": "alice"}, {"name": "bob"}],)"
         "\n" + std::string(members) + "\n}";
}

static std::string with_participants(std::string_view participants, std::string_view more = "") {
  return "{\"schema\": \"commitlab-scenario/1\", \"protocol\": \"2pc\"" + std::string(more) + ", \"participants\":\n" +
         std::string(participants) + "\n}";
}

static Scenario scenario_with(std::string_view members) {
  const Decoded decoded = decode(with(members));
  INFO(to_text(decoded.findings));
  REQUIRE(decoded.scenario);
  return *decoded.scenario;
}

// Has every key and every distribution.
constexpr std::string_view kTransfer = R"({ "schema": "commitlab-scenario/1",
  "title": "Transfer 100 from Alice's bank to Bob's",
  "protocol": "2pc", "options": {"presume": "abort", "read_only": true},
  "participants": [ {"name": "alice", "success": 0.99,  "holds": {"balance": 500}, "does": {"balance": -100}},
                    {"name": "bob",   "success": "1/3", "vote": "yes", "holds": {"balance": 20},  "does": {"balance": 100}} ],
  "shared_hosts": [ {"participants": ["bob", "alice"], "fails": "1/30"} ],
  "conserve": ["balance"],
  "faults":  {"crashes": 1, "disk_losses": 2, "losses": 3, "duplicates": 4, "reorders": 5, "partitions": 6, "suspicions": 7,
              "recovery": true, "timing": "synchronous", "channels": "fifo", "crash_points": "handlers",
              "crash_only": ["coordinator", "bob"], "held_partitions": true, "transaction_order": "serial", "messages": "unnumbered"},
  "chances": {"loss": 0.001, "duplicate": 1e-4, "reorder": 0, "crash": {"bob": 0.0005, "coordinator": "1/3"}, "disk_loss": 1, "recovery": 0.75},
  "delays":  {"unit": "us", "message": {"uniform": [0.5, 5]}, "force": {"lognormal": {"median": 2, "sigma": 0.25}},
              "recovery": {"exponential": 40}, "timeout": 50, "every": 2.5, "horizon": 1000},
  "script":  [{"when": {"node": "alice", "has": "force yes"}, "do": "crash"},
              {"at": 10, "do": "partition", "groups": [["alice"], ["bob", "coordinator"]]},
              {"at": 50.001, "do": "heal"}, {"at": 60, "do": "recover", "node": "alice"}],
  "check":   ["AC1", "AC2", "AC3", "AC5", "NB", "conserve"],
  "agreement": "live",
  "expect":  {"AC1": "holds", "NB": "violated", "worlds": 18446744073709551615},
  "transactions": 1000, "seed": "0xFFFFFFFFFFFFFFFF" })";

TEST_CASE("a scenario that uses every key is read exactly") {
  const Decoded decoded = decode(kTransfer);
  INFO(to_text(decoded.findings));
  REQUIRE(decoded.scenario);
  CHECK(decoded.findings.empty());
  const Scenario& s = *decoded.scenario;
  CHECK(s.name == "transfer");
  CHECK(s.title == "Transfer 100 from Alice's bank to Bob's");
  CHECK(s.protocol == "2pc");
  CHECK(s.options == std::map<std::string, std::string>{{"presume", "abort"}, {"read_only", "true"}});

  REQUIRE(s.participants.size() == 2);
  CHECK(s.participants[0].success == Probability{99, 100});
  CHECK_FALSE(s.participants[0].vote.has_value());
  CHECK(s.participants[1].name == "bob");
  CHECK(s.participants[1].success == Probability{1, 3});
  CHECK(s.participants[1].vote == Vote::yes);
  CHECK(s.participants[0].does.at("balance") == -100);
  CHECK(s.shared_hosts == std::vector<SharedHost>{{NodeSet::from_bits(0b110), {1, 30}}});
  CHECK(s.conserve == std::vector<std::string>{"balance"});

  Faults faults;
  faults.left = {.crashes = 1, .disk_losses = 2, .losses = 3, .duplicates = 4, .reorders = 5, .partitions = 6, .suspicions = 7};
  faults.recovery = Recovery::any_time;
  faults.timing = Timing::synchronous;
  faults.channels = Channels::fifo;
  faults.crash_points = CrashPoints::handlers;
  faults.severed = Severed::held;
  faults.transaction_order = TransactionOrder::serial;
  faults.messages = Messages::unnumbered;
  faults.crash_only = NodeSet::from_bits(0b101);
  CHECK(s.faults == faults);
  CHECK(s.chances.loss == Probability{1, 1000});
  CHECK(s.chances.duplicate == Probability{1, 10000});
  CHECK(s.chances.crash_by_node == std::vector<Probability>{{1, 3}, {0, 1}, {1, 2000}});
  CHECK(s.chances.disk_loss == Probability{1, 1});
  CHECK(s.chances.recovery == Probability{3, 4});

  CHECK(s.delays.message == Delay::uniform(500, 5000));
  CHECK(s.delays.force == Delay::lognormal(2000, 250));
  CHECK(s.delays.recovery == Delay::exponential(40'000));
  CHECK(s.delays.timeout == 50'000);
  CHECK(s.delays.every == 2500);
  CHECK(s.delays.horizon == 1'000'000);

  REQUIRE(s.script.size() == 4);
  CHECK(s.script[0].at < 0);
  CHECK(s.script[0].node == node_id(1));
  CHECK(s.script[0].whom == node_id(1));
  CHECK(s.script[0].words == "force yes");
  CHECK(s.script[1].what == ScriptedFault::Do::partition);
  CHECK(s.script[1].side == NodeSet(node_id(1)));
  CHECK(s.script[2].at == 50'001);
  CHECK(s.script[3].whom == node_id(1));

  CHECK(s.check == std::vector{Property::AC1, Property::AC2, Property::AC3, Property::AC5, Property::NB, Property::conserve});
  CHECK(s.agreement == Agreement::live);
  CHECK(s.expect == Expected{{Property::AC1, Status::holds}, {Property::NB, Status::violated}});
  CHECK(s.expect_worlds == 18446744073709551615u);
  CHECK(s.transactions == 1000);
  CHECK(s.seed == 0xFFFFFFFFFFFFFFFFu);
}

TEST_CASE("what a scenario leaves out has its default") {
  const Scenario s = *decode(R"({"schema": "commitlab-scenario/1", "protocol": "3pc", "participants": 3})").scenario;
  CHECK(s.participants.size() == 3);
  CHECK(s.participants[2].name == "p3");
  CHECK(s.faults == Faults{});
  CHECK(s.shared_hosts.empty());
  CHECK(s.chances.recovery == Probability{1, 1});
  CHECK_FALSE(s.chances.may_crash());
  CHECK(s.delays.message == Delay::uniform(1'000'000, 5'000'000));
  CHECK(s.check == std::vector{Property::AC1, Property::AC2, Property::AC3});
  CHECK(s.seed == 0);
}

TEST_CASE("what is to be conserved is checked, unless the scenario says what to check") {
  const std::string_view holds = R"([{"name": "a", "holds": {"x": 1}}])";
  CHECK(decode(with_participants(holds, R"(, "conserve": ["x"])")).scenario->check.back() == Property::conserve);
  CHECK(decode(with_participants(holds, R"(, "conserve": ["x"], "check": ["NB"])")).scenario->check == std::vector{Property::NB});
}

TEST_CASE("integers are exact to 64 bits, and delays to the nanosecond") {
  CHECK(scenario_with(R"("seed": 18446744073709551615)").seed == 18446744073709551615u);
  CHECK(scenario_with(R"("seed": "0x0")").seed == 0);
  CHECK(scenario_with(R"("delays": {"message": 0.000001})").delays.message == Delay::constant(1));
  CHECK(scenario_with(R"("delays": {"unit": "s", "horizon": 9007199.254740992})").delays.horizon == kGreatestDelay);
  CHECK(scenario_with(R"("delays": {"message": {"constant": 3}, "timeout": 1e1})").delays.timeout == 10'000'000);
  CHECK(scenario_with(R"("chances": {"loss": 0.1})").chances.loss == Probability{1, 10});
  CHECK(scenario_with(R"("chances": {"loss": "18446744073709551614/18446744073709551615"})").chances.loss ==
        Probability{18446744073709551614u, 18446744073709551615u});
}

TEST_CASE("B01 to B16: text that is no scenario") {
  CHECK(found_in("") == "E1001 1:1");
  CHECK(found_in("{\"protocol\":\"2pc\"") == "E1005 1:18");
  CHECK(found_in("{} {}") == "E1007 1:4");
  CHECK(found_in("[]") == "E1016 1:1");
  CHECK(found_in("\n null") == "E1016 2:2");
  CHECK(found_in("\"2pc\"") == "E1016 1:1");
  CHECK(first_message("[]") == "the scenario must be an object, got an array");
}

TEST_CASE("B17 to B24: keys and types") {
  CHECK(found_in(with(R"("crahs": 1)")) == "E1101 2:1 /crahs");
  CHECK(first_message(with(R"("faults": {"crahs": 1})")) == "unknown key \"crahs\"; did you mean \"crashes\"?");
  CHECK(first_message(with(R"("chances": {"crahs": 1})")) == "unknown key \"crahs\"; did you mean \"crash\"?");
  CHECK(first_message(with("\"e\\u001b[0m\": 1")) == "unknown key \"e\\u{1B}[0m\"");
  CHECK(found_in(R"({"schema": "commitlab-scenario/1", "participants": 2})") == "E1102 1:1");
  CHECK(first_message(R"({"schema": "commitlab-scenario/1", "participants": 2})") == "required key \"protocol\" missing");
  CHECK(found_in(R"({"protocol": "2pc", "participants": 2})") == "E1106 1:1");
  CHECK(found_in(R"({"schema": "commitlab-scenario/1", "protocol": "2pc"})") == "E1102 1:1");
  CHECK(found_in(with_participants("\"3\"")) == "E1103 2:1 /participants");
  CHECK(first_message(with(R"("faults": [])")) == "expected an object, got an array");
  CHECK(first_message(with(R"("faults": {"crashes": "1"})")) == "expected an integer from 0 to 254, got a string");
  CHECK(found_in(with(R"("faults": {"recovery": 1}, "title": 3, "check": "NB")")) ==
        "E1103 2:24 /faults/recovery; E1103 2:37 /title; E1103 2:49 /check");
  CHECK(found_in(R"({"schema": "commitlab-scenario/2", "protocol": "2pc", "participants": 2})") == "E1106 1:12 /schema");
  CHECK(first_message(R"({"schema": "commitlab-scenario/2", "protocol": "2pc", "participants": 2})") ==
        "schema \"commitlab-scenario/2\" not supported (this build: commitlab-scenario/1)");
  CHECK(found_in(R"({"schema": "commitlab-scenario/1", "protocol": "4pc", "participants": 2})") == "E1107 1:48 /protocol");
  CHECK(first_message(R"({"schema": "commitlab-scenario/1", "protocol": "4pc", "participants": 2})") ==
        "unknown protocol \"4pc\"; did you mean \"2pc\"?");
  CHECK(found_in(with(R"("options": {"acceptors": 3, "presume": {}, "read_only": 1.5})")) ==
        "E1108 2:13 /options/acceptors; E1103 2:40 /options/presume; E1103 2:57 /options/read_only");
  CHECK(first_message(with(R"("options": {"acceptors": 3})")) == "key \"acceptors\" has no meaning for protocol \"2pc\"");
  CHECK(found_in(with(R"("faults": {"timing": "sync", "channels": 3})")) == "E1104 2:22 /faults/timing; E1103 2:42 /faults/channels");
  CHECK(first_message(with(R"("faults": {"timing": "sync"})")) ==
        "expected one of asynchronous, synchronous, got \"sync\"; did you mean \"synchronous\"?");
  CHECK(found_in(with(R"("title": "a", "title": "b")")) == "E1008 2:15 /title");
}

TEST_CASE("B25 B26: the number of participants") {
  CHECK(found_in(with_participants("0")) == "E1201 2:1 /participants");
  CHECK(found_in(with_participants("-1")) == "E1201 2:1 /participants");
  CHECK(found_in(with_participants("[]")) == "E1201 2:1 /participants");
  CHECK(found_in(with_participants("1000000000")) == "E1202 2:1 /participants");
  CHECK(found_in(with_participants("99999999999999999999999999")) == "E1202 2:1 /participants");
  CHECK(found_in(with_participants("64")) == "E1202 2:1 /participants");
  CHECK(found_in(with_participants("2.5")) == "E1203 2:1 /participants");
  CHECK(found_in(with_participants("63")) == "");
  std::string many = "[{}";
  for (int i = 1; i < 64; ++i) many += ", {}";
  CHECK(found_in(with_participants(many + "]")) == "E1202 2:1 /participants");
}

TEST_CASE("B27: probabilities") {
  for (const char* text : {"-0.2", "1.0000001", "\"3/2\"", "\"-1/2\"", "\"x\"", "\"\"", "\"1/3 \"", "2e5", "\"0,5\""}) {
    CAPTURE(text);
    CHECK(found_in(with("\"chances\": {\"loss\": " + std::string(text) + "}")) == "E1203 2:21 /chances/loss");
  }
  CHECK(found_in(with(R"("chances": {"loss": "1/0"})")) == "E1204 2:21 /chances/loss");
  CHECK(found_in(with(R"("chances": {"loss": 1e-30})")) == "E1205 2:21 /chances/loss");
  CHECK(found_in(with(R"("chances": {"loss": 1e-9999})")) == "E1205 2:21 /chances/loss");
  CHECK(found_in(with(R"("chances": {"loss": "1/18446744073709551616"})")) == "E1205 2:21 /chances/loss");
  CHECK(found_in(with(R"("chances": {"loss": true})")) == "E1103 2:21 /chances/loss");
  CHECK(first_message(with(R"("chances": {"loss": -0.2})")) == "expected a number in [0, 1], got -0.2");
  CHECK(found_in(with_participants(R"([{"name": "a", "success": 1.5}])")) == "E1203 2:27 /participants/0/success");
}

TEST_CASE("chances of crashes by node name nodes that there are, and that may crash") {
  const auto crash = [](std::string_view chance, std::string_view more = "") {
    return found_in(with("\"chances\": {\"crash\": " + std::string(chance) + "}" + std::string(more)));
  };
  CHECK(crash("0.5") == "");
  CHECK(crash("\"1/3\"") == "");
  CHECK(crash(R"({"alice": 0.5})") == "");
  CHECK(crash(R"({"alice": 0})") == "");
  CHECK(crash("[0.5]") == "E1103 2:22 /chances/crash");
  CHECK(crash("{}") == "E1103 2:22 /chances/crash");
  CHECK(crash(R"({"alice": 1.5, "bob": "1/0", "coordinator": {}})") ==
        "E1203 2:32 /chances/crash/alice; E1204 2:44 /chances/crash/bob; E1103 2:66 /chances/crash/coordinator");
  CHECK(crash(R"({"alcie": 0.5})") == "E1213 2:23 /chances/crash/alcie");
  CHECK(first_message(with(R"("chances": {"crash": {"alcie": 0.5}})")) == "unknown node \"alcie\"; did you mean \"alice\"?");
  CHECK(first_message(with(R"("chances": {"crash": [1]})")) ==
        "expected a number in [0, 1], a fraction such as \"1/3\", or an object with one for each node, got an array");
  CHECK(crash(R"({"alice": 0.5, "bob": 0})", R"(, "faults": {"crash_only": ["alice"]})") == "");
  CHECK(crash(R"({"alice": 0.5})", R"(, "faults": {"crash_only": ["bob"]})") == "E1233 2:32 /chances/crash/alice");
}

TEST_CASE("a chance of recovery is one of nodes that may come back") {
  CHECK(found_in(with(R"("chances": {"recovery": 0.5}, "faults": {"recovery": true})")) == "");
  CHECK(found_in(with(R"("chances": {"recovery": 1})")) == "");
  CHECK(found_in(with(R"("chances": {"recovery": 0.5})")) == "E1232 2:25 /chances/recovery");
  CHECK(found_in(with(R"("chances": {"recovery": 0.5}, "faults": {"recovery": false})")) == "E1232 2:25 /chances/recovery");
  CHECK(found_in(with(R"("chances": {"recovery": 2}, "faults": {"recovery": true})")) == "E1203 2:25 /chances/recovery");
}

TEST_CASE("hosts are shared by participants, two at least, and fail with a chance") {
  const auto host = [](std::string_view entry) { return found_in(with("\"shared_hosts\": [" + std::string(entry) + "]")); };
  CHECK(host("") == "");
  CHECK(host(R"({"participants": ["alice", "bob"], "fails": 0})") == "");
  CHECK(host(R"({"participants": ["alice", "bob"], "fails": 1.5})") == "E1203 2:62 /shared_hosts/0/fails");
  CHECK(host(R"({"participants": ["alice", "bob"]})") == "E1102 2:18 /shared_hosts/0");
  CHECK(host(R"({"fails": 0.5})") == "E1102 2:18 /shared_hosts/0");
  CHECK(host(R"({"participants": ["alice"], "fails": 0.5})") == "E1231 2:35 /shared_hosts/0/participants");
  CHECK(host(R"({"participants": [], "fails": 0.5})") == "E1231 2:35 /shared_hosts/0/participants");
  CHECK(host(R"({"participants": ["alice", "coordinator"], "fails": 0.5})") == "E1218 2:35 /shared_hosts/0/participants");
  CHECK(host(R"({"participants": ["alice", "bbo"], "fails": 0.5})") == "E1213 2:45 /shared_hosts/0/participants/1");
  CHECK(host(R"({"participants": ["alice", "alice"], "fails": 0.5})") == "E1105 2:45 /shared_hosts/0/participants/1");
  CHECK(host(R"({"participants": "alice", "fails": 0.5})") == "E1103 2:35 /shared_hosts/0/participants");
  CHECK(host(R"({"participants": ["alice", "bob"], "fails": 0.5, "name": "rack"})") == "E1101 2:67 /shared_hosts/0/name");
  CHECK(host("7") == "E1103 2:18 /shared_hosts/0");
  CHECK(found_in(with(R"("shared_hosts": {"participants": ["alice", "bob"], "fails": 0.5})")) == "E1103 2:17 /shared_hosts");
  CHECK(first_message(with(R"("shared_hosts": [{"participants": ["alice", "bbo"], "fails": 0.5}])")) == "unknown node \"bbo\"; did you mean \"bob\"?");
  CHECK(found_in(with_participants("0", R"(, "shared_hosts": [{"participants": ["alice", "bob"], "fails": 0.5}])")) == "E1201 2:1 /participants");
}

TEST_CASE("B29: distributions") {
  const auto message = [](std::string_view delay) { return found_in(with("\"delays\": {\"message\": " + std::string(delay) + "}")); };
  CHECK(message("{}") == "E1206 2:23 /delays/message");
  CHECK(message(R"({"constant": 1, "exponential": 1})") == "E1206 2:23 /delays/message");
  CHECK(message(R"({"uniform": []})") == "E1206 2:35 /delays/message/uniform");
  CHECK(message(R"({"uniform": [1, 2, 3]})") == "E1206 2:35 /delays/message/uniform");
  CHECK(message(R"({"uniform": [2, 1]})") == "E1206 2:35 /delays/message/uniform");
  CHECK(message(R"({"uniform": [-1, 1]})") == "E1206 2:36 /delays/message/uniform/0");
  CHECK(message(R"({"exponential": -1})") == "E1206 2:39 /delays/message/exponential");
  CHECK(message(R"({"lognormal": {"median": 1}})") == "E1102 2:37 /delays/message/lognormal");
  CHECK(message(R"({"lognormal": {"median": 1, "sigma": -1}})") == "E1206 2:60 /delays/message/lognormal/sigma");
  CHECK(message(R"({"lognormal": {"median": 1, "sigma": 0.0001}})") == "E1206 2:60 /delays/message/lognormal/sigma");
  CHECK(message(R"({"unifrom": [1, 2]})") == "E1101 2:24 /delays/message/unifrom");
  CHECK(message("-1") == "E1206 2:23 /delays/message");
  CHECK(message("\"5ms\"") == "E1103 2:23 /delays/message");
  CHECK(message("0.0000001") == "E1207 2:23 /delays/message");
  CHECK(message("1e300") == "E1208 2:23 /delays/message");
  CHECK(message("10000000000") == "E1208 2:23 /delays/message");
}

TEST_CASE("B31: timeouts that are no timeouts, or too short for synchrony") {
  CHECK(found_in(with(R"("delays": {"timeout": 0})")) == "E1209 2:23 /delays/timeout");
  CHECK(found_in(with(R"("delays": {"timeout": -5, "every": -1, "horizon": 0})")) ==
        "E1209 2:23 /delays/timeout; E1209 2:36 /delays/every; E1209 2:51 /delays/horizon");
  CHECK(found_in(with(R"("delays": {"unit": "m"})")) == "E1104 2:20 /delays/unit");
  CHECK(found_in(with(R"("delays": {"message": 4, "timeout": 5})")) == "");
  CHECK(found_in(with(R"("delays": {"message": 4, "timeout": 5}, "faults": {"timing": "synchronous"})")) == "W2001 2:37 /delays/timeout");
  const std::string of_3pc = R"({"schema": "commitlab-scenario/1", "protocol": "3pc", "participants": 2, "delays": )";
  CHECK(found_in(of_3pc + R"({"message": 4, "timeout": 8}})") == "");
  CHECK(first_message(of_3pc + R"({"message": 4, "timeout": 5}})") ==
        "synchrony assumption of 3pc violated by this scenario: timeout 5 ms < 2 x greatest message delay 4 ms");
  CHECK(first_message(of_3pc + R"({"message": {"exponential": 1}}})") ==
        "synchrony assumption of 3pc violated by this scenario: timeout 50 ms, but a message may take any time");
}

TEST_CASE("B32 B33: names") {
  const auto named = [](const std::string& name) {
    return found_in(with_participants("[{\"name\": \"" + name + "\"}, {\"name\": \"bob\"}]"));
  };
  CHECK(named("alice") == "");
  CHECK(named("Bank-2.north_a") == "");
  CHECK(named(std::string(64, 'x')) == "");
  CHECK(named("bob") == "E1210 2:28 /participants/1/name");
  CHECK(named("coordinator") == "E1210 2:11 /participants/0/name");
  CHECK(named("") == "E1211 2:11 /participants/0/name");
  for (const std::string& name : {std::string("12"), std::string("1.5"), std::string("-1"), std::string("_"), std::string("yes"),
                                 std::string("crash"), std::string("to"), std::string(65, 'x'), std::string(10'000, 'x'),
                                 std::string("a\\nb"), std::string("<script>"), std::string("\\u001b[31m"), std::string("\xe2\x80\xae"),
                                 std::string("../../x"), std::string("%s%n"), std::string("=cmd()"), std::string("\xd0\xa1"),
                                 std::string("a b"), std::string("a\\u0000b")}) {
    CAPTURE(name);
    CHECK(named(name) == "E1212 2:11 /participants/0/name");
  }
  CHECK(first_message(with_participants("[{\"name\": \"x\xe2\x80\xae\"}]")) == "name \"x\\u{202E}\" contains U+202E");
  CHECK(first_message(with_participants("[{\"name\": \"C\"}, {\"name\": \"\xd0\xa1\"}]")) == "name \"\\u{421}\" contains U+0421");
  CHECK(found_in(with_participants("[{}]")) == "E1102 2:2 /participants/0");
  CHECK(found_in(with_participants("[{\"name\": 7}]")) == "E1103 2:11 /participants/0/name");
  CHECK(found_in(with_participants("[7]")) == "E1103 2:2 /participants/0");
}

TEST_CASE("quantities are held in whole numbers whose total fits in 64 bits") {
  CHECK(found_in(with_participants(R"([{"name": "a", "holds": {"x": -1}}])")) == "E1215 2:31 /participants/0/holds/x");
  CHECK(found_in(with_participants(R"([{"name": "a", "does": {"x": 1.5}}])")) == "E1203 2:30 /participants/0/does/x");
  CHECK(found_in(with_participants(R"([{"name": "a", "does": {"": 1, "<b>": 2}}])")) ==
        "E1229 2:25 /participants/0/does/; E1229 2:32 /participants/0/does/<b>");
  CHECK(found_in(with_participants(R"([{"name": "a", "does": {"x": -9223372036854775808}}])")) == "E1216 2:1 /participants");
  CHECK(found_in(with_participants(R"([{"name": "a", "holds": {"x": 9223372036854775807}}])")) == "");
  CHECK(found_in(with_participants(R"([{"name": "a", "holds": {"x": 9223372036854775808}}])")) == "E1203 2:31 /participants/0/holds/x");
  CHECK(found_in(with(R"("conserve": ["balance"])")) == "E1214 2:14 /conserve/0");
  CHECK(found_in(with(R"("conserve": [1])")) == "E1103 2:14 /conserve/0");
  CHECK(found_in(with_participants(R"([{"name": "a", "holds": {"x": 1}}])", R"(, "conserve": ["x", "x"])")).substr(0, 5) == "E1105");
  CHECK(found_in(with(R"("check": ["conserve"])")) == "E1310 2:10 /check");
}

TEST_CASE("B34: nodes that do not exist") {
  CHECK(found_in(with(R"("faults": {"crash_only": ["P9"]})")) == "E1213 2:27 /faults/crash_only/0");
  const Decoded decoded = decode(with(R"("script": [{"at": 1, "do": "crash", "node": "alcie"}])"));
  REQUIRE(decoded.findings.errors().size() == 1);
  CHECK(decoded.findings.errors()[0].message == "unknown node \"alcie\"; did you mean \"alice\"?");
  CHECK(decoded.findings.errors()[0].hint == "nodes: coordinator, alice, bob");
  CHECK(found_in(with(R"("faults": {"crash_only": []})")) == "E1103 2:26 /faults/crash_only");
  CHECK(found_in(with(R"("faults": {"crash_only": ["bob", "bob"]})")) == "E1105 2:34 /faults/crash_only/1");
}

TEST_CASE("B36 B38: scripts") {
  const auto script = [](std::string_view entry) { return found_in(with("\"script\": [" + std::string(entry) + "]")); };
  CHECK(script(R"({"at": 1, "do": "partition", "groups": [["alice"], ["bob", "alice"]]})") == "E1217 2:71 /script/0/groups/1/1");
  CHECK(script(R"({"at": 1, "do": "partition", "groups": [["alice"], []]})") == "E1217 2:63 /script/0/groups/1");
  CHECK(script(R"({"at": 1, "do": "partition", "groups": [["alice", "bob", "coordinator"]]})") == "E1217 2:51 /script/0/groups");
  CHECK(script(R"({"at": 1, "do": "partition", "groups": [["alice"], ["bob"]]})") == "E1217 2:51 /script/0/groups");
  CHECK(first_message(with(R"("script": [{"at": 1, "do": "partition", "groups": [["alice"], ["bob"]]}])")) ==
        "in neither group: \"coordinator\"");
  CHECK(script(R"({"at": 1, "do": "partition"})") == "E1102 2:12 /script/0");
  CHECK(script(R"({"at": 1, "do": "crash"})") == "E1102 2:12 /script/0");
  CHECK(script(R"({"at": 1, "do": "heal", "node": "bob"})") == "E1109 2:36 /script/0/node");
  CHECK(script(R"({"do": "heal"})") == "E1110 2:12 /script/0");
  CHECK(script(R"({"at": 1, "when": {"node": "bob", "has": "force yes"}, "do": "crash"})") == "E1110 2:12 /script/0");
  CHECK(script(R"({"when": {"node": "bob", "has": "forse yes"}, "do": "crash"})") == "E1104 2:44 /script/0/when/has");
  CHECK(script(R"({"when": {"node": "bob", "has": "force yes"}, "do": "recover"})") == "E1102 2:12 /script/0");
  CHECK(script(R"({"when": {"node": "bob", "has": "force yes"}, "do": "heal"})") == "");
  CHECK(script(R"({"when": {"node": "bob", "has": "force yes"}, "do": "crash", "node": "coordinator"})") == "");
  CHECK(script(R"({"at": -1, "do": "heal"})") == "E1220 2:19 /script/0/at");
  CHECK(script(R"({"at": 10000, "do": "heal"})") == "W2002 2:12 /script/0");  // nothing is split
  CHECK(script(R"({"at": 10000.1, "do": "heal"})") == "E1220 2:19 /script/0/at; W2002 2:12 /script/0");
  CHECK(found_in(with(R"("script": [{"at": 30000, "do": "heal"}], "transactions": 3)")) == "W2002 2:12 /script/0");
  CHECK(found_in(with(R"("script": [{"at": 30001, "do": "heal"}], "transactions": 3)")) == "E1220 2:19 /script/0/at; W2002 2:12 /script/0");
  CHECK(script(R"({"at": 1, "do": "explode"})") == "E1104 2:28 /script/0/do");
  CHECK(script("7") == "E1103 2:12 /script/0");
}

TEST_CASE("B37: votes") {
  CHECK(found_in(with_participants(R"([{"name": "a", "vote": "maybe"}])")) == "E1219 2:24 /participants/0/vote");
  CHECK(found_in(with_participants(R"([{"name": "a", "vote": true}])")) == "E1103 2:24 /participants/0/vote");
}

TEST_CASE("B40: budgets") {
  CHECK(found_in(with(R"("faults": {"crashes": 254})")) == "");
  CHECK(found_in(with(R"("faults": {"crashes": 255})")) == "E1222 2:23 /faults/crashes");
  CHECK(found_in(with(R"("faults": {"crashes": 4294967296})")) == "E1222 2:23 /faults/crashes");
  CHECK(found_in(with(R"("faults": {"crashes": -1})")) == "E1222 2:23 /faults/crashes");
  CHECK(found_in(with(R"("faults": {"crashes": -0.2})")) == "E1203 2:23 /faults/crashes");
  CHECK(first_message(with(R"("faults": {"crashes": -0.2})")) == "expected an integer from 0 to 254, got -0.2");
  CHECK(found_in(with(R"("transactions": 0)")) == "E1203 2:17 /transactions");
  CHECK(found_in(with(R"("transactions": 1000001)")) == "E1203 2:17 /transactions");
  CHECK(found_in(with(R"("seed": -1)")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": 18446744073709551616)")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": "0x10000000000000000")")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": "12")")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": "0x")")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": "0x-1")")) == "E1203 2:9 /seed");
  CHECK(found_in(with(R"("seed": 1.0)")) == "E1203 2:9 /seed");
}

TEST_CASE("faults that contradict each other are refused with the reason") {
  const auto faults = [](std::string_view members) { return found_in(with("\"faults\": {" + std::string(members) + "}")); };
  CHECK(faults(R"("channels": "sticky", "timing": "synchronous")") == "E1223 2:44 /faults/timing");
  CHECK(faults(R"("messages": "unnumbered", "transaction_order": "serial")") == "E1228 2:24 /faults/messages; E1228 2:59 /faults/transaction_order");
  CHECK(found_in(with(R"("transactions": 2, "faults": {"messages": "unnumbered", "transaction_order": "serial"})")) == "");
  CHECK(faults(R"("channels": "sticky", "losses": 1, "duplicates": 1)") == "E1223 2:44 /faults/losses; E1223 2:61 /faults/duplicates");
  CHECK(faults(R"("suspicions": 1)") == "E1224 2:26 /faults/suspicions");
  CHECK(faults(R"("suspicions": 1, "timing": "synchronous")") == "");
  CHECK(faults(R"("reorders": 1)") == "E1227 2:24 /faults/reorders");
  CHECK(found_in(with(R"("faults": {"channels": "sticky"}, "chances": {"loss": 0.1, "reorder": 0.1})")) ==
        "E1223 2:55 /chances/loss; E1227 2:71 /chances/reorder");
}

TEST_CASE("searches too wide to be made are refused with what would do") {
  const auto found = [](int participants, std::string_view faults) {
    return found_in(with_participants(std::to_string(participants), ", \"faults\": {" + std::string(faults) + "}"));
  };
  CHECK(found(12, "\"crashes\": 1") == "");
  CHECK(found(13, "\"crashes\": 1").substr(0, 5) == "E1225");
  CHECK(found(13, "\"crashes\": 1, \"crash_points\": \"handlers\"") == "");
  CHECK(found(11, "\"partitions\": 1") == "");
  CHECK(found(12, "\"partitions\": 1").substr(0, 5) == "E1226");
  // A word that cannot be read is no reason for a second error.
  CHECK(found(13, "\"crashes\": 1, \"crash_points\": \"handlrs\"").substr(0, 5) == "E1104");
}

TEST_CASE("B42 B50: properties") {
  const Decoded nothing = decode(with(R"("check": [])"));
  REQUIRE(nothing.findings.errors().size() == 1);
  CHECK(nothing.findings.errors()[0].code == "E1304");
  CHECK(exit_code(nothing.findings) == 64);
  CHECK(found_in(with(R"("check": ["AC1", "AC1"])")) == "E1105 2:18 /check/1");
  CHECK(found_in(with(R"("check": ["AC6", "custom", 5])")) == "E1302 2:11 /check/0; E1302 2:18 /check/1; E1103 2:28 /check/2");
  CHECK(first_message(with(R"("check": ["Conserv"])")) ==
        "expected one of AC1, AC2, AC3, AC4, AC5, NB, conserve, got \"Conserv\"; did you mean \"conserve\"?");
  CHECK(found_in(with(R"("expect": {"NB": "violated"})")) == "E1309 2:18 /expect/NB");
  CHECK(found_in(with(R"("expect": {"AC1": "hold"})")) == "E1104 2:19 /expect/AC1");
  CHECK(found_in(with(R"("expect": {"AC1": "holds", "worlds": -1})")) == "E1203 2:38 /expect/worlds");
  std::string many = "\"AC1\"";
  for (int i = 1; i < 100'000; ++i) many += ",\"AC1\"";
  CHECK(found_in(with("\"check\": [" + many + "]")) == "E1504 2:10 /check");
}

TEST_CASE("all errors of a file come at once, in order, the first twenty of them") {
  CHECK(found_in(R"({"schema": 1,
    "protocol": "5pc", "participants": [{"name": ""}, {"nam": "a"}],
    "seed": true, "faults": {"crashes": 300}})") ==
        "E1103 1:12 /schema; E1107 2:17 /protocol; E1211 2:50 /participants/0/name; E1102 2:55 /participants/1; "
        "E1101 2:56 /participants/1/nam; E1103 3:13 /seed; E1222 3:41 /faults/crashes");
  std::string keys = "\"k0\": 0";
  for (int i = 1; i < 1000; ++i) keys += ", \"k" + std::to_string(i) + "\": 0";
  const Decoded decoded = decode(with(keys));
  CHECK(decoded.findings.errors().size() == 20);
  CHECK(decoded.findings.errors_left_out() == 980);
  CHECK(decoded.findings.errors()[0].pointer == "/k0");
}

TEST_CASE("a question built from options is judged by the same rules, without places") {
  Scenario s;
  s.protocol = "2pc";
  s.participants.resize(2);
  for (Participant& participant : s.participants) participant.name = "a";
  s.faults.left.crashes = kUnlimited;
  s.faults.left.suspicions = 1;
  s.faults.crash_only = NodeSet(node_id(5));
  s.chances.loss = {2, 1};
  s.delays.timeout = 0;
  s.transactions = 0;
  s.check = {};
  std::string codes;
  for (const Diagnostic& found : validate(s, kProtocols)) {
    codes += found.code + " ";
    CHECK(found.line == 0);
  }
  CHECK(codes == "E1210 E1304 E1222 E1213 E1203 E1224 E1203 E1209 W2001 ");
}

TEST_CASE("hostile sizes are refused within a second") {
  const auto seconds = [](const std::string& text) {
    const auto start = std::chrono::steady_clock::now();
    CHECK(decode(text).findings.any_error());
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  std::string keys = "\"k0\": 0", script = "[{\"at\":1,\"do\":\"heal\"}";
  for (int i = 1; i < 400'000; ++i) keys += ", \"crahses" + std::to_string(i) + "\": 0";
  for (int i = 1; i < 300'000; ++i) script += ",{\"at\":1,\"do\":\"heal\"}";
  CHECK(seconds(with(keys)) < 5);  // a second, on an optimised build
  CHECK(seconds(with("\"script\": " + script + "]")) < 5);
  CHECK(seconds(with("\"" + std::string(8'000'000, 'x') + "\": 0")) < 5);
  CHECK(seconds(with("\"faults\": {\"crashes\": " + std::string(8'000'000, '9') + "}")) < 5);
  CHECK(seconds(with("\"chances\": {\"loss\": 0." + std::string(8'000'000, '9') + "}")) < 5);
  CHECK(seconds(std::string(8'000'000, '[')) < 5);
}

TEST_CASE("a scenario damaged at any byte is read, or refused with a place inside it") {
  const std::string good(kTransfer);
  std::vector<std::string::size_type> lengths;  // of lines, in bytes
  const auto check = [&](const std::string& text) {
    const Decoded decoded = decode(text);
    const bool answered = decoded.scenario.has_value() != decoded.findings.any_error();
    if (!answered) FAIL("neither read nor refused: " << text);
    std::vector<std::size_t> widths = {0};
    for (const char c : text) {
      if (c == '\n') widths.push_back(0);
      if (c != '\n') ++widths.back();
    }
    for (const Diagnostic& error : decoded.findings.errors()) {
      const bool inside = error.line >= 1 && static_cast<std::size_t>(error.line) <= widths.size() && error.column >= 1 &&
                          static_cast<std::size_t>(error.column) <= widths[static_cast<std::size_t>(error.line) - 1] + 1;
      if (!inside) FAIL("no place inside the text: " << to_text(error) << text);
    }
  };
  for (std::size_t i = 0; i < good.size(); ++i) {
    check(std::string(good).erase(i, 1));
    check(good.substr(0, i));
    for (const char c : std::string_view("\0\n \"\\{}[]:,-+.0e9xA'/#\xff\xc3\x1b", 26)) {
      std::string damaged = good;
      damaged[i] = c;
      check(damaged);
      if (i % 4 == 0) check(std::string(good).insert(i, 1, c));
    }
  }
}

TEST_CASE("the JSON Schema and the reader know the same keys at each object") { check_same_keys(schema_file("scenario.schema.json"), accepted_keys()); }

TEST_CASE("the JSON Schema and the reader know the same words") {
  const nlohmann::json schema = schema_file("scenario.schema.json");
  const auto words = [&](std::string_view place) { return schema_at(schema, place).at("enum").get<std::vector<std::string>>(); };
  const auto names = []<Enumeration E>(E) {
    const auto all = std::span(spelling::kNames<E>).first(count_of<E>());
    return std::vector<std::string>(all.begin(), all.end());
  };
  CHECK(words("/faults/timing") == names(Timing{}));
  CHECK(words("/faults/channels") == names(Channels{}));
  CHECK(words("/faults/crash_points") == names(CrashPoints{}));
  CHECK(words("/faults/transaction_order") == names(TransactionOrder{}));
  CHECK(words("/faults/messages") == names(Messages{}));
  CHECK(words("/participants/*/vote") == names(Vote{}));
  CHECK(words("/script/*/do") == names(ScriptedFault::Do{}));
  CHECK(words("/agreement") == names(Agreement{}));
  CHECK(words("/expect/AC1") == names(Status{}));
  std::vector<std::string> properties = names(Property{});
  properties.pop_back();  // custom
  CHECK(words("/check/*") == properties);
}

TEST_CASE("a title has a limit, in characters, which is said") {
  const auto titled = [](const std::string& title) { return with(R"("title": ")" + title + R"(")"); };
  std::string umlauts;
  for (int i = 0; i < 200; ++i) umlauts += "\xc3\xbc";
  CHECK(found_in(titled(umlauts)) == "");
  CHECK(first_message(titled(umlauts + "x")) == "limit: at most 200 characters, got 201");
  CHECK(found_in(titled(std::string(5'000'000, 'x'))) == "E1504 2:10 /title");
  CHECK(found_in(with(R"("script": [{"when": {"node": "alice", "has": "force )" + std::string(300, 'y') + R"("}, "do": "crash"}])")).starts_with("E1504"));
}

}  // namespace commitlab
