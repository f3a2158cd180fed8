// Pictures of runs: nothing stands on anything else, nothing is missing, and a few are kept to the last byte.
#include "reports/picture.hpp"

#include <algorithm>
#include <clocale>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "protocols/all.hpp"
#include "reports/golden_for_tests.hpp"
#include "reports/picture_glyphs.hpp"
#include "reports/picture_kit.hpp"
#include "reports/picture_lanes.hpp"
#include "reports/picture_layout.hpp"
#include "reports/xml_for_tests.hpp"
#include "scenarios/catalogue.hpp"
#include "scenarios/decode.hpp"
#include "scenarios/question.hpp"
#include "scenarios/shipped.hpp"
#include "sim/record.hpp"

namespace commitlab {
namespace {

using Fate = SpaceTime::Fate;

Scenario shipped(const std::string& name) {
  std::ifstream in(shipped_scenario_path(name).value());
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::vector<ProtocolFacts> facts;
  for (const Entry& entry : catalogue()) facts.push_back({.name = entry.name, .specification = entry.specification, .records = entry.studies.records, .messages = entry.studies.messages});
  return decode_scenario(text, name + ".json", facts).scenario.value();
}

Trace run_of(const Scenario& scenario, std::uint64_t seed) { return find(catalogue(), scenario.protocol)->run.get([] { FAIL("a specification"); })(scenario, seed).trace; }

Trace witness_of(const Scenario& scenario, Property property) {
  const Verdict verdict = find(catalogue(), scenario.protocol)->check(question_of(scenario, {}).value());
  for (const Finding& finding : verdict.findings)
    if (finding.property == property) return finding.witness.value();
  throw std::logic_error("not asked");
}

Trace textbook() {
  Scenario asked{.protocol = "3pc-textbook", .participants = {{.name = "p1"}, {.name = "p2"}}};
  asked.faults.left.crashes = 1;
  asked.faults.timing = Timing::synchronous;
  return witness_of(asked, Property::AC1);
}

/// A walk in the step relation, under faults of every kind.
Trace walk(std::uint64_t seed, int steps) {
  const auto& p = std::get<0>(kProtocols);
  const std::uint8_t some = seed % 7 == 4 ? 0 : 2;
  const Faults faults{.left = {.crashes = 2, .disk_losses = 1, .losses = some, .duplicates = some, .partitions = 2, .suspicions = std::uint8_t(seed % 2 == 1 && some > 0 ? 2 : 0)},
                      .recovery = seed % 3 == 0 ? Recovery::never : Recovery::any_time, .timing = seed % 2 == 1 && some > 0 ? Timing::synchronous : Timing::asynchronous,
                      .channels = some == 0 ? Channels::sticky : Channels::bag, .severed = seed % 5 == 0 ? Severed::held : Severed::lost, .copies = seed % 4 == 1};
  const std::vector<NodeSet> votes(seed % 6 == 5 ? 5 : seed % 4 == 2 ? 2 : 1, NodeSet::from_bits(seed | 1));
  World w = initial<std::remove_cvref_t<decltype(p)>>(3, std::span(votes), faults);
  Trace trace = trace_of(p, w, {"coordinator", "alice", "bob"});
  Rng rng(seed);
  for (int i = 0; i < steps; ++i) {
    std::vector<Step> choices;
    each_choice(p, w, [&](const Step& step, const auto&) { choices.push_back(step); });
    if (choices.empty()) break;
    narrate(p, w, choices[rng.below(choices.size())], trace);
  }
  finish(p, w, trace);
  return trace;
}

/// "1.0,2.0 3.0,4.0"; throws for anything else, such as "nan".
std::vector<double> numbers_in(const std::string& text) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find_first_of(" ,", at), text.size());
    std::size_t read = 0;
    const std::string word = text.substr(at, end - at);
    numbers.push_back(std::stod(word, &read));
    if (read != word.size() || word.find_first_not_of("-0123456789.") != word.npos) throw std::runtime_error("not a coordinate: " + word);
    at = end + 1;
  }
  return numbers;
}

