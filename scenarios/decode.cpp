// The keys of a scenario in the order in which they are read: names before their users, the unit before times.
#include "scenarios/decode.hpp"

#include <algorithm>
#include <charconv>

#include "scenarios/decode_parts.hpp"
#include "scenarios/spelling.hpp"
#include "scenarios/weakening_words.hpp"

namespace commitlab {

using Kind = JsonValue::Kind;

bool expect_short(Decoding& decoding, const JsonValue& array, std::uint32_t most) {
  if (array.size <= most) return true;
  decoding.error(array, "E1504", "limit: at most " + std::to_string(most) + " items, got " + std::to_string(array.size));
  return false;
}

static void read_schema(Decoding& decoding, const JsonValue& value, Scenario&) {
  const auto schema = read_string(decoding, value);
  if (!schema || *schema == kScenarioSchema) return;
  decoding.error(value, "E1106", "schema " + in_quotes(*schema) + " not supported (this build: " + std::string(kScenarioSchema) + ")");
}

template <std::string Scenario::*member>
static void read_text(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  const auto text = read_string(decoding, value);
  if (text && expect_characters(decoding, value, kLongestText)) scenario.*member = *text;
}

static void read_options(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (!expect_kind(decoding, value, Kind::object) || !expect_short(decoding, value, kMostListed)) return;
  for (const JsonValue& option : value) {
    const bool integer = option.kind == Kind::number && option.text.find_first_of(".eE") == option.text.npos;
    if (integer || option.kind == Kind::string || option.kind == Kind::boolean) {
      scenario.options[std::string(option.key)] = option.text;
    } else {
      const std::string got = option.kind == Kind::number ? escaped(option.text) : std::string(with_article(option.kind));
      decoding.error(option, "E1103", "expected a string, an integer or a boolean, got " + got);
    }
  }
}

static void read_weaken(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  const auto words = read_string(decoding, value);
  if (!words) return;
  auto read = weakening_in(*words);
  if (const auto* wrong = std::get_if<std::string>(&read)) return decoding.error(value, "E1111", *wrong);
  scenario.weaken = std::move(std::get<Weakening>(read));
}

static void read_lesson(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_object(decoding, value, lesson_keys(), scenario.lesson.emplace());
}

static void read_scenario_participants(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_participants(decoding, value, scenario.participants);
}

static void read_scenario_hosts(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_shared_hosts(decoding, value, scenario.shared_hosts);
}

static void read_conserve(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (!expect_kind(decoding, value, Kind::array, "an array of quantities") || !expect_short(decoding, value, kMostListed)) return;
  for (const JsonValue& item : value) {
    // Of the same length as what is written, so that places stay right when one of them is wrong.
    scenario.conserve.push_back(read_string(decoding, item).value_or(""));
  }
}

template <auto member, auto keys>
static void read_part(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_object(decoding, value, keys(), scenario.*member);
}

static void read_scenario_script(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_script(decoding, value, scenario.script);
}

// Those that every protocol is asked for; `custom` are a protocol's own, and checked unasked.
static std::span<const std::string_view> property_names() {
  return std::span(spelling::kNames<Property>).first(static_cast<std::size_t>(Property::custom));
}

static void read_check(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (!expect_kind(decoding, value, Kind::array, "an array of properties") || !expect_short(decoding, value, kMostListed)) return;
  scenario.check.clear();
  for (const JsonValue& item : value) {
    const auto property = read_choice(decoding, item, property_names(), "E1302");
    if (!property) continue;
    const auto asked = static_cast<Property>(*property);
    if (std::find(scenario.check.begin(), scenario.check.end(), asked) != scenario.check.end()) {
      decoding.error(item, "E1105", in_quotes(item.text) + " listed twice");
    } else {
      scenario.check.push_back(asked);
    }
  }
}

static void read_agreement(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (const auto agreement = read_word<Agreement>(decoding, value)) scenario.agreement = *agreement;
}

template <Property property>
static void read_expected(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (const auto status = read_word<Status>(decoding, value)) scenario.expect[property] = *status;
}

static void read_worlds(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  scenario.expect_worlds = read_unsigned(decoding, value);
}

static std::span<const Key<Scenario>> expect_keys() {
  static constexpr std::array<Key<Scenario>, 8> kKeys = {{{"AC1", read_expected<Property::AC1>},
                                                          {"AC2", read_expected<Property::AC2>},
                                                          {"AC3", read_expected<Property::AC3>},
                                                          {"AC4", read_expected<Property::AC4>},
                                                          {"AC5", read_expected<Property::AC5>},
                                                          {"NB", read_expected<Property::NB>},
                                                          {"conserve", read_expected<Property::conserve>},
                                                          {"worlds", read_worlds}}};
  return kKeys;
}

static void read_expect(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  read_object(decoding, value, expect_keys(), scenario);
}

static void read_transactions(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  const auto count = read_integer(decoding, value, 1, kMostTransactions);
  if (count) scenario.transactions = static_cast<std::uint32_t>(*count);
}

static void read_seed(Decoding& decoding, const JsonValue& value, Scenario& scenario) {
  if (value.kind != Kind::string) {
    scenario.seed = read_unsigned(decoding, value).value_or(0);
    return;
  }
  const bool marked = value.text.starts_with("0x") || value.text.starts_with("0X");
  const std::string_view digits = value.text.substr(marked ? 2 : 0);
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), scenario.seed, 16);
  if (marked && error == std::errc() && end == digits.data() + digits.size()) return;
  decoding.error(value, "E1203", "expected an integer of 64 bits or \"0x\" and up to 16 hexadecimal digits, got " + in_quotes(value.text));
}

