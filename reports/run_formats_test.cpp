// The formats of a run, each read by a reader of its own: every message is in it once, whatever fails, and no name breaks it.
#include "reports/run_formats.hpp"

#include <algorithm>
#include <set>

#include "reports/formats_for_tests.hpp"
#include "reports/golden_for_tests.hpp"
#include "reports/run_words.hpp"
#include "scenarios/catalogue.hpp"
#include "sim/names.hpp"

namespace commitlab {
namespace {

using nlohmann::json;

Scenario scenario_of(std::string_view protocol) {
  Scenario scenario{.protocol = std::string(protocol), .participants = {{.name = "alice"}, {.name = "bob"}, {.name = "carol", .success = Probability{3, 4}}}};
  scenario.delays.force = Delay::constant(2'000'000);
  return scenario;
}

/// Everything that can go wrong, in one transaction or in several.
std::vector<Scenario> scenarios() {
  std::vector<Scenario> all;
  for (const std::string_view protocol : {"2pc", "2pc-ctp", "3pc"}) {
    Scenario scenario = scenario_of(protocol);
    scenario.chances = {.loss = {1, 10}, .duplicate = {1, 10}, .crash = {1, 20}};
    scenario.faults.recovery = protocol == "3pc" ? Recovery::never : Recovery::any_time;
    all.push_back(scenario);
  }
  Scenario split = scenario_of("2pc");
  split.script = {{.at = 4'000'000, .what = ScriptedFault::Do::partition, .side = NodeSet::from_bits(0b1100)}, {.at = 90'000'000, .what = ScriptedFault::Do::heal}};
  all.push_back(split);
  Scenario several = scenario_of("3pc");
  several.transactions = 3;
  several.chances = {.loss = {1, 20}, .duplicate = {1, 20}};
  all.push_back(several);
  return all;
}

TracedRun traced(Trace trace, bool timed = true) {
  TracedRun run{.trace = std::move(trace), .parts = {}, .title = "a run", .timed = timed};
  run.parts = space_time(run.trace);
  return run;
}

void each_run(std::uint64_t seeds, auto&& visit) {
  for (const Scenario& scenario : scenarios())
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      INFO(scenario.protocol << ", seed " << seed);
      TracedRun run = traced(find(catalogue(), scenario.protocol)->run.get([] { FAIL("a specification"); })(scenario, seed).trace, seed % 4 != 3);
      visit(run);
    }
}

std::size_t originals(const TracedRun& run) {
  return static_cast<std::size_t>(std::count_if(run.parts.messages.begin(), run.parts.messages.end(), [](const auto& message) { return !message.copy_of; }));
}

std::size_t with_fate(const TracedRun& run, SpaceTime::Fate fate) {
  return static_cast<std::size_t>(std::count_if(run.parts.messages.begin(), run.parts.messages.end(), [&](const auto& message) { return message.fate == fate; }));
}

}  // namespace

TEST_CASE("the runs of these tests have every fate of a message but that of an equal one") {
  std::set<SpaceTime::Fate> fates;
  std::size_t copies = 0;
  each_run(200, [&](const TracedRun& run) {
    for (const auto& message : run.parts.messages) fates.insert(message.fate), copies += message.copy_of ? 1u : 0u;
  });
  for (const auto fate : {SpaceTime::Fate::delivered, SpaceTime::Fate::missed, SpaceTime::Fate::lost, SpaceTime::Fate::severed, SpaceTime::Fate::stranded, SpaceTime::Fate::under_way}) {
    INFO(name_of(fate));
    if (fate != SpaceTime::Fate::under_way) CHECK(fates.contains(fate));
  }
  CHECK(copies > 100);
}

TEST_CASE("ShiViz: the clocks are vector clocks, and every message is sent once") {
  each_run(200, [](const TracedRun& run) {
    const auto events = read_shiviz(shiviz_text(run));
    check_clocks(events);
    std::size_t sent = 0, received = 0;
    for (const auto& event : events) sent += event.words.starts_with("send ") ? 1u : 0u, received += event.words.starts_with("deliver ") ? 1u : 0u;
    CHECK(sent == originals(run));
    CHECK(received == with_fate(run, SpaceTime::Fate::delivered));
  });
}

TEST_CASE("Mermaid and PlantUML: every message is one arrow, where it arrives or vanishes") {
  std::size_t cut = 0;
  each_run(200, [&](const TracedRun& run) {
    std::size_t arrows = 0, arriving = 0;
    const std::string mermaid = mermaid_text(run);
    for (const auto& line : lines_of(mermaid)) {
      const auto dash = line.find('-');
      const bool is_arrow = line.starts_with("    n") && dash < line.find(' ', 4);
      arrows += is_arrow ? 1u : 0u, arriving += is_arrow && line.find(">>") < line.find(':') ? 1u : 0u;
    }
    if (mermaid.find("cut here") != mermaid.npos) ++cut;
    else CHECK((arrows == run.parts.messages.size() && arriving == with_fate(run, SpaceTime::Fate::delivered)));
    CHECK(matches_in(plantuml_text(run), "\nn[0-9]+ --?(>|>>|>x) n[0-9]+ : ") == run.parts.messages.size());
  });
  CHECK(cut == 0);
}

