// How likely a transaction commits, told: the product rule beside counted runs.
#pragma once

#include <optional>
#include <string>

#include "checker/estimate.hpp"
#include "checker/retries.hpp"
#include "reports/about.hpp"

namespace commitlab {

std::string estimate_text(const About& about, const Estimate& estimate, const Style& style, const std::optional<Retries>& retries = {});
std::string estimate_json(const About& about, const Estimate& estimate, int exit_code, const std::optional<Retries>& retries = {});

/// The factors, the outcomes by every way to find their chances, and what explains the difference, as tables without what stands around
/// them.
std::string estimate_tables(const Estimate& estimate, const Style& style);

/// An exact chance to ten decimals, or where it is less than 10^-9, to ten digits; its bounds where they are further apart, or where they
/// are all that is known of so little.
std::string chance_text(const Interval& chance);
/// The same of what could not be settled says so.
std::string chance_text(const ExactOdds& odds, Interval ExactOdds::*which);

/// How many of the runs. Of what never happened, or always did, only a bound is known.
std::string share_text(std::uint64_t count, std::uint64_t runs, const Interval& interval);

/// How each number was found, and how far it can be trusted.
std::string kind_sentence(const Estimate& estimate);

/// What one transaction costs in the mean, of the exact chances.
std::string expected_text(const ExactOdds& odds);

/// Whether the two agree; and if not, why not.
std::string product_sentence(const Estimate& estimate);

}  // namespace commitlab
