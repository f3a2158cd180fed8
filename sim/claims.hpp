// What a protocol claims: the faults it bears, the properties it keeps under them, and those it gives up with one more.
#pragma once

#include <span>
#include <string_view>

#include "sim/faults.hpp"

namespace commitlab {

/// One line of a protocol's header, checked by a test: under `faults`, for `participants` and the coordinator, each
/// property of `holds` holds and each of `breaks` is violated. Properties are named as in `--check`: "AC1,AC2,NB".
struct Claim {
  std::string_view bears;  // in words
  Faults faults{};
  int participants = 2;
  std::string_view holds{};
  std::string_view breaks{};
};

}  // namespace commitlab
