// What each kind of fault takes from the product, told.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "checker/gap.hpp"
#include "reports/style.hpp"

namespace commitlab {

/// What is told of each kind of fault, under these heads; `all`: of all of them at once.
inline constexpr std::array kGapHeads = {"the product rule assumes that not", "switched off, commits with", "explains", "of the gap"};
struct GapRow {
  std::string cause, commits, explains, part;
  bool all = false;
};
std::vector<GapRow> gap_rows(const Gap& gap);

/// A table of the kinds of faults; empty if there are none.
std::string gap_table(const Gap& gap, const Style& style);

nlohmann::ordered_json json_of(const Gap& gap);

}  // namespace commitlab
