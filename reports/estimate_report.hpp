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

/// Whether the two agree; and if not, why not.
std::string product_sentence(const Estimate& estimate);

}  // namespace commitlab
