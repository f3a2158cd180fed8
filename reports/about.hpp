// What every report says of the question beside its answer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/verdict.hpp"
#include "reports/style.hpp"
#include "reports/table.hpp"
#include "sim/faults.hpp"
#include "sim/timeline.hpp"

namespace commitlab {

/// Of a property that is broken: the question is outside what the protocol claims of it, in words.
struct OutsideClaim {
  std::string property{}, words{};
};

struct About {
  std::string program{};                 // as the user called it: "./lab"
  std::vector<std::string> arguments{};  // that ask the same again
  std::string scenario{};                // its name; empty if built from options
  std::string title{};
  std::string protocol{}, summary{};
  std::vector<std::string> names{};      // of the nodes; [0] is the coordinator
  Faults faults{};
  Chances chances{};
  std::optional<Delays> delays{};        // if the answer rests on them
  std::vector<SharedHost> shared_hosts{};
  std::size_t scripted = 0;              // faults
  std::vector<std::string> votes{};      // [participant]: "yes", "no" or "either"
  Agreement agreement = Agreement::uniform;
  Method method{};                       // of a search
  std::vector<std::string> warnings{};
  std::vector<OutsideClaim> outside{};  // of a search
};

/// The title, the protocol and who takes part.
std::string heading(const About& about, const Style& style);

/// "2 crashes anywhere in a step, of alice only; 1 lost message; recovery", or "none".
std::string faults_text(const Faults& faults, const std::vector<std::string>& names);

/// The same for odds: "each message is lost with 0.001; ...".
std::string chances_text(const About& about);

/// How long things take, for answers that rest on that: see delays_text in reports/delays_text.hpp.
void add_delays(Table& table, const About& about);

/// "synchronous; messages in any order".
std::string timing_text(const Faults& faults);

/// "each participant either way", "alice yes, bob either way".
std::string votes_text(const About& about);

/// "symmetry, partial order, 2 threads"; empty if there is nothing to say.
std::string method_text(const Method& method);

/// "AC1 and NB: outside what 3pc claims; try --timing synchronous", a sentence for each of these words; beside a verdict.
std::vector<std::string> claims_sentences(const std::vector<OutsideClaim>& outside);

/// A warning as lines of the page.
std::string warnings_text(const About& about, const Style& style);

/// The command that asks the same again, fit for a shell.
std::string command_text(const About& about);
std::string command_text(const std::string& program, const std::vector<std::string>& arguments);

}  // namespace commitlab
