#include "commands/outputs.hpp"

#include <array>
#include <filesystem>

#include "commands/output_file.hpp"
#include "commands/refusal.hpp"
#include "scenarios/shipped.hpp"

namespace commitlab {

static constexpr std::array kOutputs = {"output", "to", "checkpoint", "junit", "sarif", "save"};

// A device takes what several have to say.
static bool is_device(const std::string& path) {
  std::error_code error;
  return std::filesystem::is_character_file(path, error);
}

std::vector<std::string> inputs_of(const Words& words) {
  std::vector<std::string> inputs = words.operands;
  for (const auto& operand : words.operands)
    if (const auto shipped = shipped_scenario_path(operand)) inputs.push_back(*shipped);
  for (const char* option : {"resume", "sweep"})
    if (const std::string* file = words.find(option)) inputs.push_back(*file);
  return inputs;
}

void refuse_if_named(const Words& words, const std::string& option, const std::string& path) {
  if (is_device(path)) return;
  for (const char* other : kOutputs) {
    const std::string* its = words.find(other);
    if (other == option || its == nullptr || !same_place(*its, path)) continue;
    throw refusal(kUsage, "E1604", dashed(option), in_quotes(path) + " is written by another option already, " + dashed(other));
  }
}

void refuse_equal_outputs(const Words& words) {
  for (const char* option : {"checkpoint", "resume"})
    if (const std::string* path = words.find(option); path != nullptr && path->empty()) throw refusal(kUsage, "E1603", dashed(option), "a file needs a name, got \"\"");
  for (std::size_t i = 1; i < kOutputs.size(); ++i) {
    const std::string* path = words.find(kOutputs[i]);
    if (path == nullptr || is_device(*path)) continue;
    for (std::size_t before = 0; before < i; ++before)
      if (const std::string* its = words.find(kOutputs[before]); its != nullptr && same_place(*its, *path))
        throw refusal(kUsage, "E1604", dashed(kOutputs[i]), in_quotes(*path) + " is written by another option already, " + dashed(kOutputs[before]));
  }
  for (const char* option : kOutputs) {
    const std::string* path = words.find(option);
    const std::string* resume = words.find("resume");
    if (path == nullptr || resume == nullptr || std::string_view(option) == "checkpoint" || !same_place(*path, *resume)) continue;
    throw refusal(kUsage, "E1604", dashed(option), in_quotes(*path) + " is read by this command, for --resume");
  }
}

}  // namespace commitlab
