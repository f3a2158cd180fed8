// One sentence on what is wrong in a world, with the names of the nodes.
#pragma once

#include "checker/stuck.hpp"

namespace commitlab {

namespace explaining {

/// "alice", "alice and bob", "alice, bob and carol".
inline std::string listed(const std::vector<std::string>& names, NodeSet who) {
  std::string words;
  int left = who.size();
  who.each([&](NodeId id) {
    words += names[index(id)];
    --left;
    if (left > 0) words += left == 1 ? " and " : ", ";
  });
  return words;
}

template <Protocol P>
NodeSet nodes_where(const World<P>& w, auto&& is_so) {
  NodeSet who;
  w.all().each([&](NodeId id) {
    for (std::uint8_t t = 0; t < w.transactions; ++t)
      if (is_so(w.slot(id, t))) who.add(id);
  });
  return who;
}

/// Who is up and in doubt.
template <Protocol P>
NodeSet doubting(const P& p, const World<P>& w) {
  NodeSet doubt;
  if constexpr (Doubts<P>) doubt = nodes_where(w, [&](const auto& slot) { return p.in_doubt(slot.state); }) & w.up;
  return doubt;
}

/// Who waits for a decision, and who is down.
template <Protocol P>
std::string waiting(const P& p, const World<P>& w, const std::vector<std::string>& names) {
  const NodeSet undecided = nodes_where(w, [](const auto& slot) { return !slot.decided.now(); });
  const NodeSet doubt = doubting(p, w);
  const NodeSet others = (undecided & w.up) - doubt, down = w.all() - w.up;
  std::string words;
  if (!doubt.empty()) words = listed(names, doubt) + (doubt.size() == 1 ? " is" : " are") + " in doubt";
  if (!others.empty()) words += (words.empty() ? "" : ", ") + listed(names, others) + (others.size() == 1 ? " has" : " have") + " not decided";
  if (!down.empty()) words += (words.empty() ? "" : "; ") + listed(names, down) + (down.size() == 1 ? " is" : " are") + " down";
  return words;
}

}  // namespace explaining

/// Why `property` is broken in w. `stuck`, if it is known, says more of NB.
template <Protocol P>
std::string explain(const P& p, const World<P>& w, Property property, const std::vector<std::string>& names, const std::optional<Stuck>& stuck = {}) {
  using namespace explaining;
  const NodeSet committed = nodes_where(w, [](const auto& slot) { return slot.decided.ever_commit; });
  const NodeSet aborted = nodes_where(w, [](const auto& slot) { return slot.decided.ever_abort; });
  switch (property) {
    case Property::AC1: return listed(names, aborted) + " aborted, " + listed(names, committed) + " committed";
    case Property::AC2: return listed(names, aborted & committed) + " decided twice, differently";
    case Property::AC3:
      return listed(names, committed) + " committed, although " +
             listed(names, nodes_where(w, [](const auto& slot) { return slot.vote == Vote::no; })) + " votes no";
    case Property::AC4:
      if (!aborted.empty()) return listed(names, aborted) + " aborted, although all vote yes and nothing failed";
      return "nothing failed, and yet not everybody can commit: " + waiting(p, w, names);
    case Property::AC5: return "even if everything recovers, not everybody can decide: " + waiting(p, w, names);
    case Property::NB: return waiting(p, w, names) + "; " + (stuck ? words_of(*stuck, names, !doubting(p, w).empty()) : "without a recovery this can never end");
    case Property::conserve: return "all is settled, but " + listed(names, committed) + " committed and the others did not";
    case Property::custom: return "a property of the protocol's own is broken";
  }
  return "";
}

}  // namespace commitlab
