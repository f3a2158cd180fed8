// From a protocol's name to its engines: the one place where types are forgotten, once a run.
#pragma once

#include <array>
#include <span>
#include <string_view>

#include "checker/estimate.hpp"
#include "checker/replayed.hpp"
#include "checker/verdict.hpp"
#include "scenarios/scenario.hpp"
#include "sim/claims.hpp"
#include "sim/run.hpp"

namespace commitlab {

struct Entry {
  std::string_view name, summary;
  std::span<const Claim> claims;
  bool ordered = false;  // its rules order ids, so its participants are not interchangeable
  bool specification = false;  // see Specification in sim/protocol.hpp: it has neither run nor estimate, which are null
  Verdict (*check)(const Question&) = nullptr;
  Run (*run)(const Scenario&, std::uint64_t seed) = nullptr;
  Estimate (*estimate)(const Scenario&, std::uint64_t seed, std::uint64_t runs) = nullptr;
  Replayed (*replay)(const Question&, const std::vector<PlayLine>&) = nullptr;
};

using Catalogue = std::span<const Entry>;

/// The protocols of protocols/all.hpp, in that order.
Catalogue catalogue();

/// The entry of that name; null if there is none.
const Entry* find(Catalogue catalogue, std::string_view name);

}  // namespace commitlab