TEST_CASE("DOT: every message is one edge with its name") {
  each_run(200, [](const TracedRun& run) {
    const std::string dot = dot_text(run);
    CHECK(matches_in(dot, "\n  e[0-9]+ -> [ex][0-9]+ \\[color=\"#(1f5fa8|b00020)\"") == run.parts.messages.size());
  });
}

TEST_CASE("Chrome: slices nest, and every message is an arrow or an instant") {
  each_run(200, [](const TracedRun& run) {
    const json document = json::parse(chrome_text(run));
    check_chrome(document);
    std::size_t arrows = 0, instants = 0;
    for (const auto& event : document["traceEvents"]) {
      if (event.value("cat", "") != "message") continue;
      arrows += event["ph"] == "s" ? 1u : 0u, instants += event["ph"] == "i" ? 1u : 0u;
    }
    CHECK(arrows == with_fate(run, SpaceTime::Fate::delivered));
    CHECK(arrows + instants == run.parts.messages.size());
  });
}

TEST_CASE("ITF: every state has every variable, and the net is what is under way") {
  each_run(40, [](const TracedRun& run) {
    const json document = json::parse(itf_text(run));
    CHECK(document["#meta"]["format"] == "ITF");
    REQUIRE(document["states"].size() == run.trace.lines.size() + 1);
    for (std::size_t i = 0; i < document["states"].size(); ++i) {
      json state = document["states"][i];
      CHECK(state["#meta"]["index"] == i);
      state.erase("#meta");
      std::set<std::string> variables;
      for (const auto& [name, value] : state.items()) {
        variables.insert(name);
        CHECK(is_itf_value(value));
      }
      CHECK(variables == document["vars"].get<std::set<std::string>>());
      std::size_t under_way = 0;
      for (const auto& pair : state["net"]["#map"]) under_way += std::stoul(pair[1]["#bigint"].get<std::string>());
      const auto in_flight = [&](const auto& message) { return i > 0 && message.sent.line <= i - 1 && i - 1 < message.gone; };
      CHECK(under_way == static_cast<std::size_t>(std::count_if(run.parts.messages.begin(), run.parts.messages.end(), in_flight)));
    }
    const json& last = document["states"].back();
    for (std::size_t place = 0; run.trace.transactions == 1 && place < run.trace.end.size(); ++place) {
      const NodeView& view = run.trace.end[place];
      CHECK(last["up"]["#map"][place][1] == view.up);
      CHECK(last["log"]["#map"][place][1].size() == view.log.size());
      if (view.up) CHECK(last["decided"]["#map"][place][1] == view.decided);
    }
  });
}

TEST_CASE("rows: CSV and NDJSON have the same ones, each sending once, each arrival with its message") {
  each_run(200, [](const TracedRun& run) {
    const auto table = read_csv(csv_text(run));
    const auto rows = lines_of(ndjson_text(run));
    REQUIRE(table.size() == rows.size() + 1);
    std::map<std::size_t, int> sent, arrived;
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto row = nlohmann::ordered_json::parse(rows[i]);
      REQUIRE(table[i + 1].size() == table[0].size());
      std::size_t column = 0;
      for (const auto& [name, value] : row.items()) {
        CHECK(table[0][column] == name);
        const std::string& field = table[i + 1][column++];
        if (value.is_null()) CHECK(field.empty());
        if (value.is_number()) CHECK(field == value.dump());
      }
      if (row["message"].is_null()) continue;
      const std::size_t number = row["message"].get<std::size_t>();
      REQUIRE((number >= 1 && number <= run.parts.messages.size()));
      ++(row["what"] == "send" ? sent : arrived)[number];
      if (row["what"] == "send") CHECK(row["fate"] == name_of(run.parts.messages[number - 1].fate));
      else CHECK(row["step"] == run.parts.messages[number - 1].ended.line + 1);
    }
    CHECK(sent.size() == originals(run));
    for (const auto& [number, count] : sent) CHECK(count == 1);
    for (const auto& [number, count] : arrived) CHECK(count == 1);
    using Fate = SpaceTime::Fate;
    CHECK(arrived.size() == with_fate(run, Fate::delivered) + with_fate(run, Fate::missed) + with_fate(run, Fate::lost));
  });
}

namespace {

/// A run of 600 lines, the node after the other.
TracedRun long_run() {
  Trace trace{.protocol = "2pc", .names = {"coordinator", "alice"}, .votes = {"yes"}, .begin = {{}, {}}};
  trace.faults.copies = true;
  for (int i = 0; i < 300; ++i) {
    trace.lines.push_back({.node = 0, .happened = "timeout", .effects = {"send prepare to 1"}, .event = Event::timeout, .parts = {{.what = Trace::Effect::What::send, .word = "prepare", .to = {1}}}});
    trace.lines.push_back({.node = 1, .happened = "deliver prepare from 0", .event = Event::deliver, .peer = 0, .word = "prepare"});
  }
  trace.end = {{}, {}};
  return traced(trace, false);
}

}  // namespace

