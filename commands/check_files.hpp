// What `check` is given beside one scenario, and what it writes beside its answer: folders, and files for CI services.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "commands/output_file.hpp"
#include "commands/words.hpp"
#include "reports/checks_report.hpp"
#include "scenarios/catalogue.hpp"

namespace commitlab {

/// Something to be checked, and whether it was found in a folder, and not named itself.
struct ToCheck {
  std::string operand{};
  bool found = false;
  bool leads_out = false;  // a symbolic link to what lies outside the folder
};

/// The operands, of which a folder stands for the scenarios and plays in it: *.json, but for *.schema.json, and *.play, in the order of
/// their names. Each once. Nothing if there is but one scenario or none, which is asked in the usual way. Throws a Refusal for a
/// folder without any, 66.
std::optional<std::vector<ToCheck>> several_to_check(const std::vector<std::string>& operands, Catalogue catalogue);

/// The files of `--junit` and `--sarif`.
class CheckFiles {
 public:
  /// Throws a Refusal if one of them may not be made: over another file, or over one that is read or written besides.
  CheckFiles(const Words& words, const std::vector<std::string>& inputs);
  bool any() const { return junit_ || sarif_; }
  /// Writes those that were asked for. Throws a Refusal.
  void write(const Checks& checks) const;

 private:
  std::optional<std::string> junit_{}, sarif_{};
  Overwrite overwrite_{};
};

}  // namespace commitlab
