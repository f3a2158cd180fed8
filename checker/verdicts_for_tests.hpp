// All that a verdict says, but for the time it took, in one text: so that tests can compare whole verdicts.
#pragma once

#include <string>

#include "checker/verdict.hpp"
#include "sim/names.hpp"

namespace commitlab {

inline std::string words_of(const Finding& finding) {
  std::string words = finding.name + " " + std::string(name_of(finding.status)) + ": " + finding.why + "\n";
  if (!finding.witness) return words;
  for (const auto& line : finding.witness->lines) words += "  " + told(line) + "\n";
  for (const auto& node : finding.witness->end) words += std::string("  ") + (node.up ? "up " : "down ") + node.state + " " + node.decided + "\n";
  return words;
}

inline std::string words_of(const Verdict& verdict) {
  std::string words;
  for (const auto& finding : verdict.findings) words += words_of(finding);
  for (const auto& goal : verdict.sometimes) words += goal.name + (goal.seen ? ": yes\n" : ": no\n");
  words += std::to_string(verdict.worlds) + " worlds, " + std::to_string(verdict.steps) + " steps, " + std::to_string(verdict.depth) + " levels, " + std::to_string(verdict.starts) + " starts, ";
  return words + std::to_string(verdict.bytes) + " bytes, for " + verdict.stands_for + "; " + verdict.stopped + "\n";
}

}  // namespace commitlab