void check_places(const XmlElement& root, double width, double height) {
  std::size_t outside = 0;
  const auto within = [&](const XmlElement& element, std::string_view name, double most) {
    for (const double value : numbers_in(element.attribute(std::string(name)))) outside += value < 0 || value > most;
  };
  root.each([&](const XmlElement& element, const XmlElement& parent) {
    if (parent.name == "pattern") return;
    for (const auto* name : {"x", "x1", "x2", "cx"}) within(element, name, width);
    for (const auto* name : {"y", "y1", "y2", "cy"}) within(element, name, height);
    const auto corners = numbers_in(element.attribute("points"));
    for (std::size_t i = 0; i < corners.size(); ++i) outside += corners[i] < 0 || corners[i] > (i % 2 == 0 ? width : height);
    if (element.name != "rect") return;
    outside += numbers_in(element.attribute("width")).at(0) < 0 || numbers_in(element.attribute("height")).at(0) < 0;
    outside += element.attribute("x") != "" && numbers_in(element.attribute("x")).at(0) + numbers_in(element.attribute("width")).at(0) > width + 0.1;
    outside += element.attribute("y") != "" && numbers_in(element.attribute("y")).at(0) + numbers_in(element.attribute("height")).at(0) > height + 0.1;
  });
  CHECK(outside == 0);
}

/// No script, no style, nothing from elsewhere.
void check_closed(const XmlElement& root) {
  static const std::set<std::string> kElements{"svg", "title", "desc", "defs", "pattern", "rect", "line", "circle", "polygon", "polyline", "text", "g"};
  root.each([&](const XmlElement& element, const XmlElement&) {
    if (!kElements.contains(element.name)) FAIL_CHECK("an element " << element.name);
    for (const auto& [name, value] : element.attributes) {
      if (name == "style" || name.starts_with("on") || name.find("href") != name.npos) FAIL_CHECK("an attribute " << name);
      if (value.find("url(") != value.npos && !value.starts_with("url(#")) FAIL_CHECK("a value " << value);
    }
  });
}

void check_labels(const picture::Layout& layout) {
  const auto labels = picture::labels_of(layout);
  std::size_t over = 0, outside = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto& box = labels[i].box;
    outside += box.left < 0 || box.top < 0 || box.right > layout.width || box.bottom > layout.height;
    for (std::size_t k = i + 1; k < labels.size(); ++k) {
      if (!box.meets(labels[k].box)) continue;
      if (++over == 1) UNSCOPED_INFO(labels[i].text << " at " << box.left << "," << box.top << " and " << labels[k].text << " at " << labels[k].box.left << "," << labels[k].box.top);
    }
  }
  for (const auto& mark : layout.marks)  // words stand between lanes
    for (const auto& label : mark.labels)
      for (const auto& lane : layout.lanes) over += label.box.left < lane.x + picture::kHalf && label.box.right > lane.x - picture::kHalf;
  CHECK(over == 0);
  CHECK(outside == 0);
}

void check_steps(const XmlElement& root, const Trace& trace, const SpaceTime& run) {
  std::vector<std::size_t> drawn(trace.lines.size(), 0);  // messages of each step
  std::size_t step = 0, lanes = 0;
  for (const XmlElement& group : root.children) {
    lanes += group.attribute("class") == "lane";
    if (group.attribute("class") != "step") continue;
    REQUIRE(group.attribute("data-step") == std::to_string(step + 1));
    REQUIRE(group.children.front().name == "title");
    std::vector<const XmlElement*> arrows;
    for (const XmlElement& child : group.children)
      if (child.attribute("class") == "message") arrows.push_back(&child);
    std::size_t next = 0;
    for (const auto& message : run.messages) {
      if (message.sent.line != step) continue;
      REQUIRE(next < arrows.size());
      CHECK(arrows[next]->attribute("data-from") == std::to_string(message.from));
      CHECK(arrows[next]->attribute("data-to") == std::to_string(message.to));
      if (message.fate == Fate::delivered || message.fate == Fate::missed || message.fate == Fate::lost) CHECK(arrows[next]->attribute("data-arrives") == std::to_string(message.ended.line + 1));
      if (message.fate == Fate::under_way) CHECK(arrows[next]->attribute("data-arrives").empty());
      ++next;
    }
    CHECK(next == arrows.size());
    ++step;
  }
  CHECK(step == trace.lines.size());
  CHECK(lanes >= trace.names.size());
}