static std::span<const Key<Scenario>> scenario_keys() {
  static constexpr std::array<Key<Scenario>, 18> kKeys = {{{"schema", read_schema},
                                                           {"title", read_text<&Scenario::title>},
                                                           {"protocol", read_text<&Scenario::protocol>, true},
                                                           {"options", read_options},
                                                           {"weaken", read_weaken},
                                                           {"participants", read_scenario_participants, true},
                                                           {"shared_hosts", read_scenario_hosts},
                                                           {"conserve", read_conserve},
                                                           {"faults", read_part<&Scenario::faults, fault_keys>},
                                                           {"chances", read_part<&Scenario::chances, chance_keys>},
                                                           {"delays", read_part<&Scenario::delays, delay_keys>},
                                                           {"script", read_scenario_script},
                                                           {"check", read_check},
                                                           {"agreement", read_agreement},
                                                           {"expect", read_expect},
                                                           {"transactions", read_transactions},
                                                           {"seed", read_seed},
                                                           {"lesson", read_lesson}}};
  return kKeys;
}

std::vector<ObjectKeys> accepted_keys() {
  std::vector<ObjectKeys> all = {{"", names_of(scenario_keys())},
                                 {"/participants/*", names_of(participant_keys())},
                                 {"/shared_hosts/*", names_of(shared_host_keys())},
                                 {"/faults", names_of(fault_keys())},
                                 {"/chances", names_of(chance_keys())},
                                 {"/delays", names_of(delay_keys())},
                                 {"/script/*", names_of(script_keys())},
                                 {"/script/*/when", names_of(when_keys())},
                                 {"/expect", names_of(expect_keys())},
                                 {"/lesson", names_of(lesson_keys())},
                                 {"/lesson/questions/*", names_of(lesson_question_keys())}};
  for (const std::string_view place : {"/delays/message", "/delays/force", "/delays/recovery"}) {
    all.push_back({place, names_of(distribution_keys())});
  }
  for (const std::string_view place : {"/delays/message/lognormal", "/delays/force/lognormal", "/delays/recovery/lognormal"}) {
    all.push_back({place, names_of(lognormal_keys())});
  }
  return all;
}

static std::string name_of_file(std::string_view file) {
  const std::string_view name = file.substr(file.find_last_of('/') + 1);
  return std::string(name.substr(0, name.rfind('.')));
}

// Gives each finding its place: that of the value, or of the key where the key is what is wrong.
static void add_validation(const Json& json, const Scenario& scenario, std::span<const ProtocolFacts> protocols, Decoding& decoding) {
  for (Diagnostic& found : validate(scenario, protocols, decoding.unsound)) {
    const JsonValue& value = json.follow(found.pointer);
    const bool of_key = found.code == "E1108" || found.code == "E1229";
    const Position at = of_key ? value.key_at : value.at;
    found.file = decoding.file;
    found.line = at.line;
    found.column = at.column;
    decoding.findings.add(std::move(found));
  }
}

static bool says_channels(const JsonValue& root) {
  const JsonValue* faults = root.find("faults");
  return faults != nullptr && faults->kind == Kind::object && faults->find("channels") != nullptr;
}

Decoded decode_scenario(std::string_view text, std::string_view file, std::span<const ProtocolFacts> protocols) {
  Decoded decoded;
  const auto json = read_json(text, file, decoded.findings);
  if (!json) return decoded;
  const JsonValue& root = json->root();
  Decoding decoding = {.file = file, .findings = decoded.findings};
  if (root.kind != Kind::object) {
    decoding.error(root, "E1016", "the scenario must be an object, got " + std::string(with_article(root.kind)));
    return decoded;
  }

  Scenario scenario;
  scenario.name = name_of_file(file);
  if (root.find("schema") == nullptr) {
    decoding.missing_key(root, "schema", "E1106", "\"schema\": " + in_quotes(kScenarioSchema) + ", for this build");
  }
  read_object(decoding, root, scenario_keys(), scenario);
  if (!scenario.conserve.empty() && root.find("check") == nullptr) scenario.check.push_back(Property::conserve);

  const auto facts = std::find_if(protocols.begin(), protocols.end(), [&](const ProtocolFacts& known) { return known.name == scenario.protocol; });
  if (facts != protocols.end() && facts->specification) fill_in_for_specification(scenario, says_channels(root));

  if (decoded.findings.errors_left_out() == 0) add_validation(*json, scenario, protocols, decoding);
  if (!decoded.findings.any_error()) decoded.scenario = std::move(scenario);
  return decoded;
}

}  // namespace commitlab
