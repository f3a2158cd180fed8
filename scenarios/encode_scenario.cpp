// The mirror image of decode.cpp; a test holds the two together.
#include "scenarios/encode_scenario.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "checker/rational.hpp"
#include "scenarios/decode.hpp"
#include "scenarios/decode_value.hpp"
#include "scenarios/weakening_words.hpp"
#include "sim/names.hpp"

namespace commitlab {

using nlohmann::ordered_json;

static ordered_json json_of(const std::vector<Participant>& participants);
static ordered_json json_of(const Faults& faults, const Scenario& scenario);
static ordered_json json_of(const SharedHost& host, const Scenario& scenario);
static ordered_json json_of(const Chances& chances, const Scenario& scenario);
static ordered_json json_of(const Delays& delays, std::string_view unit, Nanoseconds length);
static ordered_json json_of(const ScriptedFault& fault, const Scenario& scenario, Nanoseconds length);
static ordered_json json_of(const Lesson& lesson);
static ordered_json json_of(const Probability& probability);
static ordered_json json_of(const Rational& exact);

// A unit of time, and its length.
struct Unit {
  std::string_view name;
  Nanoseconds length;
};
static Unit longest_unit(const Scenario& scenario);

static std::string_view name_of_node(const Scenario& scenario, NodeId node) {
  return node == kCoordinator ? kCoordinatorName : std::string_view(scenario.participants[index(node) - 1].name);
}

static ordered_json names_of(NodeSet nodes, const Scenario& scenario) {
  ordered_json names = ordered_json::array();
  nodes.each([&](NodeId node) { names.push_back(name_of_node(scenario, node)); });
  return names;
}

// Members that say nothing are left out.
static void add(ordered_json& object, std::string_view key, ordered_json part) {
  if (!part.empty()) object[std::string(key)] = std::move(part);
}

template <class T>
static void add_unless_default(ordered_json& object, std::string_view key, const T& value, const T& usual) {
  if (value == usual) return;
  if constexpr (std::is_enum_v<T>) {
    object[std::string(key)] = name_of(value);
  } else if constexpr (std::is_same_v<T, Probability>) {
    object[std::string(key)] = json_of(value);
  } else {
    object[std::string(key)] = value;
  }
}

std::string encode_scenario(const Scenario& scenario) {
  const Scenario usual;
  const Unit unit = longest_unit(scenario);
  ordered_json json = {{"schema", kScenarioSchema}};
  add_unless_default(json, "title", scenario.title, usual.title);
  json["protocol"] = scenario.protocol;
  add_unless_default(json, "options", scenario.options, usual.options);
  if (scenario.weaken) json["weaken"] = words_of(*scenario.weaken);
  json["participants"] = json_of(scenario.participants);
  for (const SharedHost& host : scenario.shared_hosts) json["shared_hosts"].push_back(json_of(host, scenario));
  add_unless_default(json, "conserve", scenario.conserve, usual.conserve);
  add(json, "faults", json_of(scenario.faults, scenario));
  add(json, "chances", json_of(scenario.chances, scenario));
  add(json, "delays", json_of(scenario.delays, unit.name, unit.length));
  ordered_json script = ordered_json::array();
  for (const ScriptedFault& fault : scenario.script) script.push_back(json_of(fault, scenario, unit.length));
  add(json, "script", std::move(script));
  for (const Property property : scenario.check) json["check"].push_back(name_of(property));
  add_unless_default(json, "agreement", scenario.agreement, usual.agreement);
  for (const auto& [property, status] : scenario.expect) json["expect"][std::string(name_of(property))] = name_of(status);
  if (scenario.expect_worlds) json["expect"]["worlds"] = *scenario.expect_worlds;
  add_unless_default(json, "transactions", scenario.transactions, usual.transactions);
  add_unless_default(json, "seed", scenario.seed, usual.seed);
  if (scenario.lesson) json["lesson"] = json_of(*scenario.lesson);
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

// Only their number, if their names are the usual ones and nothing else is said of them.
static ordered_json json_of(const std::vector<Participant>& participants) {
  bool plain = true;
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < participants.size(); ++i) {
    const Participant& participant = participants[i];
    ordered_json item = {{"name", participant.name}};
    if (participant.success) item["success"] = json_of(*participant.success);
    if (participant.vote) item["vote"] = name_of(*participant.vote);
    if (!participant.holds.empty()) item["holds"] = participant.holds;
    if (!participant.does.empty()) item["does"] = participant.does;
    plain = plain && item.size() == 1 && participant.name == "p" + std::to_string(i + 1);
    list.push_back(std::move(item));
  }
  return plain ? ordered_json(participants.size()) : list;
}

static ordered_json json_of(const Faults& faults, const Scenario& scenario) {
  const Faults usual;
  ordered_json json = ordered_json::object();
  add_unless_default(json, "crashes", faults.left.crashes, usual.left.crashes);
  add_unless_default(json, "disk_losses", faults.left.disk_losses, usual.left.disk_losses);
  add_unless_default(json, "losses", faults.left.losses, usual.left.losses);
  add_unless_default(json, "duplicates", faults.left.duplicates, usual.left.duplicates);
  add_unless_default(json, "reorders", faults.left.reorders, usual.left.reorders);
  add_unless_default(json, "partitions", faults.left.partitions, usual.left.partitions);
  add_unless_default(json, "suspicions", faults.left.suspicions, usual.left.suspicions);
  add_unless_default(json, "recovery", faults.recovery == Recovery::any_time, false);
  add_unless_default(json, "timing", faults.timing, usual.timing);
  add_unless_default(json, "channels", faults.channels, usual.channels);
  add_unless_default(json, "crash_points", faults.crash_points, usual.crash_points);
  if (!faults.crash_only.empty()) json["crash_only"] = names_of(faults.crash_only, scenario);
  add_unless_default(json, "held_partitions", faults.severed == Severed::held, false);
  add_unless_default(json, "transaction_order", faults.transaction_order, usual.transaction_order);
  add_unless_default(json, "messages", faults.messages, usual.messages);
  return json;
}

static ordered_json json_of(const SharedHost& host, const Scenario& scenario) {
  return {{"participants", names_of(host.participants, scenario)}, {"fails", json_of(host.fails)}};
}

// Those who never crash are left out, but for one if there is nobody else.
static ordered_json crash_by_node(const Chances& chances, const Scenario& scenario) {
  ordered_json json = ordered_json::object();
  for (std::size_t i = 0; i <= scenario.participants.size(); ++i) {
    const NodeId node = node_id(i);
    if (chances.may_crash(node)) json[std::string(name_of_node(scenario, node))] = json_of(chances.crash_of(node));
  }
  if (json.empty()) json[std::string(kCoordinatorName)] = 0;
  return json;
}

static ordered_json json_of(const Chances& chances, const Scenario& scenario) {
  const Chances usual;
  ordered_json json = ordered_json::object();
  add_unless_default(json, "loss", chances.loss, usual.loss);
  add_unless_default(json, "duplicate", chances.duplicate, usual.duplicate);
  add_unless_default(json, "reorder", chances.reorder, usual.reorder);
  if (chances.crash_by_node.empty()) add_unless_default(json, "crash", chances.crash, usual.crash);
  else json["crash"] = crash_by_node(chances, scenario);
  add_unless_default(json, "disk_loss", chances.disk_loss, usual.disk_loss);
  add_unless_default(json, "recovery", chances.recovery, usual.recovery);
  return json;
}

static ordered_json json_of(const Delay& delay, Nanoseconds length) {
  switch (delay.kind) {
    case Delay::Kind::constant: return delay.time / length;
    case Delay::Kind::uniform: return {{"uniform", {delay.time / length, delay.high / length}}};
    case Delay::Kind::exponential: return {{"exponential", delay.time / length}};
    case Delay::Kind::lognormal:
      return {{"lognormal", {{"median", delay.time / length}, {"sigma", json_of(Rational(delay.sigma_milli) / Rational(1000))}}}};
  }
  return nullptr;
}

static ordered_json json_of(const Delays& delays, std::string_view unit, Nanoseconds length) {
  const Delays usual;
  ordered_json json = ordered_json::object();
  const auto add_delay = [&](const char* key, const Delay& delay, const Delay& usual_delay) {
    if (delay != usual_delay) json[key] = json_of(delay, length);
  };
  const auto add_time = [&](const char* key, Nanoseconds time, Nanoseconds usual_time) {
    if (time != usual_time) json[key] = time / length;
  };
  if (unit != "ms") json["unit"] = unit;
  add_delay("message", delays.message, usual.message);
  add_delay("force", delays.force, usual.force);
  add_delay("recovery", delays.recovery, usual.recovery);
  add_time("timeout", delays.timeout, usual.timeout);
  add_time("every", delays.every, usual.every);
  add_time("horizon", delays.horizon, usual.horizon);
  return json;
}

static ordered_json json_of(const ScriptedFault& fault, const Scenario& scenario, Nanoseconds length) {
  using What = ScriptedFault::Do;
  ordered_json json = ordered_json::object();
  const bool timed = fault.at >= 0;
  if (timed) json["at"] = fault.at / length;
  if (!timed) json["when"] = {{"node", name_of_node(scenario, fault.node)}, {"has", fault.words}};
  json["do"] = name_of(fault.what);
  const bool of_one_node = fault.what == What::crash || fault.what == What::recover;
  const bool of_its_own = fault.what == What::crash && !timed && fault.whom == fault.node;
  if (of_one_node && !of_its_own) json["node"] = name_of_node(scenario, fault.whom);
  if (fault.what == What::partition) {
    const NodeSet all = NodeSet::first(scenario.participants.size() + 1);
    json["groups"] = ordered_json::array({names_of(fault.side, scenario), names_of(all - fault.side, scenario)});
  }
  return json;
}

static ordered_json json_of(const Lesson& lesson) {
  ordered_json json = {{"about", lesson.about}};
  add(json, "votes", lesson.votes);
  json["play"] = lesson.play;
  for (const Lesson::Question& question : lesson.questions) {
    ordered_json item = {{"after", question.after}, {"ask", question.ask}, {"choices", question.choices}, {"answer", question.answer}, {"because", question.because}};
    add(item, "shows", question.shows);
    json["questions"].push_back(std::move(item));
  }
  return json;
}

static ordered_json json_of(const Probability& probability) {
  return json_of(Rational(Rational::Whole(probability.numerator), Rational::Whole(probability.denominator)));
}

// A decimal, if that is the exact number, otherwise a fraction in quotes.
static ordered_json json_of(const Rational& exact) {
  ordered_json decimal = to_double(exact);
  if (rational_from(decimal.dump()) == exact) return decimal;
  return exact.numerator().str() + "/" + exact.denominator().str();
}

static Unit longest_unit(const Scenario& scenario) {
  const Delays& delays = scenario.delays;
  std::vector<Nanoseconds> times = {delays.timeout, delays.every, delays.horizon};
  for (const Delay& delay : {delays.message, delays.force, delays.recovery}) {
    times.push_back(delay.time);
    times.push_back(delay.high);
  }
  for (const ScriptedFault& fault : scenario.script) times.push_back(std::max<Nanoseconds>(0, fault.at));
  for (const Unit& unit : {Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000}, Unit{"us", 1'000}}) {
    if (std::all_of(times.begin(), times.end(), [&](Nanoseconds time) { return time % unit.length == 0; })) return unit;
  }
  return {"ns", 1};
}

}  // namespace commitlab
