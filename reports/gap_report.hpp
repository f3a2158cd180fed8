// What each kind of fault takes from the product, told.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "checker/gap.hpp"
#include "reports/style.hpp"

namespace commitlab {

/// A table of the kinds of faults; empty if there are none.
std::string gap_table(const Gap& gap, const Style& style);

nlohmann::ordered_json json_of(const Gap& gap);

}  // namespace commitlab
