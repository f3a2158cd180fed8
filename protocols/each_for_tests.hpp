// For tests: what is asked of every protocol in the list, or only of those that faults are put to.
#pragma once

#include "protocols/all.hpp"

namespace commitlab {

inline void for_each_protocol(auto&& visit) {
  std::apply([&](const auto&... p) { (visit(p), ...); }, kProtocols);
}

/// All but the specifications, which know no fault, no disk and no time.
inline void for_each_implementation(auto&& visit) {
  for_each_protocol([&](const auto& p) {
    if constexpr (!Specification<std::remove_cvref_t<decltype(p)>>) visit(p);
  });
}

}  // namespace commitlab
