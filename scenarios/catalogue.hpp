// From a protocol's name to its engines: the one place where types are forgotten, once a run.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>

#include "checker/concurrency.hpp"
#include "checker/doubt.hpp"
#include "checker/estimate.hpp"
#include "checker/frozen.hpp"
#include "checker/necessity.hpp"
#include "checker/range.hpp"
#include "checker/replayed.hpp"
#include "checker/verdict.hpp"
#include "scenarios/offered.hpp"
#include "scenarios/scenario.hpp"
#include "sim/claims.hpp"
#include "sim/run.hpp"

namespace commitlab {

struct NamedProcess;  // checker/named_process.hpp, for those who ask for one

/// What is asked of a protocol itself: what it needs, what its states may stand beside, and how its worlds hang together.
struct Studies {
  std::span<const std::string_view> records{}, messages{}, acts{};  // their kinds; no acts: everything that a process does answers something
  Verdict (*check)(const Question&, const Weakening&) = nullptr;
  Replayed (*replay)(const Question&, const Weakening&, const std::vector<PlayLine>&) = nullptr;
  Necessities (*necessary)(const Question&) = nullptr;
  Concurrency (*concurrency)(std::size_t participants, const Limits&) = nullptr;
  FrozenGraph (*freeze)(const Question&, const std::optional<Weakening>&) = nullptr;  // of as many worlds as the question's limits allow
};

/// What is asked of a protocol where things happen by chance, in virtual time.
struct Odds {
  Sampled (*sample)(const Scenario&, const Sampling&) = nullptr;                     // draws and counts
  Estimate (*estimate)(const Scenario&, const Sampling&, const Sampled&) = nullptr;  // and this is what it says of the chances
  /// `times` ascend, and none is past the scenario's horizon.
  Doubt (*blocking)(const Scenario&, std::uint64_t seed, std::uint64_t runs, const std::vector<Nanoseconds>& times) = nullptr;
  NamedProcess (*chain)(const Scenario&) = nullptr;       // of all runs of one transaction
  Gap (*gap)(const Scenario&, const Estimate&) = nullptr; // of an estimate with an exact part
  OddsRange (*range)(const Scenario&) = nullptr;           // over all orders of events
  NamedProcess (*orders)(const Scenario&) = nullptr;       // the decision process of that range
  std::string (*why_no_range)(const Scenario&) = nullptr;  // empty if there is one
};

struct Entry {
  std::string_view name, summary;
  std::span<const Claim> claims;
  bool ordered = false;  // its rules order ids, so its participants are not interchangeable
  bool specification = false;  // see Specification in sim/protocol.hpp: it has neither `run` nor `odds`
  Verdict (*check)(const Question&) = nullptr;
  Offered<Run (*)(const Scenario&, std::uint64_t seed)> run{};
  Replayed (*replay)(const Question&, const std::vector<PlayLine>&) = nullptr;
  Offered<Odds> odds{};
  Studies studies{};
};

using Catalogue = std::span<const Entry>;

/// The protocols of protocols/all.hpp, in that order.
Catalogue catalogue();

/// Their odds and their studies.
std::span<const Offered<Odds>> catalogue_odds();
std::span<const Studies> catalogue_studies();

/// The entry of that name; null if there is none.
const Entry* find(Catalogue catalogue, std::string_view name);

}  // namespace commitlab
