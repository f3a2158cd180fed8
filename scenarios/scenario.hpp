// A question put to a protocol, in plain values: who takes part, what may go wrong and how likely, what must hold.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "checker/limits.hpp"
#include "checker/property.hpp"
#include "checker/weakening.hpp"
#include "scenarios/lesson.hpp"
#include "sim/delays.hpp"
#include "sim/faults.hpp"
#include "sim/rng.hpp"
#include "sim/timeline.hpp"
#include "sim/vote.hpp"

namespace commitlab {

/// One of the firms, banks or services that vote. The coordinator is never among them.
struct Participant {
  std::string name{};
  std::optional<Probability> success{};         // of its own work; missing: certain in `estimate`, free in `check`
  std::optional<Vote> vote{};                   // fixed by the scenario, whatever the draw
  std::map<std::string, std::int64_t> holds{};  // what it has of each quantity
  std::map<std::string, std::int64_t> does{};   // what a commit adds to each
};

/// What is expected of a property, when a scenario is its own test.
using Expected = std::map<Property, Status>;

struct Scenario {
  std::string name{};  // of the file, without folder and ending; empty if built from options
  std::string title{};
  std::string protocol{};
  std::map<std::string, std::string> options{};  // of the protocol
  std::vector<Participant> participants{};
  std::vector<SharedHost> shared_hosts{};  // of participants: not of the coordinator
  std::vector<std::string> conserve{};  // quantities whose total must not change
  Faults faults{};
  Chances chances{};
  Delays delays{};
  std::vector<ScriptedFault> script{};
  std::vector<Property> check{Property::AC1, Property::AC2, Property::AC3};
  Agreement agreement = Agreement::uniform;
  Expected expect{};
  std::optional<std::uint64_t> expect_worlds{};  // distinct worlds that the search must visit
  std::uint32_t transactions = 1;                // one after another in `run`; see Faults::transaction_order for a search
  std::uint64_t seed = 0;
  std::optional<Weakening> weaken{};  // the protocol is asked without this
  std::optional<Lesson> lesson{};
  Limits limits{};  // of what chance and virtual time are asked for; no text of a scenario has them
};

}  // namespace commitlab