/// Time runs down: no effect stands above its line, no arrival above its sending, and nothing above what was earlier.
void check_order(const SpaceTime& run, const picture::Layout& layout, Scale scale) {
  std::size_t upwards = 0;
  for (const auto& message : run.messages) upwards += layout.y_of(message.ended) < layout.y_of(message.sent);
  for (std::size_t i = 0; i + 1 < layout.first.size(); ++i) {
    for (std::size_t m = layout.first[i] + 1; m < layout.first[i + 1]; ++m) upwards += layout.marks[m].at.y < layout.marks[m - 1].at.y;
    if (i > 0 && scale == Scale::steps) upwards += layout.marks[layout.first[i]].at.y < layout.marks[layout.first[i - 1]].at.y;
  }
  if (scale == Scale::virtual_time)
    for (const auto& a : layout.marks)
      for (const auto& b : layout.marks) upwards += a.at_ns < b.at_ns && a.at.y > b.at.y;
  CHECK(upwards == 0);
}

void check_picture(const Trace& trace, Scale scale) {
  const PictureOptions options{.scale = scale, .title = "A run that is <told> & drawn"};
  const SpaceTime run = space_time(trace);
  const auto layout = picture::layout_of(trace, run, options);
  check_labels(layout);
  check_order(run, layout, scale);
  const std::string svg = picture_svg(trace, run, options);
  const XmlElement root = XmlReader(svg).read();
  check_places(root, layout.width, layout.height);
  check_closed(root);
  check_steps(root, trace, run);
}

}  // namespace

TEST_CASE("in pictures of shipped scenarios no words overlap, nothing is missing and nothing lies outside") {
  std::size_t lines = 0, longest = 0;
  for (const auto& name : shipped_scenarios()) {
    Scenario scenario = shipped(name);
    if (!find(catalogue(), scenario.protocol)->run.there()) continue;
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
      INFO(name << ", seed " << seed);
      if (seed >= 20) scenario.chances = {.loss = {1, 10}, .duplicate = {1, 20}, .crash = {1, 20}}, scenario.faults.recovery = Recovery::any_time;
      const Trace trace = run_of(scenario, seed);
      lines += trace.lines.size(), longest = std::max(longest, trace.lines.size());
      check_picture(trace, seed % 2 == 0 ? Scale::virtual_time : Scale::steps);
    }
  }
  CHECK(lines > 30000);
  CHECK(longest > 80);
}

TEST_CASE("the same in pictures of walks under faults of every kind, with up to five transactions") {
  std::set<Fate> fates;
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    INFO("seed " << seed);
    const Trace trace = walk(seed, 60);
    for (const auto& message : space_time(trace).messages) fates.insert(message.fate);
    check_picture(trace, Scale::steps);
  }
  CHECK(fates.size() == 7);
}

TEST_CASE("eight nodes and two hundred lines are a picture") {
  Scenario scenario{.protocol = "2pc"};
  for (int i = 1; i < 8; ++i) scenario.participants.push_back({.name = "participant-" + std::to_string(i)});
  scenario.chances = {.loss = {1, 5}, .duplicate = {1, 6}, .crash = {1, 16}};
  scenario.faults.recovery = Recovery::any_time;
  std::size_t longest = 0;
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    INFO("seed " << seed);
    const Trace trace = run_of(scenario, seed);
    longest = std::max(longest, trace.lines.size());
    check_picture(trace, Scale::virtual_time);
    check_picture(trace, Scale::steps);
  }
  CHECK(longest > 130);
}

TEST_CASE("a picture is the same whatever the locale, and again") {
  const Trace trace = run_of(shipped("bank-transfer"), 7);
  const SpaceTime run = space_time(trace);
  const std::string svg = picture_svg(trace, run, {.scale = Scale::virtual_time});
  for (const char* name : {"de_DE.UTF-8", "C.UTF-8", "fr_FR.UTF-8"}) {
    std::setlocale(LC_ALL, name);
    CHECK(picture_svg(trace, run, {.scale = Scale::virtual_time}) == svg);
  }
  std::setlocale(LC_ALL, "C");
}

TEST_CASE("the colour of doubt is of nothing else") {
  const auto loud = [](const Trace& trace) {
    std::size_t count = 0;
    XmlReader(picture_svg(trace, space_time(trace), {})).read().each([&](const XmlElement& element, const XmlElement& parent) {
      if (element.attribute("fill") != picture::kDoubt && element.attribute("stroke") != picture::kDoubt) return;
      ++count;
      const bool in_doubt = parent.attribute("class") == "legend" || parent.children.front().text.find("in doubt") != std::string::npos;
      CHECK(in_doubt);
    });
    return count;
  };
  CHECK(loud(textbook()) > 4);
  Trace calm = textbook();
  for (auto& line : calm.lines) line.after.in_doubt = false;
  CHECK(loud(calm) == 0);
}

