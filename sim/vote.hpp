// What a participant answers, and what becomes of a transaction.
#pragma once

#include <cstdint>

namespace commitlab {

enum class Vote : std::uint8_t { no, yes };
enum class Decision : std::uint8_t { abort, commit };

}  // namespace commitlab
