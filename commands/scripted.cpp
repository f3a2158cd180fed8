#include "commands/scripted.hpp"

#include "reports/numbers.hpp"
#include "scenarios/diagnostic.hpp"
#include "scenarios/question.hpp"
#include "sim/names.hpp"

namespace commitlab {

static std::string told(const ScriptedFault& fault, const std::vector<std::string>& names) {
  using What = ScriptedFault::Do;
  std::string text(name_of(fault.what));
  if (fault.what == What::crash || fault.what == What::recover) text += " of " + names[index(fault.whom)];
  if (fault.at >= 0) return text + " at " + milliseconds(fault.at) + " ms";
  return text + " when " + names[index(fault.node)] + " does " + in_quotes(fault.words);
}

std::vector<std::string> never_happened(const Scenario& scenario, const std::vector<bool>& came_up, const std::string& where) {
  constexpr std::size_t kMostTold = 5;
  const auto names = node_names(scenario);
  std::vector<std::string> sentences;
  std::size_t missing = 0;
  for (std::size_t i = 0; i < came_up.size() && i < scenario.script.size(); ++i) {
    if (came_up[i] || ++missing > kMostTold) continue;
    sentences.push_back("scripted fault " + std::to_string(i + 1) + " never happened in " + where + ": " + told(scenario.script[i], names));
  }
  if (missing > kMostTold) sentences.push_back(std::to_string(missing - kMostTold) + " more scripted faults never happened in " + where);
  return sentences;
}

}  // namespace commitlab
