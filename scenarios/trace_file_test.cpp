// Traces read back, and refused: each mistake with its code, its place and the nearest right spelling.
#include "scenarios/trace_file.hpp"

#include <nlohmann/json.hpp>

#include "scenarios/digest.hpp"
#include "scenarios/encode_scenario.hpp"
#include "scenarios/schema_for_tests.hpp"
#include "sim/names.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using nlohmann::ordered_json;

const std::array<ProtocolFacts, 1> kKnown = {ProtocolFacts{"2pc", {}, false}};

ordered_json good() {
  const char* text = R"({"schema": "commitlab-trace/1", "tool": {"name": "commitlab", "version": "0.1.0"}, "scenario_name": "small",
    "scenario": {"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": [{"name": "alice", "success": 0.1}], "chances": {"loss": "1/3"}, "seed": 7},
    "seed": "0x7", "protocol": "2pc", "clock": "time", "nodes": ["coordinator", "alice"], "votes": [["yes"]], "verdict": [{"property": "AC1", "status": "holds"}],
    "events": [
      {"i": 0, "t": 0, "kind": "start", "node": "coordinator", "label": "0 start; send prepare to 1", "after": {"state": "collecting", "log": ["begin?"]}},
      {"i": 1, "t": 5, "kind": "deliver", "node": "alice", "peer": "coordinator", "msg": "prepare", "label": "1 deliver prepare from 0; force prepared; send yes to 0",
       "effects_t": [7, 7], "after": {"state": "prepared", "in_doubt": true}, "cause": 0},
      {"i": 2, "t": 9, "kind": "crash", "node": "coordinator", "label": "0 crash losing 1 record", "after": {"up": false, "log": []}},
      {"i": 3, "t": 9, "kind": "stop_faults", "label": "faults stop"}],
    "end": [{"node": "coordinator", "up": false, "in_doubt": false, "state": "", "log": [], "decided": ""},
            {"node": "alice", "up": true, "in_doubt": true, "state": "prepared", "log": ["prepared"], "decided": ""}]})";
  return ordered_json::parse(text);
}

std::optional<TraceFile> read(const ordered_json& json) {
  Diagnostics findings;
  return decode_trace(json.dump(1), "run.trace.json", kKnown, findings);
}

/// "E1203 /events/1/t: what is wrong" of the first mistake.
std::string found_in(const std::string& text) {
  Diagnostics findings;
  const bool is_read = decode_trace(text, "run.trace.json", kKnown, findings).has_value();
  CHECK(is_read == !findings.any_error());
  if (!findings.any_error()) return "";
  const Diagnostic& error = findings.errors().front();
  CHECK(error.line > 0);
  return error.code + " " + error.pointer + ": " + error.message;
}

/// The same of the good trace, in which the value behind the pointer is another.
std::string found_with(const char* pointer, const ordered_json& value) {
  ordered_json json = good();
  json[ordered_json::json_pointer(pointer)] = value;
  return found_in(json.dump(1));
}
std::string found_without(const char* object, const char* key) {
  ordered_json json = good();
  json[ordered_json::json_pointer(object)].erase(key);
  return found_in(json.dump(1));
}

}  // namespace

TEST_CASE("a trace is read as it was written, each node as it is after each step") {
  const auto file = read(good());
  REQUIRE(file);
  CHECK(file->scenario.name == "small");
  CHECK(file->scenario.chances.loss == Probability{1, 3});
  CHECK(file->timed);
  CHECK(file->trace.votes == std::vector<std::string>{"yes"});
  REQUIRE(file->trace.lines.size() == 4);
  const auto& prepared = file->trace.lines[1];
  CHECK(prepared.happened == "deliver prepare from 0");
  CHECK(prepared.effects == std::vector<std::string>{"force prepared", "send yes to 0"});
  CHECK(file->effect_times[1] == std::vector<std::int64_t>{7, 7});
  CHECK(prepared.after.in_doubt);
  CHECK(prepared.after.up);
  const auto& crash = file->trace.lines[2];
  CHECK(crash.node == 0);
  CHECK_FALSE(crash.after.up);
  CHECK(crash.after.state == "collecting");  // of which the event says nothing
  CHECK(crash.after.log.empty());
  CHECK(file->trace.lines[3].network);
  CHECK(file->verdict == std::vector<std::pair<std::string, Status>>{{"AC1", Status::holds}});
  const Play play = file->play();
  CHECK(play.votes == std::vector<std::vector<bool>>{{true}});
  CHECK(play.lines[2].text == "0 crash losing 1 record");
  CHECK(play.lines[2].number == 3);
}

