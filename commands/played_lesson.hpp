// A lesson made to happen: each line of its play must be one thing that can, and the run must show what its questions say it does.
#pragma once

#include "commands/session.hpp"

namespace commitlab {

/// The run of the lesson that `asked` carries. Throws a Refusal, 65, that names the line or the question that is wrong.
Replayed played_lesson(const Asked& asked, const Limits& limits);

/// `show --lesson`.
Answer show_lesson(const Asked& asked, const Words& words, const Session& session);

}  // namespace commitlab
