// What a participant answers, and what becomes of a transaction.
#pragma once

#include <cstdint>

namespace commitlab {

enum class Vote : std::uint8_t { no, yes };
enum class Decision : std::uint8_t { abort, commit };

/// What a node has decided: `ever` in its life, and `now`, that is since it last came up.
struct Decisions {
  bool ever_abort = false, ever_commit = false;
  bool now_abort = false, now_commit = false;  // at most one, unless AC2 is broken
  bool ever() const { return ever_abort || ever_commit; }
  bool now() const { return now_abort || now_commit; }
};

}  // namespace commitlab
