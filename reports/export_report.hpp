// What was written of a model for other tools, and how to ask them.
#pragma once

#include <string>
#include <vector>

#include "reports/about.hpp"
#include "reports/model_files.hpp"

namespace commitlab {

struct Exported {
  std::vector<std::string> files{};     // as they were made
  std::vector<std::string> asking{};    // a command of the other tool that asks for the chance of a commit
  std::vector<std::string> labels{};    // beside "init" and "deadlock"
  std::vector<std::string> rewards{};   // as they are called there
  ModelSize size{};
  std::uint64_t beyond = 0;           // states of which nothing is known, since a limit was reached there
};

std::string export_text(const About& about, const Exported& exported, const Style& style);
std::string export_json(const About& about, const Exported& exported);

}  // namespace commitlab
