// `show --format` as its caller sees it: every format of two runs to the last byte, traces that are made again, and what is refused.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>

#include "commands/fake_protocols_for_tests.hpp"
#include "reports/golden_for_tests.hpp"
#include "reports/run_formats.hpp"
#include "reports/trace_json.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/trace_file.hpp"
#include "sim/names.hpp"
#include "test.hpp"

namespace commitlab {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* kPlain = R"({"schema": "commitlab-scenario/1", "title": "Two banks agree", "protocol": "2pc", "participants": [{"name": "alice"}, {"name": "bob"}], "delays": {"force": 2}})";
constexpr const char* kFaulty = R"({"schema": "commitlab-scenario/1", "title": "Two banks, a crash and a loss", "protocol": "2pc", "participants": [{"name": "alice"}, {"name": "bob"}],
  "faults": {"recovery": true}, "chances": {"loss": 0.2, "crash": 0.1}, "delays": {"force": 2}, "seed": 12})";

std::string ending_of(RunFormat format) {
  switch (format) {
    case RunFormat::trace: return "trace.json";
    case RunFormat::itf: return "itf.json";
    case RunFormat::shiviz: return "shiviz";
    case RunFormat::mermaid: return "mmd";
    case RunFormat::dot: return "dot";
    case RunFormat::chrome: return "chrome.json";
    case RunFormat::plantuml: return "puml";
    case RunFormat::ndjson: return "ndjson";
    case RunFormat::csv: return "csv";
  }
  return "";
}

Called show_trace(const std::string& file) { return call({"show", file, "--format", "trace"}, catalogue()); }

/// A trace of that text is the same when it is made again, and is written again to the last byte.
void check_made_again(const TemporaryFolder& folder, const std::string& text) {
  const std::string file = folder.write("again.trace.json", text);
  const Called again = call({"replay", file}, catalogue());
  INFO(again.out << again.err);
  CHECK(again.exit_code == 0);
  CHECK(show_trace(file).out == text);
}

}  // namespace

TEST_CASE("two runs are in every format what they were to the last byte") {
  const TemporaryFolder folder;
  for (const auto& [name, text] : {std::pair<std::string, std::string>{"plain", kPlain}, {"faulty", kFaulty}}) {
    const std::string file = folder.write(name + ".json", text);
    for (std::size_t i = 0; i < count_of<RunFormat>(); ++i) {
      const auto format = static_cast<RunFormat>(i);
      const Called called = call({"show", file, "--format", std::string(name_of(format))}, catalogue());
      CAPTURE(called.err);
      CHECK(called.exit_code == 0);
      CHECK(matches_golden(name + "." + ending_of(format), called.out));
    }
  }
}

TEST_CASE("the traces that are kept are made again as they were") {
  for (const std::string name : {"plain", "faulty"}) {
    const std::string file = std::string(COMMITLAB_SOURCE_DIR "/reports/golden/") + name + ".trace.json";
    const Called called = call({"replay", file}, catalogue());
    INFO(called.out << called.err);
    CHECK(called.exit_code == 0);
    CHECK(called.out.find("happen as recorded") != std::string::npos);
  }
}

TEST_CASE("the trace of every simulated run that a play can hold is made again") {
  const TemporaryFolder folder;
  std::size_t crashes = 0;
  for (const std::string protocol : {"2pc", "3pc", "2pc-ctp"})
    for (int seed = 0; seed < 70; ++seed) {
      std::vector<std::string> words = {"show", protocol, "--seed", std::to_string(seed), "--format", "trace", "--chance", "loss=0.1,duplicate=0.1"};
      if (seed % 3 == 0) words.insert(words.end(), {"--transactions", "3"});
      else words.back() += ",crash=0.1", words.emplace_back("--recovery");
      if (seed % 5 == 4) words.insert(words.end(), {"--channels", "fifo"}), words[7] += ",reorder=0.1";
      const Called called = call(words, catalogue());
      CAPTURE(protocol, seed, called.err);
      REQUIRE(called.exit_code == 0);
      crashes += called.out.find("crash") != std::string::npos ? 1u : 0u;
      check_made_again(folder, called.out);
    }
  CHECK(crashes > 50);
}

