// Runs kept as plays, so that they can be made again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "commands/output_file.hpp"
#include "commands/session.hpp"
#include "reports/verdict_report.hpp"
#include "sim/run.hpp"

namespace commitlab {

/// The words by which a play in `folder` asks this question. Throws a Refusal if none can; `place` is the option that wants it.
Words words_for_plays(const Asked& asked, const std::string& folder, const std::string& place);
/// The first line of such a play, as far as it is the question: "bank-transfer --crashes 1".
std::string question_line(const Words& question);

/// Where `--save` puts plays, and under which names.
class PlayFolder {
 public:
  /// The words say which folder. Throws a Refusal if it cannot be one, if the question cannot be named in a play, or if a play that is
  /// `about` one of these exists already. The folder is made with the first play.
  PlayFolder(const Words& words, const Asked& asked, const std::vector<std::string>& about);

  /// Writes a play about something ("AC1"), with the words of its question.
  SavedPlay save(const std::string& about, const Trace& trace, const std::vector<Finding>& end, const Words& question) const;

  const std::string& folder() const { return folder_; }
  /// All is saved: the folder is there even if there was nothing to save.
  void finish() const { MadeFolder{folder_}; }
  /// The words of the question as they are, or for a run that was simulated: with faults that allow what happened in it.
  const Words& question() const { return question_; }
  Words question_of_run(const Scenario& scenario, const Trace& trace) const;

 private:
  std::string path(const std::string& about) const;

  std::string folder_, stem_;
  Words question_;
  Overwrite overwrite_;
};

}  // namespace commitlab
