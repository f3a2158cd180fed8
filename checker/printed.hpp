// For tests of protocols: enumerators, sets of nodes and verdicts in a stream, so that a failing CHECK says what it saw.
#pragma once

#include <ostream>

#include "checker/verdict.hpp"
#include "sim/ids.hpp"
#include "sim/names.hpp"

namespace commitlab {

/// An enumeration that counts up from 0: Status, Property, Decision, Vote, Outcome, and those of a protocol.
template <class E>
concept PrintedByName = std::is_enum_v<E> && !std::is_convertible_v<E, int> && !std::is_same_v<E, NodeId>;

/// "violated"; what has no name is printed as its number.
template <PrintedByName E>
std::ostream& operator<<(std::ostream& out, E value) {
  const auto place = static_cast<std::size_t>(value);
  return place < count_of<E>() ? out << name_of(value) : out << place;
}

inline std::ostream& operator<<(std::ostream& out, NodeId id) { return out << index(id); }

/// "{0 2}".
inline std::ostream& operator<<(std::ostream& out, NodeSet set) {
  out << '{';
  set.each([&](NodeId id) { out << (id == set.lowest() ? "" : " ") << id; });
  return out << '}';
}

/// "AC1 violated: p1 aborted, coordinator committed".
inline std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  return out << finding.name << ' ' << finding.status << (finding.why.empty() ? "" : ": ") << finding.why;
}

/// One line for each finding, and how much was searched.
inline std::ostream& operator<<(std::ostream& out, const Verdict& verdict) {
  for (const auto& finding : verdict.findings) out << finding << '\n';
  out << verdict.worlds << " worlds";
  return verdict.stopped.empty() ? out : out << "; stopped: " << verdict.stopped;
}

}  // namespace commitlab
