// That a protocol orders its participants, though it does not say so.
#pragma once

#include <stdexcept>

namespace commitlab {

/// Thrown where participants are to stand for each other, and turn out to be told apart by a protocol that is not `ordered`. No
/// answer may rest on what was visited until then.
struct OrdersIds : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace commitlab