TEST_CASE("the trace of every witness of every protocol is made again") {
  const TemporaryFolder folder;
  std::size_t witnesses = 0;
  const std::vector<std::vector<std::string>> faults = {{"--crashes", "1", "--losses", "1"}, {"--crashes", "1", "--suspicions", "1", "--timing", "synchronous"}, {"--crashes", "1", "--partitions", "1", "--recovery"}};
  for (const Entry& entry : catalogue()) {
    const std::string plays = folder / std::string(entry.name);
    for (std::size_t i = 0; i < (entry.specification ? 1 : faults.size()); ++i) {
      std::vector<std::string> words = {"check", std::string(entry.name), "--save", plays + std::to_string(i), "--force"};
      if (!entry.specification) words.insert(words.end(), {"-n", "2", "--check", "AC1,AC2,AC3,AC4,AC5,NB"}), words.insert(words.end(), faults[i].begin(), faults[i].end());
      const Called checked = call(words, catalogue());
      INFO(entry.name << checked.err);
      REQUIRE(checked.exit_code < 2);
      for (const auto& play : std::filesystem::directory_iterator(plays + std::to_string(i))) {
        const Called called = show_trace(play.path().string());
        INFO(play.path().filename() << called.err);
        REQUIRE(called.exit_code == 0);
        check_made_again(folder, called.out);
        ++witnesses;
      }
    }
  }
  CHECK(witnesses > 15);
}

TEST_CASE("a trace of a weakened protocol says so, and one that was asked of a play with copies") {
  const TemporaryFolder folder;
  const std::string play = folder.write("p.play", "# commitlab-play/1 2pc -n 1 --crashes 1 --weaken participant:unforced:prepared --copies\nvotes yes\n1 start\n0 start; send prepare to 1\n1 deliver prepare from 0; write prepared\n");
  const Called called = show_trace(play);
  CAPTURE(called.err);
  REQUIRE(called.exit_code == 0);
  CHECK(json::parse(called.out)["weaken"] == "participant:unforced:prepared");
  CHECK(json::parse(called.out)["copies"] == true);
  check_made_again(folder, called.out);
}

namespace {

/// A trace of 3pc as slides show it, that breaks AC1.
std::string breach(const TemporaryFolder& folder) {
  call({"check", "3pc-textbook", "-n", "2", "--crashes", "1", "--timing", "synchronous", "--save", folder / ""}, catalogue());
  return show_trace(folder / "3pc-textbook-AC1.play").out;
}

Called replay(const TemporaryFolder& folder, const std::string& text) { return call({"replay", folder.write("changed.trace.json", text)}, catalogue()); }

}  // namespace

