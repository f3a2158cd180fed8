// What the JSON of several reports has in common.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "checker/replayed.hpp"
#include "checker/verdict.hpp"
#include "reports/about.hpp"
#include "reports/replay_report.hpp"
#include "reports/verdict_report.hpp"
#include "sim/claims.hpp"
#include "sim/trace.hpp"

namespace commitlab {

/// The schema, the arguments, and the question.
nlohmann::ordered_json json_of(const About& about, std::string_view schema);

/// The faults by the keys that they have in a scenario, all of them.
nlohmann::ordered_json json_of(const Faults& faults, const std::vector<std::string>& names);

nlohmann::ordered_json json_of(const Method& method);

nlohmann::ordered_json claims_json(std::span<const Claim> claims);

/// What was visited: `worlds`, and with symmetry also as `representatives`, and what they stand for as decimal digits.
void add_sizes(nlohmann::ordered_json& json, const Verdict& verdict);

enum class WithTimes : bool { no, yes };
nlohmann::ordered_json json_of(const Trace& trace, WithTimes times);

/// Null if there is nothing to tell.
nlohmann::ordered_json json_of(const std::optional<Stuck>& stuck);
/// `run`: what the findings are about, if they hold no runs themselves.
nlohmann::ordered_json json_of(const std::vector<Finding>& findings, const Trace* run = nullptr);
nlohmann::ordered_json json_of(const std::vector<Goal>& goals);
nlohmann::ordered_json json_of(const std::vector<SavedPlay>& plays);

/// What of the broken properties is outside a protocol's claims; where there is nothing, the key is left out.
nlohmann::ordered_json json_of(const std::vector<OutsideClaim>& outside);

/// Null if nothing was expected.
nlohmann::ordered_json json_of(const Expectation& expectation);

/// All of what verdict_json and replay_json say.
nlohmann::ordered_json verdict_object(const About& about, const Verdict& verdict, const Expectation& expectation, const std::vector<SavedPlay>& plays, int exit_code);
nlohmann::ordered_json replay_object(const About& about, const Written& written, const Replayed& replayed, int exit_code);

/// The text of a document, ending in a newline. What is not UTF-8 becomes U+FFFD.
std::string document(const nlohmann::ordered_json& json);

}  // namespace commitlab
