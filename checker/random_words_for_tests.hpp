// For tests: a case drawn by chance, in words: what a person needs to see when it fails.
#pragma once

#include "checker/random_protocol_for_tests.hpp"
#include "checker/verdict.hpp"
#include "sim/words.hpp"

namespace commitlab {

inline std::string told(const TableProtocol& p) { return (p.ordered ? "ordered\n" : "participants alike\n") + table::told(p.rules); }

inline std::string told(const Question& question) {
  const Faults& faults = question.faults;
  std::string words = std::to_string(question.names.size() - 1) + " participants + coordinator, votes";
  for (const auto& votes : question.votes) {
    words += " ";
    for (const NodeSet yes : votes) words += "{" + words_of(yes.without(kCoordinator), ',') + "}";
  }
  words += "\nbudgets:";
  const auto budget = [&](const char* name, unsigned left) { words += left == 0 ? "" : " " + std::string(name) + " " + std::to_string(left); };
  budget("crashes", faults.left.crashes), budget("disk losses", faults.left.disk_losses), budget("losses", faults.left.losses);
  budget("duplicates", faults.left.duplicates), budget("reorders", faults.left.reorders);
  budget("partitions", faults.left.partitions), budget("suspicions", faults.left.suspicions);
  words += "\nrecovery " + std::string(name_of(faults.recovery)) + ", " + std::string(name_of(faults.timing)) + ", " + std::string(name_of(faults.channels)) +
           ", crash points " + std::string(name_of(faults.crash_points)) + ", severed " + std::string(name_of(faults.severed));
  if (!faults.crash_only.empty()) words += ", crash only " + words_of(faults.crash_only);
  words += "\ncheck " + std::string(name_of(question.agreement));
  for (const Property property : question.check) words += " " + std::string(name_of(property));
  return words + "\n";
}

/// All of it but what depends on a clock or on how memory is used.
inline std::string told(const Verdict& verdict) {
  std::string words = std::to_string(verdict.worlds) + " worlds, " + std::to_string(verdict.steps) + " steps, " + std::to_string(verdict.depth) + " levels, " +
                      std::to_string(verdict.starts) + " starts; " + verdict.stopped + "\n";
  for (const auto& goal : verdict.sometimes) words += goal.name + (goal.seen ? ": seen\n" : ": never\n");
  for (const auto& finding : verdict.findings) {
    words += finding.name + " " + std::string(name_of(finding.status)) + " " + finding.why + "\n";
    if (!finding.witness) continue;
    for (const auto& votes : finding.witness->votes) words += "  votes " + votes + "\n";
    for (const auto& line : finding.witness->lines) words += "  " + told(line) + "\n";
  }
  return words;
}

}  // namespace commitlab
