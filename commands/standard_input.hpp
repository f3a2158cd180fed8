// The scenario "-".
#pragma once

#include <cstddef>
#include <string>

namespace commitlab {

/// All of standard input. Throws a Refusal if it is a terminal (64), closed or unreadable (66) or too long (65).
std::string standard_input(std::size_t most_bytes);

}  // namespace commitlab