TEST_CASE("a trace is known by its schema alone, and what was meant to be one by its name") {
  CHECK(looks_like_trace(good().dump()));
  CHECK(looks_like_trace(R"({"schema": "commitlab-trace/1", )"));
  CHECK_FALSE(looks_like_trace(R"({"schema": "commitlab-scenario/1", "title": "no \"commitlab-trace/1\""})"));
  CHECK_FALSE(looks_like_trace("# commitlab-play/1 2pc"));
}

TEST_CASE("each mistake in a trace has its place, and the nearest right spelling") {
  CHECK(found_in(good().dump(1)).empty());
  CHECK(found_with("/schema", "commitlab-trace/2") == "E1106 /schema: schema \"commitlab-trace/2\" not supported (this build: commitlab-trace/1)");
  CHECK(found_with("/event", 1) == "E1101 /event: unknown key \"event\"; did you mean \"events\"?");
  CHECK(found_with("/events/1/lable", "x") == "E1101 /events/1/lable: unknown key \"lable\"; did you mean \"label\"?");
  CHECK(found_with("/events/1/after/stat", "x").starts_with("E1101 /events/1/after/stat: unknown key \"stat\"; did you mean"));
  CHECK(found_with("/events/1/kind", "delivr").ends_with("got \"delivr\"; did you mean \"deliver\"?"));
  CHECK(found_with("/events/1/node", "alcie") == "E1213 /events/1/node: unknown node \"alcie\"; did you mean \"alice\"?");
  CHECK(found_with("/events/1/i", 2) == "E1902 /events/1/i: expected an integer from 1 to 1, got 2");
  CHECK(found_with("/events/1/t", "5") == "E1103 /events/1/t: expected an integer from 0 to 9223372036854775807, got a string");
  CHECK(found_with("/events/2/t", 4) == "E1902 /events/2/t: earlier than the event before it");
  CHECK(found_without("/events/1", "t") == "E1102 /events/1: required key \"t\" missing");
  CHECK(found_without("/events/1", "label") == "E1102 /events/1: required key \"label\" missing");
  CHECK(found_without("/events/1", "node") == "E1102 /events/1: required key \"node\" missing");
  CHECK(found_with("/events/3/node", "alice") == "E1902 /events/3/node: what happens to the network happens to no node");
  CHECK(found_with("/events/1/cause", 1) == "E1902 /events/1/cause: expected an integer from 0 to 0, got 1");
  CHECK(found_with("/events/0/cause", 0) == "E1902 /events/0/cause: the first event has no cause");
  CHECK(found_with("/events/1/effects_t", {7}) == "E1902 /events/1/effects_t: expected 2 times, one for each effect in \"label\", got 1");
  CHECK(found_with("/events/3/label", "end; 1 commit") == "E1902 /events/3/label: no step: \"end; 1 commit\"");
  CHECK(found_with("/events/1/after/log", "x") == "E1103 /events/1/after/log: expected an array of records, got a string");
  CHECK(found_with("/events", ordered_json::object()) == "E1103 /events: expected an array of events, got an object");
  CHECK(found_with("/votes", ordered_json::array()) == "E1902 /votes: no transaction: expected the votes of one at least");
  CHECK(found_with("/votes/0", {"yes", "no"}) == "E1219 /votes/0: expected 1 votes, got 2");
  CHECK(found_with("/votes/0/0", "yse") == "E1219 /votes/0/0: expected one of no, yes, got \"yse\"; did you mean \"yes\"?");
  CHECK(found_with("/nodes/1", "bob") == "E1902 /nodes: other nodes than those of the scenario");
  CHECK(found_with("/seed", "7") == "E1203 /seed: expected \"0x\" and up to 16 hexadecimal digits, got \"7\"");
  CHECK(found_with("/seed", "0x8") == "E1902 /seed: another seed than that of the scenario: 7");
  CHECK(found_with("/protocol", "3pc") == "E1902 /protocol: another protocol than that of the scenario: \"2pc\"");
  CHECK(found_with("/clock", "tim") == "E1104 /clock: expected one of steps, time, got \"tim\"; did you mean \"time\"?");
  CHECK(found_with("/verdict/0/status", "hold").ends_with("did you mean \"holds\"?"));
  CHECK(found_without("/end/1", "log") == "E1102 /end/1: required key \"log\" missing");
  CHECK(found_with("/end/0/node", "alice") == "E1902 /end/0: out of order: nodes as in \"nodes\", for each its transactions");
  CHECK(found_in("[]") == "E1103 : expected an object, got an array");
}

