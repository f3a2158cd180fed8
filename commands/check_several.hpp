// `check` of several scenarios and plays, or of folders of them: each by itself, then what became of all.
#pragma once

#include <vector>

#include "commands/check_files.hpp"
#include "commands/expectation.hpp"
#include "commands/session.hpp"

namespace commitlab {

/// Throws a Refusal for what cannot be asked of several. What is wrong with one of them is told, and the others go on.
Answer answer_several(const std::vector<ToCheck>& all, const Words& words, const Session& session, FailOn fail_on);

/// The exit code of several together: 1 before 3, before what could not be asked (the first such code, 64 or more), before 2.
int exit_code_of(const std::vector<Checked>& all);

}  // namespace commitlab