TEST_CASE("one word of a trace changed: replay names the step, what was recorded and what happens") {
  const TemporaryFolder folder;
  const std::string text = breach(folder);
  const ordered_json trace = ordered_json::parse(text);
  CHECK(replay(folder, trace.dump()).exit_code == 0);
  CHECK(trace["verdict"][0]["status"] == "violated");

  std::size_t changed = 0;
  for (std::size_t i = 0; i < trace["events"].size(); ++i) {
    if (!trace["events"][i].contains("after")) continue;
    for (const auto& [key, value] : trace["events"][i]["after"].items()) {
      ordered_json other = trace;
      auto& place = other["events"][i]["after"][key];
      if (value.is_boolean()) place = !value.get<bool>();
      else if (value.is_array()) place.push_back("?");
      else place = value.get<std::string>() + "x";
      const Called called = replay(folder, other.dump());
      INFO(key << " of event " << i << called.out << called.err);
      CHECK(called.exit_code == 3);
      CHECK(called.out.find("differs: step " + std::to_string(i + 1) + " happens otherwise than it is recorded") != std::string::npos);
      ++changed;
    }
  }
  CHECK(changed > 10);

  const auto with = [&](const char* pointer, const ordered_json& value) {
    ordered_json other = trace;
    other[ordered_json::json_pointer(pointer)] = value;
    return replay(folder, other.dump());
  };
  const Called state = with("/events/1/after/state", "wiat");
  CHECK(state.out.find("recorded  ") != std::string::npos);
  CHECK(state.out.find("state wiat") != std::string::npos);
  CHECK(with("/events/2/kind", "miss").exit_code == 3);
  CHECK(with("/end/1/decided", "both").out.find("differs: the end happens otherwise than it is recorded") != std::string::npos);
  CHECK(with("/verdict/0/status", "holds").exit_code == 3);
  CHECK(with("/verdict/0/property", "AC4").out.find("not asked") != std::string::npos);
  const json told = json::parse(call({"replay", folder.write("x.trace.json", [&] {
                                        ordered_json other = trace;
                                        other["events"][1]["after"]["state"] = "wiat";
                                        return other.dump();
                                      }()), "--json"}, catalogue()).out);
  CHECK(told["step"] == 2);
  CHECK(told["outcome"] == "differs");
  CHECK(told["exit_code"] == 3);
}

TEST_CASE("the first difference is told even where a later step is not possible any more") {
  const TemporaryFolder folder;
  ordered_json trace = ordered_json::parse(breach(folder));
  const std::size_t last = trace["events"].size() - 1;
  trace["events"][last]["label"] = "1 deliver nothing from 0";
  const Called impossible = replay(folder, trace.dump(1));
  CHECK(impossible.exit_code == 65);
  CHECK(impossible.err.find("error[E1707]") != std::string::npos);
  CHECK(impossible.err.find("/events/" + std::to_string(last) + "/label: \"1 deliver nothing from 0\" cannot happen here\n  hint: this can:") != std::string::npos);
  trace["events"][0]["after"]["state"] = "nowhere";
  CHECK(replay(folder, trace.dump(1)).exit_code == 3);
}

TEST_CASE("a trace is a question for other verbs too, and shows its times") {
  const TemporaryFolder folder;
  const std::string file = folder.write("plain.trace.json", call({"show", folder.write("plain.json", kPlain), "--format", "trace"}, catalogue()).out);
  const Called table = call({"show", file}, catalogue());
  CHECK(table.exit_code == 0);
  CHECK(table.out.find("time, ms") != std::string::npos);
  CHECK(call({"show", file, "--format", "mermaid"}, catalogue()).out == call({"show", folder / "plain.json", "--format", "mermaid"}, catalogue()).out);
  CHECK(call({"run", file, "-q"}, catalogue()).out == call({"run", folder / "plain.json", "-q"}, catalogue()).out);
  const Called checked = call({"check", file, "--crashes", "1", "--check", "NB", "--save", folder / "plays"}, catalogue());
  CHECK(checked.exit_code == 1);
  for (const auto& play : std::filesystem::directory_iterator(folder / "plays")) CHECK(call({"replay", play.path().string()}, catalogue()).exit_code == 0);
}

TEST_CASE("what cannot be written in a format is refused with its reason") {
  const auto refused = [](const std::vector<std::string>& args, const std::string& words) {
    const Called called = call(args, catalogue());
    CAPTURE(called.err);
    CHECK(called.exit_code == 64);
    CHECK(called.out.empty());
    CHECK(called.err.find(words) != std::string::npos);
  };
  refused({"show", "2pc", "--format", "mermiad"}, "error[E1603] --format: ");
  refused({"show", "2pc", "--format", "mermiad"}, "did you mean \"mermaid\"?");
  refused({"show", "2pc", "--format", "trace", "--json"}, "not beside --format");
  refused({"show", "2pc", "--format", "trace", "--transactions", "65"}, "--format: a play holds at most 64 transactions, not 65");
  refused({"show", "2pc", "--format", "trace", "--transactions", "3", "--chance", "crash=0.5"}, "--format: a node stops in this run of several transactions");
  CHECK(call({"show", "2pc", "--format", "csv", "--transactions", "3", "--chance", "crash=0.5"}, catalogue()).exit_code == 0);
}

