// The words of a play that need no protocol: its parts, how a written line fits what happens, and its end.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/verdict.hpp"

namespace commitlab {

/// "deliver yes from 2; force commit; crash" in parts, without the blanks around them.
std::vector<std::string> parts_of(std::string_view line);

/// How a written line fits one thing that can happen. A line may stop before the effects do: the rest is understood, but for
/// a crash, which must be said. `event`: the same happens, with other effects.
enum class Fit : std::uint8_t { none, event, prefix, whole };
Fit fit(const std::vector<std::string>& written, const std::vector<std::string>& happens);

/// Is it a play's last line?
bool is_end(std::string_view line);

/// "end; AC1 violated; 0 down; 1 abort; 2 commit": the world a play leads to.
std::string end_line(const Trace& trace, const std::vector<Finding>& findings);

}  // namespace commitlab