TEST_CASE("hostile names and titles are text, and ids are harmless") {
  Trace trace = textbook();
  trace.names = {"<script>alert(1)</script>", "\"onload=\"x", "\u202eb\x01" "ob' & co"};
  const std::string svg = picture_svg(trace, space_time(trace), {.title = "</title><style>*{}</style>", .standalone = false, .id = "a\"><b url(x)"});
  CHECK_FALSE(svg.starts_with("<?xml"));
  const XmlElement root = XmlReader(svg).read();
  check_closed(root);
  CHECK(svg.find("<script") == svg.npos);
  CHECK(svg.find("\u202e") == svg.npos);
  CHECK(root.children.front().text == "&lt;/title&gt;&lt;style&gt;*{}&lt;/style&gt;");
  CHECK(root.children.front().attribute("id") == "a---b-url-x--title");
  CHECK(root.attribute("aria-labelledby") == "a---b-url-x--title a---b-url-x--desc");
  CHECK(root.attribute("role") == "img");
}

TEST_CASE("a run in which nothing happens is a picture, too") {
  Trace trace = textbook();
  trace.lines.clear();
  check_picture(trace, Scale::steps);
  check_picture(trace, Scale::virtual_time);
}

TEST_CASE("transactions stand side by side if there are few and they overlap, and else the latest is shown") {
  Trace serial = walk(2, 60);
  REQUIRE(serial.transactions == 2);
  CHECK(picture::lanes_of(serial).size() == 6);
  for (auto& line : serial.lines) line.transaction = 0;
  CHECK(picture::lanes_of(serial).size() == 3);
  const Trace many = walk(5, 60);
  REQUIRE(many.transactions == 5);
  CHECK(picture::lanes_of(many).size() == 3);
}

TEST_CASE("a page that draws runs itself is given every glyph, arrow and state that a picture can have") {
  const std::string kit = picture::picture_kit();
  const auto given = [&](std::string_view name, std::string svg) {
    for (std::size_t at = 0; (at = svg.find('"', at)) != svg.npos; at += 2) svg.insert(at, 1, '\\');
    INFO(name << ": " << svg);
    CHECK(kit.find("\"" + std::string(name) + "\":\"" + svg + "\"") != kit.npos);
  };
  for (std::size_t i = 0; i < count_of<picture::Glyph>(); ++i) given(name_of(picture::Glyph(i)), picture::drawn_glyph(picture::Glyph(i), {}));
  for (std::size_t i = 0; i < count_of<Event>(); ++i) given(name_of(Event(i)), std::string(name_of(picture::glyph_of(Event(i)))));
  for (const Fate fate : {Fate::delivered, Fate::missed, Fate::lost, Fate::severed, Fate::stranded, Fate::merged}) given(name_of(fate), picture::drawn_arrow({.begin = {-100, 0}}, {.fate = fate}));
  given("under-way", picture::drawn_arrow({.begin = {-100, 0}}, {.fate = Fate::under_way}));
  CHECK(picture::known_states().size() == 9);
  for (const auto& state : picture::known_states()) CHECK(kit.find("[\"" + state + "\",\"<rect ") != kit.npos);
}

TEST_CASE("pictures that are kept") {
  const auto drawn = [](const Trace& trace, Scale scale, const std::string& title) { return picture_svg(trace, space_time(trace), {.scale = scale, .title = title}); };
  CHECK(matches_golden("textbook-3pc.svg", drawn(textbook(), Scale::steps, "3PC as slides show it: one crash, two decisions")));
  const Scenario partition = shipped("partition-under-3pc");
  CHECK(matches_golden("partition-under-3pc.svg", drawn(witness_of(partition, Property::AC1), Scale::steps, partition.title)));
  const Scenario bank = shipped("bank-transfer"), alice = shipped("alice-stops");
  CHECK(matches_golden("bank-transfer.svg", drawn(run_of(bank, 0), Scale::virtual_time, bank.title)));
  CHECK(matches_golden("alice-stops.svg", drawn(run_of(alice, 0), Scale::virtual_time, alice.title)));
}

}  // namespace commitlab
