// How likely a transaction commits at the points of a sweep: a row for each, as CSV or as one JSON object a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "checker/doubt.hpp"
#include "checker/estimate.hpp"
#include "reports/about.hpp"

namespace commitlab {

enum class RowFormat : std::uint8_t { csv, ndjson };

/// Where a row stands: each axis with its value, how many runs are counted, and their seed; and how long things take there, as --delay
/// takes it.
struct SweepPoint {
  std::vector<std::pair<std::string, std::string>> values;
  std::uint64_t runs = 0, seed = 0;
  std::string delays{};
};

/// The names of the columns of a CSV (RFC 4180); nothing for the other format. Ends as rows do.
std::string head_of_rows(const SweepPoint& any, RowFormat format);
/// The row as far as it is known before it is computed.
std::string beginning_of_row(const SweepPoint& point, RowFormat format);
/// All of it: the product rule, the exact chances, the counted shares with their intervals, expected costs, how long it takes and how
/// long participants are in doubt, and the delays. No column depends on the time of computing.
std::string row_of(const SweepPoint& point, const Estimate& estimate, const std::optional<Doubt>& doubt, RowFormat format);

/// What was done, where rows go into a file.
struct Swept {
  std::string file{};
  std::uint64_t rows = 0, found = 0, all = 0;  // in the file, of them before, and in the end
  std::vector<std::string> varied{};           // the axes
};
std::string sweep_text(const About& about, const Swept& swept, const Style& style);
/// The same, or if there is no file, with the rows themselves, which are NDJSON.
std::string sweep_json(const About& about, const Swept& swept, const std::string& rows, int exit_code);

}  // namespace commitlab
