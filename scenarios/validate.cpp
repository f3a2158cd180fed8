// The rules that tie the parts of a question to each other; those of one value alone are the reader's.
#include "scenarios/validate.hpp"

#include <algorithm>

#include "scenarios/json_text.hpp"
#include "scenarios/spelling.hpp"
#include "scenarios/validate_rules.hpp"
#include "sim/names.hpp"

namespace commitlab {

static void validate_protocol(Validation& v);
static void validate_properties(Validation& v);

std::vector<Diagnostic> validate(const Scenario& scenario, std::span<const ProtocolFacts> protocols, std::span<const std::string> unsound) {
  Validation v = {.s = scenario, .protocols = protocols, .unsound = unsound};
  validate_protocol(v);
  validate_participants(v);
  validate_shared_hosts(v);
  validate_quantities(v);
  validate_properties(v);
  validate_specification(v);
  validate_budgets(v);
  validate_combinations(v);
  validate_chances(v);
  validate_delays(v);
  validate_script(v);
  validate_weakening(v);
  validate_lesson(v);
  return std::move(v.found);
}

static void validate_protocol(Validation& v) {
  std::vector<std::string_view> names;
  for (const ProtocolFacts& known : v.protocols) names.push_back(known.name);
  const ProtocolFacts* protocol = v.protocol();
  if (protocol == nullptr) {
    return v.error("/protocol", "E1107", "unknown protocol " + in_quotes(v.s.protocol) + did_you_mean(v.s.protocol, names),
                   "known: " + listed(names));
  }
  if (!v.sound({"/protocol"})) return;
  for (const auto& [option, value] : v.s.options) {
    if (std::find(protocol->options.begin(), protocol->options.end(), option) != protocol->options.end()) continue;
    v.error("/options" + pointer_step(option), "E1108",
            "key " + in_quotes(option) + " has no meaning for protocol " + in_quotes(v.s.protocol) + did_you_mean(option, protocol->options),
            protocol->options.empty() ? "it has no options" : "its options: " + listed(protocol->options));
  }
}

static void validate_properties(Validation& v) {
  const auto checked = [&](Property property) { return std::find(v.s.check.begin(), v.s.check.end(), property) != v.s.check.end(); };
  if (v.s.check.empty()) v.error("/check", "E1304", "nothing to check", "leave the key out to check AC1, AC2 and AC3");
  if (checked(Property::conserve) && v.s.conserve.empty() && v.sound({"/conserve"})) {
    v.error("/check", "E1310", "\"conserve\" is to be checked, but no quantity is named", "\"conserve\": [\"balance\"], for example");
  }
  for (const auto& [property, status] : v.s.expect) {
    if (checked(property) || !v.sound({"/check"})) continue;
    v.error("/expect/" + std::string(name_of(property)), "E1309", in_quotes(name_of(property)) + " is expected, but not checked",
            "add it to \"check\"");
  }
}

bool Validation::sound(std::initializer_list<std::string_view> pointers) const {
  const auto touches = [](std::string_view a, std::string_view b) {
    const auto [shorter, longer] = a.size() < b.size() ? std::pair(a, b) : std::pair(b, a);
    return longer.starts_with(shorter) && (longer.size() == shorter.size() || longer[shorter.size()] == '/');
  };
  return std::none_of(pointers.begin(), pointers.end(), [&](std::string_view pointer) {
    return std::any_of(unsound.begin(), unsound.end(), [&](const std::string& bad) { return touches(pointer, bad); });
  });
}

void Validation::error(std::string pointer, std::string code, std::string message, std::string hint) {
  add(std::move(pointer), {.code = std::move(code), .message = std::move(message), .hint = std::move(hint)});
}

void Validation::warning(std::string pointer, std::string code, std::string message, std::string hint) {
  add(std::move(pointer), {.severity = Diagnostic::Severity::warning,
                           .code = std::move(code),
                           .message = std::move(message),
                           .hint = std::move(hint)});
}

void Validation::add(std::string pointer, Diagnostic diagnostic) {
  if (!sound({pointer})) return;
  diagnostic.pointer = std::move(pointer);
  found.push_back(std::move(diagnostic));
}

const ProtocolFacts* Validation::protocol() const {
  const auto known = std::find_if(protocols.begin(), protocols.end(), [&](const ProtocolFacts& p) { return p.name == s.protocol; });
  return known == protocols.end() ? nullptr : &*known;
}

}  // namespace commitlab
