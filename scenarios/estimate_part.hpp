// A part of an estimate as a file: what some of its runs have come to, and all that must be known to put it together with the others.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checker/estimate.hpp"
#include "scenarios/diagnostic.hpp"

namespace commitlab {

inline constexpr std::string_view kEstimatePartSchema = "commitlab-estimate-part/1";

struct EstimatePart {
  std::string version{};                 // of the program
  std::vector<std::string> arguments{};  // that ask the whole
  std::string name{};                    // of the scenario
  std::string scenario{};                // its canonical text
  std::uint64_t seed = 0, runs = 0;      // runs: of the whole
  Shard shard{};
  Sums sums{};                           // of the part
  double seconds = 0;                    // of computing
};

std::string encode_part(const EstimatePart& part);

/// Reads a part strictly: unknown and missing keys, numbers that do not fit together (E1802) and such as have been changed since they
/// were written (E1801) are added to `findings`, and there is no part then. `file` is named in them.
std::optional<EstimatePart> decode_part(std::string_view text, std::string_view file, Diagnostics& findings);

}  // namespace commitlab
