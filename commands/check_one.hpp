// One scenario searched, or one play made again: what `check` does with each that it is given.
#pragma once

#include <optional>
#include <string>

#include "commands/attended.hpp"
#include "commands/expectation.hpp"
#include "commands/refusal.hpp"
#include "commands/save.hpp"
#include "commands/session.hpp"
#include "reports/checks_report.hpp"

namespace commitlab {

/// A search that can begin: all that is wrong with its question has been said.
struct PreparedSearch {
  Words words{};  // that ask it alone
  Asked asked{};
  Limits limits{};
  Question question{};
  std::optional<PlayFolder> folder{};  // for its runs
};

/// Throws a Refusal.
PreparedSearch prepared(const Words& words, const Session& session);

/// The search made. Throws a Refusal for a checkpoint, or a play that cannot be written.
Checked searched(const PreparedSearch& search, const Session& session, Attended& attended, FailOn fail_on);

/// The play of `asked` made again under its own question.
Checked made_again(const Asked& asked, const Words& words, const Session& session);

/// A scenario with a script, which is for `run`.
Checked not_searched(const std::string& path, const Asked& asked, const Session& session);

/// What could not be asked, and why.
Checked refused(const std::string& path, const Refusal& why, const Session& session);

}  // namespace commitlab