namespace {

/// Does the value fit the schema? Of JSON Schema, what scenarios/trace.schema.json uses; what it says of scenarios is tested with their reader.
bool fits(const json& schema, const json& root, const json& value) {
  if (schema.contains("$ref")) {
    const std::string where = schema["$ref"];
    return !where.starts_with('#') || fits(root.at(json::json_pointer(where.substr(1))), root, value);
  }
  if (schema.contains("const")) return value == schema["const"];
  if (schema.contains("enum")) return std::find(schema["enum"].begin(), schema["enum"].end(), value) != schema["enum"].end();
  const std::string type = schema.at("type");
  if (type == "string") return value.is_string() && (!schema.contains("pattern") || std::regex_search(value.get<std::string>(), std::regex(schema["pattern"].get<std::string>())));
  if (type == "boolean") return value.is_boolean();
  if (type == "integer") return value.is_number_integer() && value >= schema.value("minimum", json(0)) && (!schema.contains("maximum") || value <= schema["maximum"]);
  if (type == "array") return value.is_array() && value.size() >= schema.value("minItems", 0u) && std::all_of(value.begin(), value.end(), [&](const json& item) { return fits(schema.at("items"), root, item); });
  if (type != "object" || !value.is_object()) return false;
  for (const auto& key : schema.value("required", json::array()))
    if (!value.contains(key.get<std::string>())) return false;
  for (const auto& [key, member] : value.items())
    if (!schema.at("properties").contains(key) || !fits(schema["properties"][key], root, member)) return false;
  return true;
}

}  // namespace

TEST_CASE("what is written fits the JSON Schema, and all that the schema knows of is written") {
  const TemporaryFolder folder;
  std::ifstream in(COMMITLAB_SOURCE_DIR "/scenarios/trace.schema.json");
  const json schema = json::parse(in);
  std::vector<std::string> texts = {breach(folder)};
  for (const std::string seed : {"1", "2", "12"}) texts.push_back(call({"show", folder.write("faulty.json", kFaulty), "--seed", seed, "--format", "trace"}, catalogue()).out);
  texts.push_back(call({"show", "2pc", "--transactions", "2", "--format", "trace"}, catalogue()).out);
  texts.push_back(call({"show", "partition-under-3pc", "--format", "trace"}, catalogue()).out);
  const std::string late = R"({"schema": "commitlab-scenario/1", "protocol": "2pc", "participants": 2, "delays": {"force": 20}, "script": [{"at": 15, "do": "crash", "node": "p1"}]})";
  texts.push_back(show_trace(folder.write("late.json", late)).out);
  std::set<std::string> written, known;
  for (const auto& text : texts) {
    const json trace = json::parse(text);
    CHECK(fits(schema, schema, trace));
    for (const auto& [key, value] : trace.items()) written.insert(key);
    for (const auto& event : trace["events"])
      for (const auto& [key, value] : event.items()) written.insert("event " + key);
    json other = trace;
    other["events"][0]["kind"] = "begin";
    CHECK_FALSE(fits(schema, schema, other));
  }
  for (const auto& [key, value] : schema["properties"].items()) known.insert(key);
  for (const auto& [key, value] : schema["$defs"]["event"]["properties"].items()) known.insert("event " + key);
  for (const std::string elsewhere : {"weaken", "copies"}) known.erase(elsewhere);  // see above
  CHECK(written == known);
  CHECK(schema["properties"]["schema"]["const"] == kTraceSchema);
}

}  // namespace commitlab
