// For tests: a whole World as bytes, field by field, with nothing left out that somebody might still notice. It is long, and
// knows nothing of the encoding that searches use.
#pragma once

#include <string>

#include "sim/world.hpp"

namespace commitlab {

/// Equal for equal worlds and for no others, but that a log which nobody will ever read again does not count.
template <Protocol P>
std::string bytes_of(const World<P>& w) {
  std::string bytes;
  const auto add = [&](const auto& value) {
    static_assert(Packed<std::remove_cvref_t<decltype(value)>>);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const auto add_all = [&](const auto& list) {
    add(list.size());
    for (const auto& item : list) add(item);
  };
  add(w.faults), add(w.nodes), add(w.transactions), add(w.faults_stopped), add(w.up), add(w.side);
  add_all(w.slots);
  w.all().each([&](NodeId id) {
    if (!w.is_up(id) && w.faults.recovery == Recovery::never) return;
    add(w.log(id).durable), add_all(w.log(id).entries);
  });
  add_all(w.flight);
  return bytes;
}

}  // namespace commitlab