TEST_CASE("what is wrong with the scenario in a trace has its place in the trace") {
  CHECK(found_with("/scenario/participants/0/success", 1.5) == "E1203 /scenario/participants/0/success: expected a number in [0, 1], got 1.5");
  CHECK(found_with("/scenario/chances/los", 1) == "E1101 /scenario/chances/los: unknown key \"los\"; did you mean \"loss\"?");
  CHECK(found_with("/scenario", "bank-transfer") == "E1103 /scenario: expected a scenario, got a string");
  Diagnostics findings;
  ordered_json json = good();
  json["scenario"]["seed"] = -1;
  std::string text = json.dump(1);
  decode_trace(text, "run.trace.json", kKnown, findings);
  REQUIRE(findings.any_error());
  const auto before = text.substr(0, text.find("-1"));
  CHECK(findings.errors().front().line == 1 + std::count(before.begin(), before.end(), '\n'));
}

TEST_CASE("a scenario that was changed after the run is told by its digest, where there is one") {
  ordered_json json = good();
  json["scenario_digest"] = digest_of(encode_scenario(read(good())->scenario));
  CHECK(found_in(json.dump(1)).empty());
  json["scenario"]["chances"]["loss"] = "1/4";
  CHECK(found_in(json.dump(1)).starts_with("E1901 /scenario_digest: the scenario is not the one that was recorded: expected"));
}

TEST_CASE("a trace damaged at any byte is read, or refused") {
  const std::string text = good().dump();
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (const char c : std::string_view("\0\"\\{}[],-9x", 11)) {
      std::string damaged = text;
      damaged[i] = c;
      Diagnostics findings;
      const bool is_read = decode_trace(damaged, "run.trace.json", kKnown, findings).has_value();
      if (is_read == findings.any_error()) FAIL("neither read nor refused: " << damaged);
    }
    Diagnostics findings;
    CHECK_FALSE(decode_trace(text.substr(0, i), "run.trace.json", kKnown, findings));
  }
}

TEST_CASE("the JSON Schema of traces and the reader know the same keys and words") {
  const nlohmann::json schema = schema_file("trace.schema.json");
  check_same_keys(schema, accepted_trace_keys());
  const auto words = [&](std::string_view place) { return schema_at(schema, place).at("enum").get<std::vector<std::string>>(); };
  const auto names = []<Enumeration E>(E) {
    const auto all = std::span(spelling::kNames<E>).first(count_of<E>());
    return std::vector<std::string>(all.begin(), all.end());
  };
  CHECK(words("/events/*/kind") == names(Event{}));
  CHECK(words("/votes/*/*") == names(Vote{}));
  CHECK(words("/verdict/*/status") == names(Status{}));
  CHECK(schema_at(schema, "").at("properties").at("schema").at("const") == "commitlab-trace/1");
}

}  // namespace commitlab
