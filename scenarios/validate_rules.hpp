// What the rules of a valid question share. Each rule is a function that adds what it finds.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/validate.hpp"

namespace commitlab {

/// One validation under way: what is asked, what must not be relied on, what was found.
struct Validation {
  const Scenario& s;
  std::span<const ProtocolFacts> protocols;
  std::span<const std::string> unsound;
  std::vector<Diagnostic> found{};

  /// Whether all that a rule rests on could be read.
  bool sound(std::initializer_list<std::string_view> pointers) const;
  /// Unless what is there could not be read anyway.
  void error(std::string pointer, std::string code, std::string message, std::string hint = "");
  void warning(std::string pointer, std::string code, std::string message, std::string hint = "");
  /// The protocol asked for, or null.
  const ProtocolFacts* protocol() const;

 private:
  void add(std::string pointer, Diagnostic diagnostic);
};

void validate_participants(Validation& v);
void validate_shared_hosts(Validation& v);
void validate_quantities(Validation& v);
void validate_specification(Validation& v);
void validate_budgets(Validation& v);
void validate_combinations(Validation& v);
void validate_chances(Validation& v);
void validate_delays(Validation& v);
void validate_script(Validation& v);
void validate_weakening(Validation& v);
void validate_lesson(Validation& v);

/// Whether a chance is one: E1203 outside [0, 1], E1204 n/0.
void validate_chance(Validation& v, const std::string& pointer, const Probability& chance);

/// "/participants/3".
std::string place_of_participant(std::size_t i);

}  // namespace commitlab