TEST_CASE("what is too long for a page is cut, and says so") {
  const std::string mermaid = mermaid_text(long_run());
  CHECK(mermaid.ends_with("    Note over n0,n1: cut here, 200 of 600 arrows and notes are shown\n"));
  CHECK(lines_of(mermaid).size() == 1 + 1 + 2 + 200 + 1);
  CHECK(mermaid.size() < 50'000);
  const std::string dot = dot_text(long_run());
  CHECK(matches_in(dot, "\n  e[0-9]+ \\[pos=") == 250);
  CHECK(dot.find("left out: 350 more events,\\n175 more messages") != dot.npos);
}

namespace {

/// Names as no scenario allows them, in a run in which a message is lost and a node stops.
TracedRun hostile_run() {
  const std::string backwards = "\xe2\x80\xae" "evil\x1b]0;x\x07";
  Trace trace{.protocol = "2pc", .names = {"end", "a\"b;#%%\\n[[x]]", "</script><img src=x onerror=alert(1)>", "=HYPERLINK(\"x\")", backwards, "a -> b : {c} |d| $e %date() **f** ~g //h// --i--"}, .votes = {"yes yes yes yes yes"}};
  trace.begin.resize(trace.names.size());
  trace.lines = {{.node = 0, .happened = "start", .effects = {"send prepare to 1 2 3 4 5"}, .event = Event::start, .parts = {{.what = Trace::Effect::What::send, .word = "prepare", .to = {1, 2, 3, 4, 5}}}}};
  for (int node = 1; node < 5; ++node)
    trace.lines.push_back({.node = node, .happened = "deliver prepare from 0", .effects = {"force up({0,1,2,3,4,5})"}, .after = {.state = "up({0,1,2})", .log = {"up({0,1,2,3,4,5})"}},
                           .event = Event::deliver, .peer = 0, .word = "prepare", .parts = {{.what = Trace::Effect::What::force, .word = "up({0,1,2,3,4,5})"}}});
  trace.lines.push_back({.node = 5, .happened = "lose prepare from 0", .event = Event::lose, .peer = 0, .word = "prepare"});
  trace.lines.push_back({.node = 1, .happened = "crash losing 1 record", .after = {.up = false}, .event = Event::crash, .lost_records = 1});
  trace.end.resize(trace.names.size());
  TracedRun run = traced(trace, false);
  run.title = "\xe2\x80\xae</script>; end \"x\" # @enduml !include x";
  run.findings = {{.property = Property::AC1, .name = "AC1", .status = Status::violated, .why = "end; </script> aborted, \"b\" committed"}};
  return run;
}

}  // namespace

TEST_CASE("no name breaks a format, nor reaches a terminal as more than text") {
  const TracedRun run = hostile_run();
  for (const RunFormat format : {RunFormat::itf, RunFormat::shiviz, RunFormat::mermaid, RunFormat::dot, RunFormat::chrome, RunFormat::plantuml, RunFormat::ndjson, RunFormat::csv}) {
    INFO(name_of(format));
    const std::string text = text_in(format, run);
    CHECK(text.find("\xe2\x80\xae") == text.npos);
    CHECK(text.find('\x1b') == text.npos);
    CHECK(text.ends_with('\n'));
  }
  for (const auto& line : lines_of(mermaid_text(run))) {
    CAPTURE(line);
    CHECK(line.find('<') == line.npos);
    CHECK(matches_in(line, "\\bend\\b") == 0);
    CHECK(matches_in(line, "#[0-9]+;") == static_cast<std::size_t>(std::count(line.begin(), line.end(), ';')));
    CHECK(matches_in(line, "#[0-9]+;") == static_cast<std::size_t>(std::count(line.begin(), line.end(), '#')));
  }
  check_clocks(read_shiviz(shiviz_text(run)));
  check_chrome(json::parse(chrome_text(run)));
  CHECK(json::parse(itf_text(run))["#meta"]["status"] == "violation");
  const auto table = read_csv(csv_text(run));
  const auto node = static_cast<std::size_t>(std::find(table[0].begin(), table[0].end(), "node") - table[0].begin());
  std::set<std::string> nodes;
  for (const auto& row : table) nodes.insert(row[node]);
  CHECK(nodes.contains("a\"b;#%%\\n[[x]]"));
  CHECK(nodes.contains("'=HYPERLINK(\"x\")"));
  CHECK(matches_golden("hostile.mmd", mermaid_text(run)));
  CHECK(matches_golden("hostile.puml", plantuml_text(run)));
  CHECK(matches_golden("hostile.dot", dot_text(run)));
}

TEST_CASE("what becomes of a message has words") {
  const TracedRun run = hostile_run();
  CHECK(fate_words(run.trace, run.parts.messages.back()) == "lost");
  SpaceTime::Message message{.word = "prepare", .from = 0, .to = 3};
  message.fate = SpaceTime::Fate::missed;
  CHECK(fate_words(run.trace, message) == "=HYPERLINK(\"x\") is down");
  message.fate = SpaceTime::Fate::merged;
  CHECK(fate_words(run.trace, message) == "an equal one is under way");
}

}  // namespace commitlab
